"""What a deck, a question, an answer, a verdict and a review are: types and pure rules."""
