"""Bars made of characters; the number always stands beside them."""

from __future__ import annotations

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


def spark(screen: Screen, values: list[float | None]) -> str:
    """Return shares from 0 to 1 as one character each: eight heights, or the digits 0 to 9 without Unicode."""
    heights = "▁▂▃▄▅▆▇█" if screen.glyphs.full == "█" else "0123456789"
    return "".join(
        "·"
        if value is None and screen.glyphs.full == "█"
        else "."
        if value is None
        else heights[min(int(value * len(heights)), len(heights) - 1)]
        for value in values
    )
