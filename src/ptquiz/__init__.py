"""Interview-prep quizzes and flashcards about PyTorch, examined by PyTorch itself."""

__version__ = "0.1.0"
