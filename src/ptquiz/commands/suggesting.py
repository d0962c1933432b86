"""Suggest what somebody who mistyped a name may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from ptquiz.errors import Message, said


def meant(word: str, known: Iterable[str]) -> Message | str:
    """Return a sentence that suggests the nearest known word, with a space before it; empty when none is near."""
    import difflib  # only for those who mistyped something

    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.5)
    return said(" Did you mean {close}?", close=close[0]) if close else ""
