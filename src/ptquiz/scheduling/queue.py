"""The queue of a session: which questions are asked now, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Phase, QuestionState
from ptquiz.scheduling.days import day_begins, days_between, study_day
from ptquiz.scheduling.interleave import apart, mixed
from ptquiz.scheduling.memory import Fsrs

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Candidate(Struct, frozen=True):
    """A question of the decks in use."""

    id: QuestionId
    topic: str
    """Its deck: questions of one topic are kept apart."""


class Limits(Struct, frozen=True, kw_only=True):
    """How much a study day may ask for."""

    new: int
    """Questions seen for the first time, each study day."""
    reviews: int
    """Questions seen before, each study day; learning and relearning ones are not limited."""


class Progress(Struct, frozen=True, kw_only=True):
    """How much of the limits a study day has used up, over all its sessions."""

    introduced: int
    """Questions that were rated for the first time."""
    reviewed: int
    """Other questions that were rated."""


class Upcoming(Struct, frozen=True, kw_only=True):
    """What comes when the queue is empty."""

    at: datetime
    """When the next question is due; aware, UTC."""
    count: int
    """How many questions come on that study day, that one included."""


def progress(states: Mapping[QuestionId, QuestionState], *, today: date) -> Progress:
    """Count what was rated on a study day; an undone rating does not count."""
    rated = [state for state in states.values() if state.reviewed_on == today]
    introduced = sum(state.introduced_on == today for state in rated)
    return Progress(introduced=introduced, reviewed=len(rated) - introduced)


def build_queue(
    candidates: Iterable[Candidate],
    states: Mapping[QuestionId, QuestionState],
    *,
    now: datetime,
    utc_offset: int,
    limits: Limits,
    fsrs: Fsrs | None = None,
) -> tuple[QuestionId, ...]:
    """Return the questions to ask now; candidates come in deck order, and the limits hold for the study day.

    First the learning and relearning ones that are due, longest waiting first, without a limit: they were
    forgotten last. Then the due reviews, lowest probability of recall first (ties: longest due, then id),
    mixed evenly with the new ones in deck order. Last, as few as needed change places so that neighbours
    are of different topics. Suspended and buried ones are left out.
    """
    today = study_day(now, utc_offset=utc_offset)
    used = progress(states, today=today)
    topics = {candidate.id: candidate.topic for candidate in candidates}
    free = (id for id in topics if id not in states or may_be_asked(states[id], today=today))
    new: list[QuestionId] = []
    learning: list[QuestionState] = []
    reviews: list[QuestionState] = []
    for id in free:
        state = states.get(id)
        if state is None or state.due is None:
            new.append(id)
        elif state.due <= now:
            (reviews if state.phase is Phase.REVIEW else learning).append(state)
    learning.sort(key=_waiting)
    model = fsrs or Fsrs()
    reviews.sort(key=lambda state: (recall_now(state, today=today, fsrs=model), *_waiting(state)))
    now_reviewed = [state.question for state in reviews[: max(limits.reviews - used.reviewed, 0)]]
    now_new = new[: max(limits.new - used.introduced, 0)]
    chosen = [*(state.question for state in learning), *mixed(now_reviewed, now_new)]
    return tuple(apart(chosen, topic=topics.__getitem__))


def _waiting(state: QuestionState) -> tuple[datetime, QuestionId]:
    return state.due or _LONG_AGO, state.question


def recall_now(state: QuestionState, *, today: date, fsrs: Fsrs) -> float:
    """Return the probability of recall on a study day, from 0 to 1; 0 while a question is new."""
    if state.memory is None:
        return 0.0
    return fsrs.retrievability(memory=state.memory, days=days_between(state.reviewed_on or today, today))


def next_due(states: Mapping[QuestionId, QuestionState], *, now: datetime, utc_offset: int) -> Upcoming | None:
    """Return when the next question becomes due, and how many do on that study day; None when none ever does."""
    times = [
        time
        for state in states.values()
        if not state.suspended and (time := _free_at(state, utc_offset=utc_offset)) is not None and time > now
    ]
    if not times:
        return None
    first = min(times)
    day = study_day(first, utc_offset=utc_offset)
    count = sum(study_day(time, utc_offset=utc_offset) == day for time in times)
    return Upcoming(at=first, count=count)


def may_be_asked(state: QuestionState, *, today: date) -> bool:
    """Tell whether a question is neither suspended nor buried on a study day."""
    return not state.suspended and (state.buried_until is None or state.buried_until <= today)


def _free_at(state: QuestionState, *, utc_offset: int) -> datetime | None:
    """Return when a question is due and no longer buried; None while it is new."""
    if state.due is None or state.buried_until is None:
        return state.due
    return max(state.due, day_begins(state.buried_until, utc_offset=utc_offset))
