"""The title of a stack from the names of the decks its cards lie in."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = "::"


def common_title(decks: Iterable[str]) -> str:
    """Return the name of the innermost deck that contains all of these; empty when they share none."""
    paths = [deck.split(SEPARATOR) for deck in dict.fromkeys(decks) if deck.strip()]
    if not paths:
        return ""
    shared = paths[0]
    for path in paths[1:]:
        length = next((i for i, (a, b) in enumerate(zip(shared, path, strict=False)) if a != b), None)
        shared = shared[: min(len(shared), len(path)) if length is None else length]
    return " ".join(SEPARATOR.join(shared).split())
