"""Reviews a day over half a year: one column a week, one character a day.

The levels are ASCII characters, since the shades of a block differ in width between fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

from rich.cells import cell_len
from rich.text import Text

from ptquiz.commands.stats import WEEKS, Stats
from ptquiz.ui.dates import month, weekday
from ptquiz.ui.lines import padded, sentence
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words

LEVELS = ".:+#"
COLOURS = ("dim", "green", "bold green", "bold bright_green")
"""They add to the characters and never say more than these."""


def show_heatmap(screen: Screen, stats: Stats) -> None:
    """Print the weeks up to today, as many as fit, and what the characters stand for."""
    words = screen.words
    counts = {day.day: day.count for day in stats.activity}
    most = max(counts.values())
    monday = stats.today - timedelta(days=stats.today.weekday())
    margin = max(cell_len(weekday(words, monday + timedelta(days=n))) for n in range(7)) + 2
    weeks = max(min(WEEKS, (screen.columns - margin) // 2), 1)
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    sentence(
        screen, words("reviews a day, {n} weeks, one column a week; {most} on the busiest day", n=weeks, most=most)
    )
    screen.line((" " * margin + _months(words, mondays)).rstrip())
    for row in range(7):
        days = [first + timedelta(days=row) for first in mondays]
        name = weekday(words, days[0]) if row % 2 == 0 else ""
        screen.line(Text.assemble(padded(name, margin), *(_cell(counts, day, most) for day in days)))
    screen.line(" " * margin + f"{words('blank')} 0  {_legend(words, most)}")


def _cell(counts: Mapping[date, int], day: date, most: int) -> tuple[str, str]:
    count = counts.get(day, 0)
    if not count:
        return "  ", ""
    level = level_of(count, most)
    return f"{LEVELS[level]} ", COLOURS[level]


def level_of(count: int, most: int) -> int:
    """Return the place of a count among LEVELS, `most` being the largest."""
    return min(ceil(count * len(LEVELS) / most), len(LEVELS)) - 1


def _legend(words: Words, most: int) -> str:
    return "  ".join(
        f"{LEVELS[level]} {words('{low} to {high}', low=low, high=high) if high > low else low}"
        for level, low, high in level_ranges(most)
    )


def level_ranges(most: int) -> list[tuple[int, int, int]]:
    """Return the levels that occur, each with the smallest and the largest count that has it."""
    held = [[count for count in range(1, most + 1) if level_of(count, most) == level] for level in range(len(LEVELS))]
    return [(level, counts[0], counts[-1]) for level, counts in enumerate(held) if counts]


def _months(words: Words, mondays: list[date]) -> str:
    """Return a row with the name of each month above its first week."""
    row = ""
    for column, first in enumerate(mondays):
        begins = column == 0 or first.month != mondays[column - 1].month
        if begins and (not row or 2 * column > cell_len(row)):
            row = padded(row, 2 * column) + month(words, first)
    return row
