"""Intervals of the passing ratings make sense to who sees them side by side, wherever the fuzz puts them."""

from __future__ import annotations

from math import floor

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ptquiz.domain.reviews import Memory, Phase, QuestionState, Rating
from ptquiz.scheduling.fuzz import fraction, fuzzed
from ptquiz.scheduling.intervals import interval
from ptquiz.scheduling.memory import Forecast

_, HARD, GOOD, EASY = Rating

raws = st.lists(st.floats(0.1, 400), min_size=3, max_size=3).map(sorted)
states = st.builds(
    QuestionState,
    question=st.text("abcdef", min_size=1, max_size=6),
    phase=st.sampled_from(Phase),
    interval=st.integers(0, 400).map(float),
    repetitions=st.integers(0, 50),
)


def passing(state: QuestionState, raw: list[float]) -> list[int]:
    forecasts = {rating: Forecast(Memory(1.0, 5.0), days) for rating, days in zip((HARD, GOOD, EASY), raw, strict=True)}
    return [interval(state, forecasts, rating) for rating in (HARD, GOOD, EASY)]


@given(states, raws)
def test_an_established_interval_that_grows_stays_longer_than_the_last(state: QuestionState, raw: list[float]) -> None:
    for days, forecast in zip(passing(state, raw), raw, strict=True):
        if state.phase is Phase.REVIEW and floor(forecast + 0.5) > state.interval:
            assert days > state.interval


def test_only_what_grows_by_a_whole_day_is_kept_above_the_last_interval() -> None:
    """Twenty days may be moved by almost three: without the floor some would return sooner than before."""
    for phase, raw, shortest in (
        (Phase.REVIEW, 20.6, 21),
        (Phase.REVIEW, 20.4, 17),
        (Phase.RELEARNING, 20.6, 18),
    ):
        state = QuestionState(question="q", phase=phase, interval=20.0)
        found = [passing(replace(state, question=f"q{n}"), [raw] * 3)[0] for n in range(40)]
        assert min(found) == shortest


@given(states, raws)
def test_hard_good_and_easy_rise_and_only_learning_lets_hard_and_good_tie(
    state: QuestionState, raw: list[float]
) -> None:
    hard, good, easy = passing(state, raw)
    assert 1 <= hard <= good < easy
    assert state.phase is not Phase.REVIEW or hard < good


@given(states, st.floats(3, 300))
def test_all_three_are_at_the_same_place_of_their_spread(state: QuestionState, raw: float) -> None:
    """Far enough from each other and from the last interval, nothing pushes them."""
    far = [raw, 3 * raw, 9 * raw]
    place = fraction(state.question, state.repetitions)
    fresh = QuestionState(question=state.question, repetitions=state.repetitions)
    assert passing(fresh, far) == [fuzzed(days, place=place, minimum=1) for days in far]
