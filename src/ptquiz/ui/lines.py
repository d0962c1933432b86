"""Sentences, lists and shares in prose, wrapped by cells; commands and paths are whole and not printed with these."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from ptquiz.errors import PtquizError
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.terminal.wrap import wrap

RULE_CELLS = 3
"""What a heading has on each side."""


def sentence(screen: Screen, text: str, *, indent: int = 0) -> None:
    """Print plain text, wrapped; in a pipe it stays one line, for programs."""
    if screen.row_width is None:
        screen.line(" " * indent + text)
        return
    for line in wrap(text, max(screen.text_width - indent, 1)):
        screen.line(" " * indent + line)


def listed(screen: Screen, parts: Iterable[str], *, indent: int = 0) -> None:
    """Print parts on one line, or on as many as they need, each of them whole; empty ones are left out."""
    separator, row = screen.glyphs.separator, ""
    for part in filter(None, parts):
        joined = f"{row}{separator}{part}" if row else part
        if row and indent + cell_len(joined) > screen.text_width:
            screen.line(" " * indent + row)
            joined = part
        row = joined
    if row:
        screen.line(" " * indent + row)


def heading(screen: Screen, parts: Iterable[str]) -> None:
    """Print parts as a heading, or on more lines where they do not fit on one."""
    said = tuple(parts)
    title = screen.glyphs.separator.join(said)
    if cell_len(title) + 2 * RULE_CELLS <= screen.columns:
        screen.rule(title)
    else:
        listed(screen, said)


def show_error(screen: Screen, error: PtquizError) -> None:
    """Print what went wrong in the middle of something, and what to do about it."""
    for message in (error.told, *error.advice):
        screen.line(f"  {screen.words.tell(message)}")


def percent(share: float) -> str:
    """Write a share from 0 to 1 in whole percent."""
    return f"{share:.0%}"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with spaces to a width in cells, behind it or, with `right`, before it."""
    space = " " * (width - cell_len(text))
    return space + text if right else text + space
