"""Replay: fold the log of one question into its state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import assert_never

from msgspec.structs import replace

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import (
    Buried,
    Entry,
    Noted,
    Phase,
    QuestionState,
    Rated,
    Rating,
    Replay,
    Resumed,
    Starred,
    Suspended,
    Undone,
    Unstarred,
)
from ptquiz.scheduling.days import day_begins, days_between, study_day
from ptquiz.scheduling.intervals import interval
from ptquiz.scheduling.memory import Fsrs

LEARNING_STEP = timedelta(minutes=10)
"""How soon a forgotten question returns."""


def rate(state: QuestionState, entry: Rated, *, fsrs: Fsrs) -> QuestionState:
    """Return the state after a rating, for which only whole study days count.

    `back_by` shortens the interval, though never below one day: the memory is the same, only the question
    returns sooner.
    """
    today = study_day(entry.at, utc_offset=entry.utc_offset)
    elapsed = days_between(state.reviewed_on or today, today)
    forecasts = fsrs.forecasts(memory=state.memory, days=elapsed, retention=entry.retention)
    rated = replace(
        state,
        memory=forecasts[entry.rating].memory,
        reviewed=entry.at,
        reviewed_on=today,
        introduced_on=state.introduced_on or today,
        repetitions=state.repetitions + 1,
        wording=entry.wording,
        meaning=entry.meaning,
    )
    if entry.rating is Rating.AGAIN:
        return _forgotten(rated, entry)
    days = interval(state, forecasts, entry.rating)
    if entry.back_by is not None:
        days = min(days, max((entry.back_by - today).days, 1))
    due = day_begins(today + timedelta(days=days), utc_offset=entry.utc_offset)
    return replace(rated, phase=Phase.REVIEW, due=due, interval=float(days))


def _forgotten(rated: QuestionState, entry: Rated) -> QuestionState:
    learned = rated.phase in (Phase.REVIEW, Phase.RELEARNING)
    return replace(
        rated,
        phase=Phase.RELEARNING if learned else Phase.LEARNING,
        due=entry.at + LEARNING_STEP,
        interval=0.0,
        lapses=rated.lapses + (rated.phase is Phase.REVIEW),
    )


def _applied(state: QuestionState, entry: Entry, *, fsrs: Fsrs) -> QuestionState:
    match entry:
        case Rated(cram=True):
            return state
        case Rated():
            return rate(state, entry, fsrs=fsrs)
        case Suspended():
            return replace(state, suspended=True)
        case Resumed():
            return replace(state, suspended=False, buried_until=None)
        case Buried():
            return replace(state, buried_until=entry.until)
        case Starred() | Unstarred():
            return replace(state, starred=isinstance(entry, Starred))
        case Undone() | Noted():
            return state
        case _:
            assert_never(entry)


def replayer(fsrs: Fsrs) -> Replay:
    """Return the replay function for a set of weights."""

    def replay(question: QuestionId, entries: Sequence[Entry], start: QuestionState | None = None) -> QuestionState:
        """Fold the entries of one question, oldest first, from a start or from its beginning.

        An undone entry counts as if it had never been written, wherever in the log its undoing stands.
        Undoing cannot be undone: an `Undone` whose target is another `Undone`, is unknown, or belongs to
        another question has no effect. `Resumed` ends a burial, too. Cramming moves nothing.
        """
        undone = {entry.target for entry in entries if isinstance(entry, Undone)}
        state = start or QuestionState(question=question)
        for entry in entries:
            if entry.id not in undone:
                state = _applied(state, entry, fsrs=fsrs)
        return state

    return replay


replay = replayer(Fsrs())
"""Replay with the published weights."""
