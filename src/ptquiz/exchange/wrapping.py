"""Break long paragraphs into rows, as an author would; the terminal joins them again."""

from __future__ import annotations

import re
import textwrap

WIDTH = 96
FENCE = re.compile(r" *```")
ITEM = re.compile(r" *(?:[-*]|\d{1,3}[.)]) +(?=\S)")
CODE_INDENT = "    "


def wrap_prose(text: str) -> str:
    """Return a text with rows of prose of a readable length; code and lists of rows stay as they are."""
    rows: list[str] = []
    in_code = False
    for row in text.split("\n"):
        if FENCE.match(row):
            in_code = not in_code
        rows += [row] if in_code or FENCE.match(row) else _wrapped(row)
    return "\n".join(rows)


def _wrapped(row: str) -> list[str]:
    """Wrap a row where that changes nothing: not between wide characters, and not before what would be a mark."""
    if len(row) <= WIDTH or row.startswith(CODE_INDENT) or not _is_latin(row):
        return [row]
    item = ITEM.match(row)
    hang = "  " if item else ""
    rows = textwrap.wrap(row, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    if any(ITEM.match(later) or FENCE.match(later) for later in rows[1:]) or " ".join(rows).split() != row.split():
        return [row]
    return rows


def _is_latin(row: str) -> bool:
    return all(ord(character) < 0x1100 for character in row)
