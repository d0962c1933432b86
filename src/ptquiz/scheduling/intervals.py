"""Whole-day intervals of the passing ratings, in an order that makes sense to the learner."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from ptquiz.domain.reviews import Phase, QuestionState, Rating
from ptquiz.scheduling.fuzz import fraction, fuzzed
from ptquiz.scheduling.memory import Forecast


def interval(state: QuestionState, forecasts: Mapping[Rating, Forecast], rating: Rating) -> int:
    """Return the days until the next review after Hard, Good or Easy.

    As in Anki, all three are moved to the same place of their spread. Easy is always longer than Good. In
    the review phase Good is longer than Hard, and an interval that grows by whole days stays longer than
    the last one whatever the spread; in the other phases Hard and Good may tie. At the longest interval
    all may tie.
    """
    place = fraction(state.question, state.repetitions)
    established = state.phase is Phase.REVIEW

    def days(rating: Rating, minimum: int) -> int:
        raw = forecasts[rating].interval
        if established and floor(raw + 0.5) > state.interval:
            minimum = max(minimum, int(state.interval) + 1)
        return fuzzed(raw, place=place, minimum=minimum)

    hard = days(Rating.HARD, 1)
    if rating is Rating.HARD:
        return hard
    good = days(Rating.GOOD, hard + 1 if established else hard)
    return good if rating is Rating.GOOD else days(Rating.EASY, good + 1)
