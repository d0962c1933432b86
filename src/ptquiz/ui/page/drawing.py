"""What a chart is made of: boxes, texts and lines in units of a CSS pixel, coloured by the page's style."""

from __future__ import annotations

from msgspec import Struct

from ptquiz.ui.lines import percent


class Box(Struct, frozen=True, kw_only=True, tag=True):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    look: str
    """A class of the page's style."""
    tip: str = ""
    """What the pointer shows."""


class Label(Struct, frozen=True, kw_only=True, tag=True):
    """A line of text; y is its baseline."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    """Which end of the text is at x: start, middle or end."""


class Line(Struct, frozen=True, kw_only=True, tag=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str


class Dot(Struct, frozen=True, kw_only=True, tag=True):
    """A filled circle."""

    x: float
    y: float
    radius: float
    look: str
    tip: str = ""


Shape = Box | Label | Line | Dot


class Chart(Struct, frozen=True, kw_only=True):
    """A drawing with what it shows in a few words."""

    width: float
    height: float
    about: str
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[str, str], ...] = ()
    """The looks that stand for something, and for what."""


class Cell(Struct, frozen=True):
    """A cell of a table: a text, and the number it stands for if it is one."""

    text: str
    value: float | None = None


class Section(Struct, frozen=True, kw_only=True):
    """A part of the page: what it is about, a drawing, and every number of it as a table."""

    title: str
    note: str = ""
    chart: Chart | None = None
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    name: str = ""
    """By which the table is found in the page."""
    folded: bool = False
    """Whether the table is long and opens at a click."""


def whole(number: int) -> Cell:
    """Return a cell with a count."""
    return Cell(str(number), number)


def share(part: float | None) -> Cell:
    """Return a cell with a share from 0 to 1 as a percentage; a dash for none."""
    return Cell("–") if part is None else Cell(percent(part), part)
