"""What an editor for Python does to text, as pure functions."""

from __future__ import annotations

import re

INDENT = 4
OPENS_BLOCK = re.compile(r":\s*(#.*)?$")
LEAVES_BLOCK = re.compile(r"\s*(return|raise|pass|break|continue)\b")
TOP_LEVEL = re.compile(r"(async\s+def|def|class|import|from|@)\b|@")


def indent_after(line: str) -> int:
    """Give the indent of the line that follows, when Enter is pressed at the end of `line`."""
    indent = len(line) - len(line.lstrip(" "))
    if OPENS_BLOCK.search(line):
        return indent + INDENT
    if LEAVES_BLOCK.match(line):
        return max(indent - INDENT, 0)
    return indent


def backspaces(before: str) -> int:
    """Give how many characters Backspace removes after `before`: down to the last indent level in a blank prefix."""
    if before and not before.strip(" "):
        return (len(before) - 1) % INDENT + 1
    return 1


def cleaned(pasted: str) -> str:
    """Normalise the line ends, tabs and invisible characters that pasted code brings along."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return text.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").expandtabs(INDENT)


def replaces_indent(before: str, pasted: str) -> bool:
    """Tell whether pasted text takes the place of the blank prefix it is pasted after: it brings its own indent."""
    if not before or before.strip(" "):
        return False
    return pasted.startswith(" ") or bool(TOP_LEVEL.match(pasted))
