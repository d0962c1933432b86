"""Judge an answer: pure computations that ask for runs and conclude with a verdict."""
