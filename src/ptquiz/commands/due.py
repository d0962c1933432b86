"""List what is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from ptquiz.commands.agenda import model, upcoming
from ptquiz.commands.clock import utc_offset
from ptquiz.domain.outlines import Outlines, Related
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Journal, Phase, is_due, may_be_asked
from ptquiz.scheduling.days import days_between, study_day
from ptquiz.scheduling.queue import Upcoming, due_at, recall_now


class DueQuestion(Struct, frozen=True, kw_only=True):
    """A question that waits."""

    question: QuestionId
    topic: str
    due: datetime
    """Aware, UTC."""
    days_late: int
    """Study days."""
    recall: float
    """The predicted probability of recall, from 0 to 1; it says little while a question is being learned."""
    learning: bool = False
    """Whether it is still, or again, being learned."""


class DueList(Struct, frozen=True, kw_only=True):
    """What is due now, most likely forgotten first, and what comes next."""

    now: datetime
    due: tuple[DueQuestion, ...]
    next: Upcoming | None


def list_due(outlines: Outlines, journal: Journal, *, now: datetime, topics: Collection[str] = ()) -> DueList:
    """Return the questions that are due, whatever the daily limits; siblings of what was seen today are not."""
    wanted = outlines.of_topics(topics) if topics else outlines
    offset, fsrs = utc_offset(now), model(journal)
    today = study_day(now, utc_offset=offset)
    pertinent = journal.pertinent(until=now, day=today)
    seen = [id for id, state in pertinent.items() if state.reviewed_on == today]
    siblings = Related(wanted)
    put_off = {other for id in seen for other in siblings.get(id, ())}.difference(seen)
    due = [
        DueQuestion(
            question=id,
            topic=topic,
            due=due,
            days_late=days_between(study_day(due, utc_offset=offset), today),
            recall=recall_now(state, today=today, fsrs=fsrs),
            learning=state.phase in (Phase.LEARNING, Phase.RELEARNING),
        )
        for id, state in pertinent.items()
        if (topic := wanted.topic_of(id)) is not None
        and id not in put_off
        and is_due(state, now=now, today=today)
        and may_be_asked(state, today=today)
        and (due := due_at(state, utc_offset=offset)) is not None
    ]
    due.sort(key=lambda item: (item.recall, item.due, item.question))
    return DueList(now=now, due=tuple(due), next=upcoming(journal, wanted, now=now))


def count_due(outlines: Outlines, journal: Journal, *, now: datetime) -> int:
    """Count what `list_due` lists, without looking at the memory of what waits."""
    today = study_day(now, utc_offset=utc_offset(now))
    at_hand = journal.pertinent(until=now, day=today, reviews=False)
    seen = {id for id, state in at_hand.items() if state.reviewed_on == today}
    siblings = Related(outlines)
    put_off = {other for id in seen for other in siblings.get(id, ())} - seen
    learning = (
        id for id, state in at_hand.items() if is_due(state, now=now, today=today) and may_be_asked(state, today=today)
    )
    return sum(id in outlines for id in {*journal.overdue(day=today), *learning} - put_off)
