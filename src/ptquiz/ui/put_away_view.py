"""Show questions that are not asked."""

from __future__ import annotations

from collections.abc import Sequence

from ptquiz.commands.history import PutAway
from ptquiz.ui.terminal.screen import Screen


def show_put_away(screen: Screen, found: Sequence[PutAway], *, none: str) -> None:
    """Print each question with how often it was rated and what it asked, or that there is none."""
    if not found:
        screen.line(none)
    for item in found:
        reviews = screen.words.count("{n} review", "{n} reviews", item.repetitions)
        screen.line(f"{item.question}{screen.glyphs.separator}{reviews}")
        screen.text(item.text or screen.words("(its text is not known)"), indent=2)
