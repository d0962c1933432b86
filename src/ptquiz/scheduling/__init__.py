"""Decide when a question returns: FSRS memory, study days, the due queue. Time and randomness are arguments."""
