"""Calibration sets what was predicted against what was remembered, and leaves out what proves nothing."""

from __future__ import annotations

from datetime import timedelta
from math import log

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.reviews import Entry, Rating, Undone
from ptquiz.scheduling.calibration import Bin, Prediction, bins, log_loss, off_by, predictions
from ptquiz.scheduling.memory import Fsrs
from tests.scheduling.logs import NOON, rated

AGAIN, HARD, GOOD, EASY = Rating


def predicted(*entries: Entry) -> list[Prediction]:
    return list(predictions("q", entries, fsrs=Fsrs()))


def guess(recall: float, rating: Rating = GOOD) -> Prediction:
    return Prediction(rated("g", rating=rating), recall)


def test_the_prediction_is_the_recall_that_py_fsrs_gives_at_each_later_day() -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, expected, log_ = fsrs.Card(card_id=1, due=NOON), [], []
    for number, (days, rating) in enumerate([(0, GOOD), (4, GOOD), (30, AGAIN), (31, HARD), (45, EASY)]):
        at = NOON + timedelta(days=days)
        if number:
            expected.append(scheduler.get_card_retrievability(card, at))
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        log_.append(rated(str(number), at, rating))
    found = predicted(*log_)
    assert [prediction.recall for prediction in found] == pytest.approx(expected, rel=1e-4)
    assert [prediction.entry for prediction in found] == log_[1:]
    assert [prediction.recalled for prediction in found] == [True, False, True, True]


def test_first_times_same_days_cramming_and_what_was_undone_predict_nothing() -> None:
    day = timedelta(days=1)
    assert predicted(rated("1"), rated("2", NOON + timedelta(hours=1))) == []
    assert predicted(rated("1"), rated("2", NOON + 3 * day, cram=True)) == []
    assert predicted(rated("1", cram=True), rated("2", NOON + 3 * day)) == []
    undoing = Undone(id="3", question="q", at=NOON + 3 * day, target="2")
    assert predicted(rated("1"), rated("2", NOON + 3 * day), undoing) == []
    after = predicted(rated("1"), rated("2", NOON + 3 * day), undoing, rated("4", NOON + 5 * day))
    assert after == predicted(rated("1"), rated("4", NOON + 5 * day))


def test_a_prediction_follows_the_same_day_s_answers_too() -> None:
    later = rated("3", NOON + timedelta(days=3))
    (twice,) = predicted(rated("1", rating=AGAIN), rated("2", NOON + timedelta(hours=1), EASY), later)
    (once,) = predicted(rated("1", rating=AGAIN), later)
    assert twice.recall > once.recall


def test_bins_are_tenths_the_last_with_certainty_and_the_empty_left_out() -> None:
    found = bins([guess(1.0), guess(0.92, AGAIN), guess(0.0), guess(0.1, AGAIN), guess(0.19)])
    assert found == (
        Bin(low=0.0, high=0.1, reviews=1, predicted=0.0, actual=1.0),
        Bin(low=0.1, high=0.2, reviews=2, predicted=(0.1 + 0.19) / 2, actual=0.5),
        Bin(low=0.9, high=1.0, reviews=2, predicted=0.96, actual=0.5),
    )


@given(st.lists(st.builds(guess, st.floats(0, 1), st.sampled_from(Rating)), max_size=30))
def test_every_prediction_lies_in_one_bin(found: list[Prediction]) -> None:
    made = bins(found)
    assert sum(bin.reviews for bin in made) == len(found)
    assert all(bin.low - 1e-9 <= bin.predicted <= bin.high + 1e-9 for bin in made)
    remembered = sum(prediction.recalled for prediction in found)
    assert sum(bin.reviews * bin.actual for bin in made) == pytest.approx(remembered)


@pytest.mark.parametrize(
    ("found", "loss"),
    [
        pytest.param([], 0.0, id="nothing"),
        pytest.param([guess(0.5), guess(0.5, AGAIN)], log(2), id="a coin"),
        pytest.param([guess(0.8), guess(0.8, AGAIN)], -(log(0.8) + log(0.2)) / 2, id="one hit and one miss"),
        pytest.param([guess(1.0)], -log(0.9999), id="certain and right"),
        pytest.param([guess(1.0, AGAIN)], -log(0.0001), id="certain and wrong is bounded"),
        pytest.param([guess(0.0)], -log(0.0001), id="certain of the opposite"),
        pytest.param([guess(0.0, AGAIN)], -log(0.9999), id="certain and rightly so"),
    ],
)
def test_log_loss(found: list[Prediction], loss: float) -> None:
    assert log_loss(found) == pytest.approx(loss)


@given(st.floats(0.01, 0.99), st.integers(1, 20), st.integers(0, 20))
def test_no_other_constant_has_a_lower_log_loss_than_the_share_remembered(other: float, hits: int, misses: int) -> None:
    def loss(recall: float) -> float:
        return log_loss([guess(recall)] * hits + [guess(recall, AGAIN)] * misses)

    assert loss(hits / (hits + misses)) <= loss(other) + 1e-9


def test_how_far_off_weighs_bins_by_their_reviews() -> None:
    def bin(reviews: int, predicted: float, actual: float) -> Bin:
        return Bin(low=0.0, high=1.0, reviews=reviews, predicted=predicted, actual=actual)

    assert off_by([]) == 0.0
    assert off_by([bin(9, 0.7, 0.9)]) == pytest.approx(0.2)
    assert off_by([bin(3, 0.9, 0.7), bin(1, 0.5, 0.5)]) == pytest.approx((3 * 0.2**2 / 4) ** 0.5)
