"""Study days: the learner's local calendar days, which begin at four in the morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

ROLLOVER = timedelta(hours=4)
"""Local time of day at which a study day begins: who studies past midnight is still in yesterday."""


def study_day(at: datetime, *, utc_offset: int) -> date:
    """Return the study day of an aware instant for a learner `utc_offset` minutes east of UTC."""
    return (at.astimezone(UTC) + timedelta(minutes=utc_offset) - ROLLOVER).date()


def day_begins(day: date, *, utc_offset: int) -> datetime:
    """Return the UTC instant at which a study day begins for a learner `utc_offset` minutes east of UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + ROLLOVER - timedelta(minutes=utc_offset)


def days_between(earlier: date, later: date) -> int:
    """Return the number of study days from one to another; 0 when a clock or a journey went backwards."""
    return max((later - earlier).days, 0)
