"""Decide what a practice session asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ptquiz.domain.judging.judge import needs_run
from ptquiz.domain.questions import CodeTask, Question, QuestionId
from ptquiz.domain.reviews import Journal, QuestionState
from ptquiz.scheduling.queue import Candidate, Limits, Upcoming, build_queue, next_due

REVIEWS_PER_DAY = 200
SECONDS_EACH = 35
SECONDS_EACH_WRITE = 240


@dataclass(frozen=True)
class Agenda:
    """What a session asks, and what to say when it asks nothing."""

    queue: tuple[QuestionId, ...]
    due: int
    new: int
    minutes: int
    upcoming: Upcoming | None
    not_runnable: int = 0
    """Questions left out because only a run could judge them and nothing can run."""


def draw_up(
    questions: Mapping[QuestionId, Question],
    journal: Journal,
    *,
    now: datetime,
    new_per_day: int,
    topics: Collection[str] = (),
    can_run: Callable[[Question], bool] = lambda _: True,
) -> Agenda:
    """Choose the questions of a session from the decks and the log."""
    states = journal.states()
    wanted = [q for q in questions.values() if not topics or q.deck in topics]
    usable = [q for q in wanted if can_run(q) or not needs_run(q)]
    offset = utc_offset(now)
    queue = build_queue(
        [Candidate(q.id, q.deck) for q in usable],
        states,
        now=now,
        utc_offset=offset,
        limits=Limits(new=new_per_day, reviews=REVIEWS_PER_DAY),
    )
    known = {q.id: states[q.id] for q in wanted if q.id in states}
    new = sum(_is_new(states.get(id_)) for id_ in queue)
    return Agenda(
        queue=queue,
        due=len(queue) - new,
        new=new,
        minutes=max(1, round(sum(_seconds(questions[id_]) for id_ in queue) / 60)),
        upcoming=next_due(known, now=now, utc_offset=offset),
        not_runnable=len(wanted) - len(usable),
    )


def utc_offset(now: datetime) -> int:
    """Return the minutes east of UTC of an aware time."""
    offset = now.utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0


def _is_new(state: QuestionState | None) -> bool:
    return state is None or state.due is None


def _seconds(question: Question) -> int:
    return SECONDS_EACH_WRITE if isinstance(question, CodeTask) else SECONDS_EACH
