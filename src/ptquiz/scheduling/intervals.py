"""Whole-day intervals of the passing ratings, in an order that makes sense to the learner."""

from __future__ import annotations

from collections.abc import Mapping

from ptquiz.domain.reviews import Phase, QuestionState, Rating
from ptquiz.scheduling.fuzz import MAXIMUM_INTERVAL, fraction, fuzzed
from ptquiz.scheduling.memory import Forecast


def intervals(state: QuestionState, forecasts: Mapping[Rating, Forecast]) -> dict[Rating, int]:
    """Return the days until the next review after Hard, Good and Easy.

    As in Anki, all three are moved to the same place of their spread. Easy is always longer than Good. In
    the review phase Good is longer than Hard, and an interval that grows stays longer than the last one
    whatever the spread; in the other phases Hard and Good may tie. At the longest interval all may tie.
    """
    place = fraction(state.question, state.repetitions)
    established = state.phase is Phase.REVIEW

    def days(rating: Rating, minimum: int) -> int:
        raw = forecasts[rating].interval
        if established and raw > state.interval:
            minimum = max(minimum, int(state.interval) + 1)
        return fuzzed(raw, place=place, minimum=min(minimum, MAXIMUM_INTERVAL))

    hard = days(Rating.HARD, 1)
    good = days(Rating.GOOD, hard + 1 if established else hard)
    return {Rating.HARD: hard, Rating.GOOD: good, Rating.EASY: days(Rating.EASY, good + 1)}
