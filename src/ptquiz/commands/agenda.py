"""Decide what a practice session asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.pace import pace, spent_today
from ptquiz.commands.selection import Ahead, Due, Selection, not_due, select
from ptquiz.domain.judging.judge import needs_run
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Journal, QuestionState
from ptquiz.scheduling.days import day_begins, study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import Plan, Task, plan_queue
from ptquiz.scheduling.queue import Candidate, Limits, Upcoming, build_queue, next_due


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
    crammed: frozenset[QuestionId] = frozenset()
    """Questions of the queue whose schedule does not move."""


@dataclass(frozen=True)
class Wishes:
    """What the learner asked for."""

    new_per_day: int
    reviews_per_day: int = 200
    topics: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Due)
    moves: bool = False
    """Whether the schedule of questions that are not due moves, too."""
    plan: Plan | None = None
    """An interview to come: what is asked is then what raises recall on that day."""

    @property
    def name(self) -> str:
        """What a session is about, in words."""
        topics = ", ".join(self.topics) or "all topics"
        if self.plan is None or not isinstance(self.selection, Due):
            return topics
        return f"{topics} for the interview on {self.plan.interview:%d %b}"


def draw_up(
    questions: Mapping[QuestionId, Question],
    journal: Journal,
    wishes: Wishes,
    *,
    now: datetime,
    can_run: Callable[[Question], bool] = lambda _: True,
) -> Agenda:
    """Choose the questions of a session from the decks and the log."""
    topics = wishes.topics or (wishes.plan.topics if wishes.plan else ())
    wanted = {id: q for id, q in questions.items() if q.deck in topics} if topics else questions
    states, open_ones = _within_reach(wanted, journal, wishes, now=now)
    usable = {id: q for id, q in open_ones.items() if can_run(q) or not needs_run(q)}
    offset, fsrs = utc_offset(now), model(journal)
    seconds = pace(usable, journal)
    due: tuple[QuestionId, ...] = ()
    if isinstance(wishes.selection, Due) and wishes.plan is not None:
        spent = spent_today(journal, now=now)
        planned = tasks(usable, states, seconds)
        due = plan_queue(planned, wishes.plan, now=now, utc_offset=offset, spent=spent, fsrs=fsrs)
    elif isinstance(wishes.selection, Due | Ahead):
        candidates = [Candidate(q.id, q.deck) for q in usable.values()]
        limits = Limits(new=wishes.new_per_day, reviews=wishes.reviews_per_day)
        due = build_queue(candidates, states, now=now, utc_offset=offset, limits=limits, fsrs=fsrs)
    more = select(wishes.selection, usable, states, journal, now=now, utc_offset=offset, fsrs=fsrs)
    queue = (*due, *more)
    crammed = frozenset() if wishes.moves else frozenset(not_due(more, states, now=now))
    new = sum(_is_new(states.get(id)) for id in queue)
    return Agenda(
        queue=queue,
        due=len(queue) - new,
        new=new,
        minutes=max(1, round(sum(seconds(questions[id]) for id in queue) / 60)),
        upcoming=None if queue else upcoming(journal, wanted, now=now),
        not_runnable=len(open_ones) - len(usable),
        crammed=crammed,
    )


def _within_reach(
    wanted: Mapping[QuestionId, Question], journal: Journal, wishes: Wishes, *, now: datetime
) -> tuple[dict[QuestionId, QuestionState], Mapping[QuestionId, Question]]:
    """Return the states that matter to a selection, and the questions that it may ask.

    For what is due, only a part of the states is read: those of all questions take long to decode.
    """
    if not isinstance(wishes.selection, Due) or wishes.plan is not None:
        return journal.states(), wanted
    states = journal.pertinent(until=now, day=study_day(now, utc_offset=utc_offset(now)))
    later = journal.scheduled() - states.keys()
    return states, {id: q for id, q in wanted.items() if id not in later}


def upcoming(journal: Journal, questions: Collection[QuestionId], *, now: datetime) -> Upcoming | None:
    """Return when the next of some questions becomes due; None when none ever does."""
    offset = utc_offset(now)
    today = study_day(now, utc_offset=offset)
    found, end, days = None, now, 1
    while True:
        states = journal.pertinent(until=end, day=today)
        known = {id: state for id, state in states.items() if id in questions}
        found = next_due(known, now=now, utc_offset=offset)
        first = journal.first_due(end)
        if first is None or (found is not None and found.at < end):
            return found
        # Twice as far each time: what lies near may all be of other topics.
        end = day_begins(study_day(first, utc_offset=offset) + timedelta(days=days), utc_offset=offset)
        days *= 2


def model(journal: Journal) -> Fsrs:
    """Return the memory model that the states of a log are computed with."""
    adopted = journal.weights()
    return Fsrs(adopted[-1]) if adopted and adopted[-1] else Fsrs()


def tasks(
    questions: Mapping[QuestionId, Question],
    states: Mapping[QuestionId, QuestionState],
    seconds: Callable[[Question], float],
) -> tuple[Task, ...]:
    """Return the questions as a plan sees them."""
    return tuple(
        Task(question=id, topic=q.deck, seconds=seconds(q), state=states.get(id)) for id, q in questions.items()
    )


def _is_new(state: QuestionState | None) -> bool:
    return state is None or state.due is None
