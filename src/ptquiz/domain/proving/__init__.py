"""Prove what a deck claims: pure computations that ask for runs and conclude with problems."""
