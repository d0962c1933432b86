"""What the generated documents are made of."""

from __future__ import annotations

GENERATED = "<!-- Written by scripts/docs.py from the program itself; change it there. -->"


def cell(text: str) -> str:
    """Make a text fit into a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
