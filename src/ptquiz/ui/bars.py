"""Bars made of characters; the number always stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from ptquiz.ui.terminal.screen import Screen

WIDTH = 30
"""Cells of the longest bar: it fits even where every block is two cells wide."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(screen: Screen, value: float, most: float, *, width: int = WIDTH) -> str:
    """Return a bar as long as a value among values of which `most` is the largest."""
    if value <= 0 or most <= 0:
        return ""
    full = screen.glyphs.full
    eighths = max(round(min(value / most, 1.0) * width * 8), 1)
    if full != "█":
        return full * max(eighths // 8, 1)
    return full * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def spark(screen: Screen, shares: Sequence[float | None]) -> str:
    """Return shares from 0 to 1 as one character each: eight heights, or without Unicode the tenths."""
    unicode = screen.glyphs.full == "█"
    heights, none = ("▁▂▃▄▅▆▇█", "·") if unicode else ("0123456789", ".")
    places = [None if share is None else min(int(share * len(heights)), len(heights) - 1) for share in shares]
    return "".join(none if place is None else heights[place] for place in places)
