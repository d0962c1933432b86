"""Charts: numbers become shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from ptquiz.ui.heatmap import level_of, level_ranges
from ptquiz.ui.page.drawing import Box, Chart, Dot, Label, Line, Shape

WIDTH = 720.0
_BAR, _ROW, _NAMES = 18.0, 28.0, 190.0
_DAY, _GAP = 20.0, 4.0
_PLOT = 260.0
_LEVELS = ("level-1", "level-2", "level-3", "level-4")


class Part(Struct, frozen=True):
    """A stretch of a bar."""

    value: float
    look: str
    tip: str


class Bar(Struct, frozen=True, kw_only=True):
    """A row of a bar chart: parts one behind the other, a number at the end."""

    name: str
    parts: tuple[Part, ...]
    said: str
    mark: float | None = None
    """Where a line stands across the bar: a target."""


def bars(
    rows: Sequence[Bar], *, about: str, most: float | None = None, legend: Mapping[str, str] | None = None
) -> Chart:
    """Draw a bar for each row; `most` is the value at the full width, else the largest of the rows."""
    full = most or max((sum(part.value for part in row.parts) for row in rows), default=0) or 1
    room = WIDTH - _NAMES - 70
    shapes: list[Shape] = []
    for number, row in enumerate(rows):
        top, x = number * _ROW, _NAMES
        shapes.append(Label(x=_NAMES - 10, y=top + 14, text=row.name, anchor="end"))
        shapes.append(Box(x=_NAMES, y=top, width=room, height=_BAR, look="track"))
        for part in row.parts:
            width = room * part.value / full
            if width > 0:
                shapes.append(Box(x=x, y=top, width=width, height=_BAR, look=part.look, tip=part.tip))
            x += width
        if row.mark is not None:
            at = _NAMES + room * row.mark / full
            shapes.append(Line(x1=at, y1=top - 3, x2=at, y2=top + _BAR + 3, look="target"))
        shapes.append(Label(x=WIDTH - 60, y=top + 14, text=row.said))
    return Chart(
        width=WIDTH, height=len(rows) * _ROW, about=about, shapes=tuple(shapes), legend=tuple((legend or {}).items())
    )


def columns(values: Sequence[tuple[str, int, str]], *, about: str) -> Chart:
    """Draw a column for each name, value and tip."""
    most, height = max((value for _, value, _ in values), default=0) or 1, 140.0
    step = WIDTH / max(len(values), 1)
    shapes: list[Shape] = [Line(x1=0, y1=height + 20, x2=WIDTH, y2=height + 20, look="axis")]
    for number, (name, value, tip) in enumerate(values):
        middle, tall = (number + 0.5) * step, height * value / most
        if value:
            shapes.append(
                Box(x=middle - step * 0.32, y=20 + height - tall, width=step * 0.64, height=tall, look="main", tip=tip)
            )
        shapes.append(Label(x=middle, y=14 + height - tall, text=str(value), anchor="middle"))
        shapes.append(Label(x=middle, y=height + 36, text=name, anchor="middle"))
    return Chart(width=WIDTH, height=height + 42, about=about, shapes=tuple(shapes))


def heatmap(
    counts: Mapping[date, int],
    *,
    today: date,
    weeks: int,
    about: str,
    weekday: Callable[[date], str],
    month: Callable[[date], str],
    tip: Callable[[date, int], str],
) -> Chart:
    """Draw a square for each day, a column for each week, the last one being this week."""
    most = max(counts.values(), default=0)
    monday = today - timedelta(days=today.weekday())
    shapes: list[Shape] = []
    free = 0
    for week in range(weeks):
        first = monday - timedelta(weeks=weeks - 1 - week)
        if week >= free and (week == 0 or first.month != (first - timedelta(weeks=1)).month):
            shapes.append(Label(x=40 + week * (_DAY + _GAP), y=12, text=month(first)))
            free = week + 2
        for number in range(7):
            day = first + timedelta(days=number)
            x, y = 40 + week * (_DAY + _GAP), 20 + number * (_DAY + _GAP)
            if week == 0 and number % 2 == 0:
                shapes.append(Label(x=34, y=y + 15, text=weekday(day), anchor="end"))
            if day <= today:
                count = counts.get(day, 0)
                look = _LEVELS[level_of(count, most)] if count else "track"
                shapes.append(Box(x=x, y=y, width=_DAY, height=_DAY, look=look, tip=tip(day, count)))
    return Chart(
        width=40 + weeks * (_DAY + _GAP),
        height=20 + 7 * (_DAY + _GAP),
        about=about,
        shapes=tuple(shapes),
        legend=tuple(
            (_LEVELS[level], f"{low}–{high}" if high > low else str(low)) for level, low, high in level_ranges(most)
        ),
    )


def against(points: Sequence[tuple[float, float, int, str]], *, about: str, across: str, upwards: str) -> Chart:
    """Draw shares against shares, from 0 to 1, over the line on which both are the same.

    A point has the share across, the share upwards, how many it stands for, and a tip.
    """
    left, top = 60.0, 10.0
    most = max((weight for _, _, weight, _ in points), default=0) or 1
    shapes: list[Shape] = [Line(x1=left, y1=top + _PLOT, x2=left + _PLOT, y2=top, look="same")]
    for tenth in range(0, 11, 2):
        x, y = left + _PLOT * tenth / 10, top + _PLOT * (1 - tenth / 10)
        shapes.append(Line(x1=left, y1=y, x2=left + _PLOT, y2=y, look="grid"))
        shapes.append(Label(x=left - 8, y=y + 4, text=f"{tenth * 10}%", anchor="end"))
        shapes.append(Label(x=x, y=top + _PLOT + 18, text=f"{tenth * 10}%", anchor="middle"))
    for x, y, weight, tip in points:
        radius = 4 + 8 * (weight / most) ** 0.5
        shapes.append(Dot(x=left + _PLOT * x, y=top + _PLOT * (1 - y), radius=radius, look="main", tip=tip))
    shapes.append(Label(x=left + _PLOT / 2, y=top + _PLOT + 38, text=across, anchor="middle"))
    shapes.append(Label(x=left + _PLOT + 16, y=top + 12, text=upwards))
    return Chart(width=WIDTH, height=top + _PLOT + 46, about=about, shapes=tuple(shapes))
