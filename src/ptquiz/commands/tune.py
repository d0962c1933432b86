"""Fit the memory model to the learner, and use what it found only if it predicts better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct, structs

from ptquiz.commands.agenda import model
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, Journal, Rated, Undone
from ptquiz.errors import UsageError
from ptquiz.scheduling.calibration import Prediction, log_loss, predictions
from ptquiz.scheduling.fitting import fit
from ptquiz.scheduling.memory import Fsrs
from ptquiz.store.journal import SqliteJournal

ENOUGH = 400
"""Reviews on later days from which weights of one's own are worth fitting."""

HELD_OUT = 0.2
"""The share of these reviews, the newest, that the fit does not see and is judged by."""


class Tuning(Struct, frozen=True, kw_only=True):
    """What a fit found."""

    reviews: int
    """On a later day than the review before: only these say something about forgetting."""
    held_out: int
    loss_before: float = 0.0
    """The mean logarithmic loss on the held-out reviews, with the weights in use; lower is better."""
    loss_after: float = 0.0
    weights: tuple[float, ...] = ()
    applied: bool = False
    rebuilt: int = 0
    """States that were computed anew."""

    @property
    def is_enough(self) -> bool:
        """Whether there was enough to fit."""
        return self.reviews >= ENOUGH


def tune(journal: SqliteJournal, *, now: datetime, dry_run: bool = False, history: Journal | None = None) -> Tuning:
    """Fit weights to the older reviews, judge them by the newest, and adopt them if they predict better.

    `history` is the log as the decks call their questions now: a renamed question was learned once, not twice.
    """
    histories = _histories((history or journal).entries())
    used = model(journal)
    found = _predicted(histories, used)
    cut = int(len(found) * (1 - HELD_OUT))
    if len(found) < ENOUGH:
        return Tuning(reviews=len(found), held_out=len(found) - cut)
    since = found[cut].entry.at
    known = {question: [entry for entry in history if entry.at < since] for question, history in histories.items()}
    fitted = Fsrs(fit(known))
    held_out = {prediction.entry.id for prediction in found[cut:]}
    after = [p for p in _predicted(histories, fitted) if p.entry.id in held_out]
    tuning = Tuning(
        reviews=len(found),
        held_out=len(held_out),
        loss_before=log_loss(found[cut:]),
        loss_after=log_loss(after),
        weights=fitted.weights,
    )
    if dry_run or tuning.loss_after >= tuning.loss_before:
        return tuning
    rebuilt = journal.adopt(fitted.weights, at=now)
    return structs.replace(tuning, applied=True, rebuilt=rebuilt)


def go_back(journal: SqliteJournal, *, now: datetime) -> int:
    """Adopt the weights that were in use before the present ones; return how many states were rebuilt.

    Raises UsageError when there were none.
    """
    adopted = journal.weights()
    if not adopted:
        raise UsageError("the published weights are in use", details=("ptquiz tune fits weights of your own",))
    return journal.adopt(adopted[-2] if len(adopted) > 1 else (), at=now)


def _histories(log: Iterable[Entry]) -> dict[QuestionId, list[Rated]]:
    """Return the ratings that moved a schedule, by question, oldest first."""
    by_question = groupby(sorted(log, key=lambda entry: entry.question), key=lambda entry: entry.question)
    return {question: _counting(tuple(entries)) for question, entries in by_question}


def _counting(entries: Sequence[Entry]) -> list[Rated]:
    undone = {entry.target for entry in entries if isinstance(entry, Undone)}
    return [entry for entry in entries if isinstance(entry, Rated) and not entry.cram and entry.id not in undone]


def _predicted(histories: dict[QuestionId, list[Rated]], fsrs: Fsrs) -> list[Prediction]:
    found = [p for question, history in histories.items() for p in predictions(question, history, fsrs=fsrs)]
    return sorted(found, key=lambda prediction: (prediction.entry.at, prediction.entry.id))
