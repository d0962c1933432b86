"""The memory model agrees with py-fsrs, which computes the same formulas in 64 bits."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.reviews import Memory, Rating
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from tests.scheduling.logs import NOON

LONGEST_STABILITY = 36_500.0
"""The Rust engine holds stability to 100 years; py-fsrs lets it grow. The only difference found."""

reviews = st.lists(
    st.tuples(st.integers(0, 3) | st.integers(0, 1000), st.sampled_from(Rating)), min_size=1, max_size=25
)


def oracle(retention: float = 0.9) -> fsrs.Scheduler:
    """py-fsrs without steps and fuzz; its days are periods of 24 hours, so reviews come at the same time of day."""
    return fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, desired_retention=retention)


@given(reviews, st.floats(0.7, 0.97))
def test_memory_and_interval_agree_with_py_fsrs_also_on_the_same_day(
    reviews: list[tuple[int, Rating]], retention: float
) -> None:
    scheduler, card, now = oracle(retention), fsrs.Card(card_id=1, due=NOON), NOON
    memory: Memory | None = None
    for days, rating in reviews:
        now += timedelta(days=days, seconds=1)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
        forecast = Fsrs().after(memory=memory, rating=rating, days=days, retention=retention)
        memory = forecast.memory
        assert card.stability is not None
        if card.stability > LONGEST_STABILITY:
            break
        assert memory.stability == pytest.approx(card.stability, rel=1e-4)
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-4)
        days_of_oracle = (card.due - now).days
        assert min(max(forecast.interval, 1), LONGEST_STABILITY) == pytest.approx(days_of_oracle, rel=1e-4, abs=0.51)


@given(st.floats(0.01, 30_000), st.integers(0, 40_000))
def test_retrievability_agrees_with_py_fsrs(stability: float, days: int) -> None:
    card = fsrs.Card(card_id=1, stability=stability, difficulty=5.0, last_review=NOON, due=NOON)
    expected = oracle().get_card_retrievability(card, NOON + timedelta(days=days))
    assert Fsrs().retrievability(memory=Memory(stability, 5.0), days=days) == pytest.approx(expected, rel=1e-12)


def test_the_weights_are_the_published_ones() -> None:
    assert DEFAULT_WEIGHTS == DEFAULT_PARAMETERS


@given(st.floats(0.01, 30_000))
def test_recall_is_ninety_percent_after_as_many_days_as_the_stability(stability: float) -> None:
    assert Fsrs().retrievability(memory=Memory(stability, 5.0), days=stability) == pytest.approx(0.9)


def test_recall_is_certain_at_once_and_when_the_clock_went_back() -> None:
    memory = Memory(3.0, 5.0)
    assert [Fsrs().retrievability(memory=memory, days=days) for days in (0, -5)] == [1.0, 1.0]


@given(st.floats(1, 1000), st.floats(0.7, 0.97))
def test_recall_at_the_end_of_an_interval_is_the_desired_retention(stability: float, retention: float) -> None:
    forecast = Fsrs().after(memory=Memory(stability, 5.0), rating=Rating.GOOD, days=3, retention=retention)
    recall = Fsrs().retrievability(memory=forecast.memory, days=forecast.interval)
    assert recall == pytest.approx(retention, rel=1e-3)


@given(st.none() | st.builds(Memory, st.floats(0.01, 30_000), st.floats(1, 10)), st.integers(0, 5000))
def test_the_same_review_gives_the_same_bits(memory: Memory | None, days: int) -> None:
    first, second = (Fsrs().forecasts(memory=memory, days=days, retention=0.9) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("retention", [-1.0, 0.0, 1.0, 2.0])
def test_an_impossible_retention_still_gives_a_usable_interval(retention: float) -> None:
    interval = Fsrs().after(memory=Memory(5.0, 5.0), rating=Rating.GOOD, days=5, retention=retention).interval
    assert 0 < interval < float("inf")


def test_other_weights_make_another_memory() -> None:
    slower = Fsrs((1.0, *DEFAULT_WEIGHTS[1:]))
    forecast = slower.after(memory=None, rating=Rating.AGAIN, days=0, retention=0.9)
    assert forecast.memory.stability == 1.0


def test_weights_of_another_version_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Fsrs(DEFAULT_WEIGHTS[:19])
    assert str(caught.value) == "FSRS-6 has 21 weights, not 19"


def test_importing_the_scheduling_does_not_load_the_engine() -> None:
    code = "import sys, ptquiz.scheduling.queue, ptquiz.scheduling.replay; sys.exit('fsrs_rs_python' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
