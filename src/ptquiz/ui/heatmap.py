"""Reviews a day over half a year: one column a week, one character a day.

The levels are ASCII characters, since the shades of a block differ in width between fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

from rich.text import Text

from ptquiz.commands.stats import WEEKS, Stats
from ptquiz.ui.terminal.screen import Screen

LEVELS = ".:+#"
COLOURS = ("dim", "green", "bold green", "bold bright_green")
"""They add to the characters and never say more than these."""


def show_heatmap(screen: Screen, stats: Stats) -> None:
    """Print the weeks up to today, and what the characters stand for."""
    counts = {day.day: day.count for day in stats.activity}
    most = max(counts.values())
    monday = stats.today - timedelta(days=stats.today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    screen.line(f"reviews a day, {WEEKS} weeks, one column a week; {most} on the busiest day")
    screen.line(f"     {_months(mondays)}".rstrip())
    for weekday in range(7):
        days = [first + timedelta(days=weekday) for first in mondays]
        name = f"{days[0]:%a}" if weekday in (0, 2, 4, 6) else "   "
        screen.line(Text.assemble(f"{name}  ", *(_cell(counts, day, most) for day in days)))
    screen.line(f"     blank 0  {_legend(most)}")


def _cell(counts: Mapping[date, int], day: date, most: int) -> tuple[str, str]:
    count = counts.get(day, 0)
    if not count:
        return "  ", ""
    level = _level(count, most)
    return f"{LEVELS[level]} ", COLOURS[level]


def _level(count: int, most: int) -> int:
    return min(ceil(count * len(LEVELS) / most), len(LEVELS)) - 1


def _legend(most: int) -> str:
    ranges = []
    for level, mark in enumerate(LEVELS):
        held = [count for count in range(1, most + 1) if _level(count, most) == level]
        if held:
            ranges.append(f"{mark} {held[0]}" + (f" to {held[-1]}" if held[-1] > held[0] else ""))
    return "  ".join(ranges)


def _months(mondays: list[date]) -> str:
    """Return a row with the name of each month above its first week."""
    row = [" "] * (2 * len(mondays) + 3)
    free = 0
    for column, first in enumerate(mondays):
        if 2 * column >= free and (column == 0 or first.month != mondays[column - 1].month):
            row[2 * column : 2 * column + 3] = f"{first:%b}"
            free = 2 * column + 4
    return "".join(row)
