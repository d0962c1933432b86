"""Fit the weights of the memory model to a review log, with the optimiser of the Rust engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Rated
from ptquiz.scheduling.days import days_between, study_day
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

Steps = tuple[tuple[int, int], ...]
"""A rating and the study days since the one before it, for each review."""


def fit(histories: Mapping[QuestionId, Sequence[Rated]]) -> tuple[float, ...]:
    """Return the weights that explain histories best, starting from the published ones.

    A history holds the ratings of one question that count, oldest first. Without any review on a later
    day there is nothing to learn from, and the published weights come back.
    """
    from fsrs_rs_python import FSRS

    items = [_item(part) for history in histories.values() for part in lessons(history)]
    if not items:
        return DEFAULT_WEIGHTS
    return tuple(FSRS(list(DEFAULT_WEIGHTS)).compute_parameters(items))


def lessons(history: Sequence[Rated]) -> Iterator[Steps]:
    """Yield the history up to each review on a later day than the one before: each is something to predict.

    The optimiser breaks down on a history without such a review.
    """
    steps: list[tuple[int, int]] = []
    last = None
    for entry in history:
        day = study_day(entry.at, utc_offset=entry.utc_offset)
        days = days_between(last or day, day)
        steps.append((int(entry.rating), days))
        last = day
        if days:
            yield tuple(steps)


def _item(steps: Steps) -> FSRSItem:
    from fsrs_rs_python import FSRSItem, FSRSReview

    return FSRSItem([FSRSReview(rating, days) for rating, days in steps])
