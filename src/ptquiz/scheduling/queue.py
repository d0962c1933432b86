"""The queue of a session: which questions are asked now, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from types import MappingProxyType

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Phase, QuestionState, may_be_asked, overdue_among
from ptquiz.scheduling.days import day_begins, days_between, study_day
from ptquiz.scheduling.interleave import apart, mixed
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.siblings import Siblings, without_siblings

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
    siblings: Siblings = MappingProxyType({}),
) -> tuple[QuestionId, ...]:
    """Return the questions to ask now; candidates come in deck order, and the limits hold for the study day.

    First the learning and relearning ones that are due, longest waiting first, without a limit: they were
    forgotten last. Then the due reviews, lowest probability of recall first (ties: longest due, then id),
    mixed evenly with the new ones in deck order. Last, as few as needed change places so that neighbours
    are of different topics. Suspended and buried ones are left out, and so are siblings of what was reviewed
    on this day or is asked before them.
    """
    today = study_day(now, utc_offset=utc_offset)
    topics = {candidate.id: candidate.topic for candidate in candidates}
    known = {id: states[id] for id in topics if id in states}
    return arrange(
        reviews=overdue_among(known.values(), day=today),
        new=(id for id in topics if _is_new(states.get(id), today)),
        at_hand={id: state for id, state in states.items() if id in known or state.reviewed_on == today},
        now=now,
        today=today,
        limits=limits,
        siblings=siblings,
        topic=topics.get,
    )


def arrange(
    *,
    reviews: Iterable[QuestionId],
    new: Iterable[QuestionId],
    at_hand: Mapping[QuestionId, QuestionState],
    now: datetime,
    today: date,
    limits: Limits,
    siblings: Siblings,
    topic: Callable[[QuestionId], str | None],
) -> tuple[QuestionId, ...]:
    """Return the queue of `build_queue` from the reviews that are overdue and the new questions, both in their order.

    `at_hand` holds at least the states of what was reviewed today and of what is being learned; a question without
    a topic is not asked.
    """
    used = progress(at_hand, today=today)
    learning = sorted(
        (state for id, state in at_hand.items() if topic(id) is not None and _is_back(state, now, today)), key=_waiting
    )
    first = [state.question for state in learning]
    taken = {*first, *(id for id, state in at_hand.items() if state.reviewed_on == today)}
    again = _some(limits.reviews - used.reviewed, reviews, siblings, taken)
    fresh = _some(limits.new - used.introduced, new, siblings, {*taken, *again})
    return tuple(apart([*first, *mixed(again, fresh)], topic=lambda id: topic(id) or ""))


def _is_new(state: QuestionState | None, today: date) -> bool:
    return state is None or (state.due is None and may_be_asked(state, today=today))


def _is_back(state: QuestionState, now: datetime, today: date) -> bool:
    """Tell whether a question that is being learned is due."""
    learning = state.phase in (Phase.LEARNING, Phase.RELEARNING)
    return learning and state.due is not None and state.due <= now and may_be_asked(state, today=today)


def _some(count: int, ids: Iterable[QuestionId], siblings: Siblings, taken: Collection[QuestionId]) -> list[QuestionId]:
    return list(islice(without_siblings(ids, siblings, taken), max(count, 0)))


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


def due_at(state: QuestionState, *, utc_offset: int) -> datetime | None:
    """Return when a question becomes due for a learner `utc_offset` minutes east of UTC; None while it is new."""
    return state.due if state.due_on is None else day_begins(state.due_on, utc_offset=utc_offset)


def _free_at(state: QuestionState, *, utc_offset: int) -> datetime | None:
    """Return when a question is due and no longer buried; None while it is new."""
    due = due_at(state, utc_offset=utc_offset)
    if due is None or state.buried_until is None:
        return due
    return max(due, day_begins(state.buried_until, utc_offset=utc_offset))
