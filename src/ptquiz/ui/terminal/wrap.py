"""Wrap mixed Chinese and English text by terminal cells; a line never starts with closing punctuation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len

CLOSING = frozenset("。，、；：？！）】》」』〉〕”’…％·,.;:?!)]}%")
OPENING = frozenset("（【《「『〈〔“‘([{")
CODE = "code"
"""A word in the style of a span that is code."""


class Span(NamedTuple):
    """Text in one style: words such as "bold" and "code", none for plain text."""

    text: str
    style: str = ""

    @property
    def is_code(self) -> bool:
        """Whether the text is code, which is kept together."""
        return CODE in self.style.split()


class Unit(NamedTuple):
    """What a line break must not divide."""

    spans: tuple[Span, ...]
    spaced: bool
    """Whether a space comes before it."""

    @property
    def width(self) -> int:
        """Cells on the screen."""
        return sum(cell_len(span.text) for span in self.spans)


def wrap(text: str, width: int) -> list[str]:
    """Break plain text into lines of at most `width` cells."""
    return ["".join(span.text for span in line) for line in wrap_spans([Span(text)], width)]


def wrap_spans(spans: Iterable[Span], width: int) -> list[list[Span]]:
    """Break styled text into lines of at most `width` cells; only what is too long for a line is cut."""
    lines: list[list[Span]] = []
    line: list[Span] = []
    used = 0
    for unit in _units(spans, width):
        cells = unit.width
        gap = 1 if unit.spaced and line else 0
        if line and used + gap + cells > width:
            lines.append(line)
            line, used, gap = [], 0, 0
        line += [Span(" ")] * gap
        if cells <= width:
            line += unit.spans
        else:
            *full, line = _chop(unit.spans, width)
            lines.extend(full)
            cells = sum(cell_len(span.text) for span in line)
        used += gap + cells
    return [_merged(line) for line in ([*lines, line] if line else lines)]


def _units(spans: Iterable[Span], width: int) -> list[Unit]:
    """Group pieces between which a line may break."""
    units: list[Unit] = []
    last, spaced = Span(""), False
    for piece in _pieces(spans, width):
        if piece.text.isspace():
            spaced = True
            continue
        if units and not spaced and not _may_break(last, piece):
            units[-1] = Unit((*units[-1].spans, piece), units[-1].spaced)
        else:
            units.append(Unit((piece,), spaced))
        last, spaced = piece, False
    return units


def _pieces(spans: Iterable[Span], width: int) -> Iterator[Span]:
    """Cut spans into code, single wide characters, runs of narrow ones and runs of spaces."""
    for span in spans:
        if span.is_code and cell_len(span.text) <= width:
            yield span
            continue
        for kind, run in groupby(span.text, key=_kind):
            if kind == "wide":
                yield from (Span(char, span.style) for char in run)
            else:
                yield Span("".join(run), span.style)


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    if char.isspace() and char != "\N{NO-BREAK SPACE}":
        return "space"
    return "wide" if not char.isascii() and cell_len(char) == 2 else "narrow"


def _may_break(before: Span, after: Span) -> bool:
    """Tell whether a line may end between two pieces that no space divides."""
    left = "x" if before.is_code else before.text[-1]
    right = "x" if after.is_code else after.text[0]
    if left in OPENING or right in CLOSING or cell_len(right) == 0:
        return False
    return _kind(left) == "wide" or _kind(right) == "wide"


def _chop(spans: Sequence[Span], width: int) -> list[list[Span]]:
    """Cut spans into lines of at most `width` cells; one line where they fit."""
    lines: list[list[Span]] = [[]]
    used = 0
    for span in spans:
        for char in span.text:
            cells = cell_len(char)
            if lines[-1] and used + cells > width:
                lines.append([])
                used = 0
            lines[-1].append(Span(char, span.style))
            used += cells
    return [_merged(line) for line in lines]


def _merged(line: Iterable[Span]) -> list[Span]:
    """Join neighbours of one style."""
    return [Span("".join(span.text for span in run), style) for style, run in groupby(line, key=lambda s: s.style)]
