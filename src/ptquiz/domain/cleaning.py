"""Text from anywhere, made safe to show: nothing in it can move the cursor, hide text or turn its direction."""

from __future__ import annotations

import unicodedata

KEPT = "\n\t"
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (bidi overrides among them), surrogate, private, unassigned; line and paragraph separators."""
JOINERS = "\u200c\u200d"
"""Zero-width joiners, which scripts and emoji need and which move nothing."""


def clean(text: str) -> str:
    r"""Return the text with every control, format and bidi character written out, `\x1b` for escape."""
    unified = text.replace("\r\n", "\n")
    if unified.isascii() and unified.replace("\n", "").replace("\t", "").isprintable():
        return unified
    return "".join(map(_shown, unified))


def _shown(character: str) -> str:
    if character in KEPT or character in JOINERS or unicodedata.category(character) not in INVISIBLE:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
