"""Bars made of characters; the number always stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ptquiz.ui.terminal.screen import Screen

WIDTH = 30
"""Cells of the longest bar: it fits even where every block is two cells wide."""

SHORTEST = 5
"""Where the longest bar would have fewer cells, there are no bars: the number stands there anyway."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(screen: Screen, value: float, most: float, *, width: int = WIDTH) -> str:
    """Return a bar as long as a value among values of which `most` is the largest."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    full = screen.glyphs.full
    eighths = max(round(min(value / most, 1.0) * width * 8), 1)
    if full != "█":
        return full * max(eighths // 8, 1)
    return full * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def room(screen: Screen, start: str) -> int:
    """Return how long the longest bar may be on a line that starts with a text; 0 where none has room."""
    left = screen.columns - cell_len(start)
    return min(left, WIDTH) if left >= SHORTEST else 0


def spark(screen: Screen, shares: Sequence[float | None]) -> str:
    """Return shares from 0 to 1 as one character each: eight heights, or without Unicode the tenths."""
    unicode = screen.glyphs.full == "█"
    heights, none = ("▁▂▃▄▅▆▇█", "·") if unicode else ("0123456789", ".")
    places = [None if share is None else min(int(share * len(heights)), len(heights) - 1) for share in shares]
    return "".join(none if place is None else heights[place] for place in places)
