"""Where the learner's clock stands."""

from __future__ import annotations

from datetime import datetime


def utc_offset(now: datetime) -> int:
    """Return the minutes east of UTC of an aware time."""
    offset = now.utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0
