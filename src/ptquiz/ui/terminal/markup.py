"""Lay out deck text: paragraphs, lists, code blocks, `code` and **bold**.

A small part of Markdown, read here because the usual parser costs more to import than the first
question costs to draw. Code blocks are never wrapped.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from ptquiz.ui.terminal.wrap import CODE, Span, wrap_spans

Line = list[Span]

BLOCK_INDENT = 4
NARROWEST = 10
"""Text is never wrapped to fewer cells than this, however deep its indent."""

INLINE = re.compile(
    r"(?<!`)(?P<ticks>`{1,5})(?!`)(?P<code>.{1,500}?)(?<!`)(?P=ticks)(?!`)"
    r"|(?<![0-9A-Za-z_*])\*\*(?=\S)(?P<bold>(?:`[^`]{0,500}`|[^`]){1,500}?)(?<=\S)\*\*(?![0-9A-Za-z_*])"
)
"""The bounds keep a hostile text from making the search take minutes."""
ITEM = re.compile(r"(?P<mark> *(?:[-*]|\d{1,3}[.)]) +)(?=\S)")
FENCE = re.compile(r" *```")


class Block(NamedTuple):
    """A paragraph, a list item (with its mark) or a code block."""

    text: str
    mark: str = ""
    is_code: bool = False


def layout(source: str, width: int, *, indent: int = 0, ticks: bool = False) -> list[Line]:
    """Give the lines of a text, wrapped at `width` cells; `ticks` keeps the marks around code that has no colour."""
    lines: list[Line] = []
    for block in parse(source):
        if block.is_code:
            margin = " " * (indent + BLOCK_INDENT)
            lines += [[Span(margin + row)] if row else [] for row in block.text.split("\n")]
            continue
        hang = indent + cell_len(block.mark)
        body = wrap_spans(inline(block.text, ticks=ticks), max(width - hang, NARROWEST)) or [[]]
        first, *others = body
        lines.append([Span(" " * indent + block.mark), *first] if hang and first else first)
        lines += [[Span(" " * hang), *line] if hang else line for line in others]
    return lines


def inline(text: str, *, ticks: bool = False, style: str = "") -> list[Span]:
    """Split a paragraph into plain, bold and code spans."""
    spans: list[Span] = []
    end = 0
    for found in INLINE.finditer(text):
        if found.start() > end:
            spans.append(Span(text[end : found.start()], style))
        end = found.end()
        if (code := found["code"]) is not None:
            spans.append(Span(found.group() if ticks else _unpadded(code), f"{style} {CODE}".strip()))
        else:
            spans += inline(found["bold"], ticks=ticks, style="bold")
    if end < len(text):
        spans.append(Span(text[end:], style))
    return spans


def parse(source: str) -> Iterator[Block]:
    """Split a text into blocks; an empty block stands for a blank line."""
    rows = source.expandtabs(BLOCK_INDENT).strip("\n").splitlines()
    at = 0
    while at < len(rows):
        start = at
        if not rows[at].strip():
            at = _skip(rows, at, lambda row: not row.strip())
            yield Block("")
        elif FENCE.match(rows[at]):
            at = _skip(rows, at + 1, lambda row: not FENCE.match(row))
            yield _code(rows[start + 1 : at])
            at += 1
        elif _indented(rows[at]) and (at == 0 or not rows[at - 1].strip()):
            at = _skip(rows, at, lambda row: _indented(row) or not row.strip())
            at = start + len("\n".join(rows[start:at]).rstrip().split("\n"))
            yield _code(rows[start:at])
        else:
            at = _skip(rows, at + 1, lambda row: bool(row.strip()) and not ITEM.match(row) and not FENCE.match(row))
            yield _prose(rows[start:at])


def _skip(rows: list[str], at: int, belongs: Callable[[str], bool]) -> int:
    """Go on while rows belong to the block."""
    while at < len(rows) and belongs(rows[at]):
        at += 1
    return at


def _indented(row: str) -> bool:
    return row.startswith(" " * BLOCK_INDENT) and bool(row.strip())


def _code(rows: list[str]) -> Block:
    return Block(textwrap.dedent("\n".join(row.rstrip() for row in rows)), is_code=True)


def _prose(rows: list[str]) -> Block:
    """Join the rows of a paragraph: with a space, except between two wide characters."""
    item = ITEM.match(rows[0])
    mark = item["mark"] if item else ""
    text = rows[0][len(mark) :].strip()
    for row in map(str.strip, rows[1:]):
        wide = cell_len(text[-1]) == 2 and cell_len(row[0]) == 2
        text += row if wide else " " + row
    return Block(text, mark)


def _unpadded(code: str) -> str:
    """Drop the single spaces that let a code span begin or end with a backtick."""
    return code[1:-1] if code.startswith(" `") or code.endswith("` ") else code
