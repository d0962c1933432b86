"""Text from other programs, made fit for a deck file."""

from __future__ import annotations

import unicodedata

KEPT = "\n\u200c\u200d"
DROPPED = frozenset({"Cc", "Cs", "Cn", "Co"})
INVISIBLE_SPACES = {0xA0: " ", 0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0xFEFF: ""}


def tidy(text: str) -> str:
    """Return a text with plain line ends and spaces, without control characters and blank ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE_SPACES).expandtabs(4)
    if not plain.isascii() or not plain.replace("\n", "").isprintable():
        plain = "".join(c for c in plain if c in KEPT or unicodedata.category(c) not in DROPPED)
    return "\n".join(row.rstrip() for row in plain.split("\n")).strip("\n").strip()
