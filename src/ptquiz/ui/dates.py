"""Days as the learner's language writes them: Wed 25 Nov, or 11月25日 周三."""

from __future__ import annotations

from datetime import date, datetime

from ptquiz.scheduling.queue import Upcoming
from ptquiz.ui.words import Words, marked

MONTHS = (
    *(marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun")),
    *(marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec")),
)
WEEKDAYS = (*(marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat"), marked("Sun")),)


def weekday(words: Words, day: date) -> str:
    """Return the name of a weekday: Wed."""
    return words(WEEKDAYS[day.weekday()])


def month(words: Words, day: date) -> str:
    """Return the name of a month: Nov."""
    return words(MONTHS[day.month - 1])


def short_day(words: Words, day: date) -> str:
    """Return a day of this year: 25 Nov."""
    return words("{day:02} {month}", day=day.day, month=month(words, day))


def day_in_week(words: Words, day: date) -> str:
    """Return a day with its weekday: Wed 25 Nov."""
    return words("{weekday} {day:02} {month}", weekday=weekday(words, day), day=day.day, month=month(words, day))


def full_day(words: Words, day: date) -> str:
    """Return a day with its year: 25 Nov 2026."""
    return words("{day:02} {month} {year}", day=day.day, month=month(words, day), year=day.year)


def full_day_in_week(words: Words, day: date) -> str:
    """Return a day with its weekday and year: Wed 25 Nov 2026."""
    return words(
        "{weekday} {day:02} {month} {year}",
        weekday=weekday(words, day),
        day=day.day,
        month=month(words, day),
        year=day.year,
    )


def when(upcoming: Upcoming | None, now: datetime, words: Words | None = None) -> str:
    """Say when the next question is due; nothing when none ever is."""
    if upcoming is None:
        return ""
    words = words or Words()
    at = upcoming.at.astimezone(now.tzinfo)
    count = words.count("{n} question", "{n} questions", upcoming.count)
    if at.date() == now.date():
        return words(" Next: {count} today from {time}.", count=count, time=f"{at:%H:%M}")
    day = day_in_week(words, at)
    return words(" Next: {count} on {day} from {time}.", count=count, day=day, time=f"{at:%H:%M}")
