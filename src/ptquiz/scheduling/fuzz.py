"""Fuzz: spread intervals a little, so that questions learned together do not return together for ever.

The spread depends only on the question and its repetition, never on chance: a replay gives it again.
"""

from __future__ import annotations

from math import floor, inf

from ptquiz.domain.digests import blake2b
from ptquiz.domain.questions import QuestionId

MAXIMUM_INTERVAL = 36_500
"""Days: one hundred years."""

_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))
"""From day, to day, and the share of the days in between that is added to the spread."""


def fraction(question: QuestionId, repetition: int) -> float:
    """Return the place in the spread, from 0 up to but without 1, of a question's repetition."""
    digest = blake2b(f"{repetition}\x00{question}".encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48


def spread(interval: float) -> float:
    """Return how many days an interval may be moved either way, as in Anki.

    Nothing below 2.5 days; from there on 1 day, plus 15 % of the days between 2.5 and 7, plus 10 % of
    the days between 7 and 20, plus 5 % of the days above 20.
    """
    if interval < 2.5:
        return 0.0
    return 1.0 + sum([share * (min(interval, end) - start) for start, end, share in _RANGES if interval > start])


def fuzzed(interval: float, *, place: float, minimum: int, maximum: int = MAXIMUM_INTERVAL) -> int:
    """Return a whole number of days near an interval, within the bounds, at a place (0 up to 1) in its spread."""
    minimum = min(minimum, maximum)
    interval = min(max(interval, minimum), maximum)
    days = spread(interval)
    lower = max(floor(interval - days + 0.5), minimum)
    upper = min(floor(interval + days + 0.5), maximum)
    return lower + floor(place * (1 + upper - lower))
