"""Show questions that are not asked."""

from __future__ import annotations

from collections.abc import Sequence

from ptquiz.commands.history import PutAway
from ptquiz.ui.tables_view import counted
from ptquiz.ui.terminal.screen import Screen


def show_put_away(screen: Screen, found: Sequence[PutAway], *, none: str) -> None:
    """Print each question with how often it was rated and what it asked, or that there is none."""
    if not found:
        screen.line(none)
    for item in found:
        screen.line(f"{item.question}{screen.glyphs.separator}{counted(item.repetitions, 'review')}")
        screen.text(item.text or "(its text is not known)", indent=2)
