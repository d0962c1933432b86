"""Fitting learns from what can be predicted, and from nothing else."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given

from ptquiz.domain.reviews import Entry, Rated, Rating
from ptquiz.scheduling.calibration import predictions
from ptquiz.scheduling.fitting import fit, lessons
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from tests.scheduling.logs import NOON, in_order, logs, rated

AGAIN, HARD, GOOD, EASY = Rating


def on(day: float, rating: Rating = GOOD) -> Rated:
    return rated(f"{day}", NOON + timedelta(days=day), rating)


def test_each_later_day_is_a_lesson_with_all_that_went_before() -> None:
    history = [on(0), on(0.1, AGAIN), on(3, HARD), on(3.1), on(10, EASY)]
    assert list(lessons(history)) == [
        ((3, 0), (1, 0), (2, 3)),
        ((3, 0), (1, 0), (2, 3), (3, 0), (4, 7)),
    ]


def test_study_days_count_and_not_hours() -> None:
    evening, night = rated("1", NOON + timedelta(hours=10)), rated("2", NOON + timedelta(hours=15))
    morning = rated("3", NOON + timedelta(hours=17))
    assert list(lessons([evening, night])) == []
    assert list(lessons([evening, morning])) == [((3, 0), (3, 1))]


def test_the_day_is_the_one_where_the_learner_was() -> None:
    here, there = rated("1", NOON, utc_offset=480), rated("2", NOON + timedelta(hours=9), utc_offset=480)
    assert list(lessons([here, there])) == [((3, 0), (3, 1))]


@given(logs(max_size=8))
def test_there_is_a_lesson_for_each_prediction(log: list[Entry]) -> None:
    history = [entry for entry in in_order(log) if isinstance(entry, Rated) and not entry.cram]
    found = list(lessons(history))
    assert len(found) == len(list(predictions("q", history, fsrs=Fsrs())))
    assert all(steps[-1][1] > 0 for steps in found)


def test_without_a_later_day_the_published_weights_come_back() -> None:
    assert fit({}) == DEFAULT_WEIGHTS
    assert fit({"q": [on(0), on(0.1)], "p": [on(0)]}) == DEFAULT_WEIGHTS


def test_who_forgets_more_gets_a_shorter_first_stability() -> None:
    def weights(*ratings: Rating) -> tuple[float, ...]:
        return fit({f"q{n}": [on(0), on(4, ratings[n % len(ratings)]), on(9, GOOD)] for n in range(120)})

    strong, weak = weights(GOOD), weights(GOOD, AGAIN)
    assert len(strong) == len(weak) == len(DEFAULT_WEIGHTS)
    assert strong[2] > weak[2]
