"""What the layers around a snippet tell of themselves."""


def noted(text: str) -> str:
    """Mark a text that `ptquiz doctor` shows in the learner's language."""
    return text
