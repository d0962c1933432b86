"""The interviewer: which question comes next, and what is said about the answers in the end."""
