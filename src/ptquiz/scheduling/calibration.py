"""Calibration: what the memory model predicted against what was remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log, sqrt

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, QuestionState, Rated, Rating, Undone
from ptquiz.scheduling.days import days_between, study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.replay import rate

BINS = 10

_CERTAIN = 1e-4
"""No prediction counts as surer than this: one miss would outweigh everything."""


class Prediction(Struct, frozen=True):
    """One review of a known question on a later day than the last."""

    entry: Rated
    recall: float
    """Predicted before the answer, from 0 to 1."""

    @property
    def recalled(self) -> bool:
        """Whether the question was remembered."""
        return self.entry.rating is not Rating.AGAIN


class Bin(Struct, frozen=True, kw_only=True):
    """The reviews whose predictions lie in one range."""

    low: float
    high: float
    reviews: int
    predicted: float
    """The mean, from 0 to 1."""
    actual: float
    """The share that was remembered."""


def predictions(question: QuestionId, entries: Sequence[Entry], *, fsrs: Fsrs) -> Iterator[Prediction]:
    """Yield what was predicted at each review of a question, its entries being given oldest first.

    Left out: cramming, what was undone, first times, and answers on the day of the last review.
    """
    undone = {entry.target for entry in entries if isinstance(entry, Undone)}
    state = QuestionState(question=question)
    for entry in entries:
        if not isinstance(entry, Rated) or entry.cram or entry.id in undone:
            continue
        today = study_day(entry.at, utc_offset=entry.utc_offset)
        days = days_between(state.reviewed_on or today, today)
        if state.memory is not None and days:
            yield Prediction(entry, fsrs.retrievability(memory=state.memory, days=days))
        state = rate(state, entry, fsrs=fsrs)


def bins(predicted: Iterable[Prediction]) -> tuple[Bin, ...]:
    """Return the predictions by tenths, those that are empty left out."""
    by_bin: dict[int, list[Prediction]] = {}
    for prediction in predicted:
        by_bin.setdefault(min(int(prediction.recall * BINS), BINS - 1), []).append(prediction)
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            reviews=len(found),
            predicted=sum(prediction.recall for prediction in found) / len(found),
            actual=sum(prediction.recalled for prediction in found) / len(found),
        )
        for number, found in sorted(by_bin.items())
    )


def log_loss(predicted: Sequence[Prediction]) -> float:
    """Return the mean logarithmic loss, lower is better; 0 for no predictions."""
    if not predicted:
        return 0.0
    return -sum(log(_likelihood(prediction)) for prediction in predicted) / len(predicted)


def off_by(found: Sequence[Bin]) -> float:
    """Return how far predictions are off: the root of the mean squared difference of bins, by their reviews."""
    reviews = sum(bin.reviews for bin in found)
    return sqrt(sum(bin.reviews * (bin.predicted - bin.actual) ** 2 for bin in found) / reviews) if reviews else 0.0


def _likelihood(prediction: Prediction) -> float:
    recall = min(max(prediction.recall, _CERTAIN), 1 - _CERTAIN)
    return recall if prediction.recalled else 1 - recall
