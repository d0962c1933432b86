"""Decide what a practice session asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum

from msgspec import Struct, field

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.defaults import NEW_PER_DAY, REVIEWS_PER_DAY
from ptquiz.commands.pace import pace, spent_today
from ptquiz.commands.selection import Ahead, Due, Selection, not_due, select
from ptquiz.domain.courses import Course, chosen
from ptquiz.domain.outlines import MayRun, Outline, Outlines, Related, in_memory
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Journal, QuestionState, may_be_asked
from ptquiz.scheduling.days import day_begins, study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import Plan, Task, plan_queue
from ptquiz.scheduling.queue import Candidate, Limits, Upcoming, arrange, build_queue, next_due, progress


class Reason(Enum):
    """Why new questions wait for another day."""

    LIMIT = "limit"
    PLAN = "plan"
    SIBLINGS = "siblings"
    """They follow from what is asked today."""


class Held(Struct, frozen=True, kw_only=True):
    """New questions that wait for another day."""

    number: int
    reason: Reason
    done: int
    """How many were seen for the first time today, of all topics."""
    limit: int
    """How many may be, of all topics; a plan has its own mind."""


class Agenda(Struct, frozen=True):
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
    put_off: int = 0
    """Due questions that wait until tomorrow, for the day's limit or as siblings of what is asked today."""
    held: Held | None = None
    """New questions that wait where the learner may have expected them; None where a session is as full as wished."""


class Wishes(Struct, frozen=True):
    """What the learner asked for."""

    new_per_day: int = NEW_PER_DAY
    reviews_per_day: int = REVIEWS_PER_DAY
    topics: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Due)
    moves: bool = False
    """Whether the schedule of questions that are not due moves, too."""
    plan: Plan | None = None
    """An interview to come: what is asked is then what raises recall on that day."""
    course: Course | None = None
    """Only its questions, in its order."""
    own_limits: bool = False
    """Whether the limits are for this session alone: they then beat the plan's choice."""

    @property
    def followed(self) -> Plan | None:
        """The plan that chooses what is asked; None when the learner or the limits do."""
        return self.plan if isinstance(self.selection, Due) and not self.own_limits else None

    @property
    def interview(self) -> date | None:
        """The interview that a session prepares for; None when it asks something else."""
        return self.followed.interview if self.followed is not None else None


def everything(deck: str, fingerprints: Iterable[str]) -> bool:
    """Let all code run."""
    return True


def draw_up(
    outlines: Outlines, journal: Journal, wishes: Wishes, *, now: datetime, may_run: MayRun = everything
) -> Agenda:
    """Choose the questions of a session from the decks and the log."""
    wanted = _wanted(outlines, wishes)
    simple = isinstance(wishes.selection, Due) and wishes.followed is None
    found = (_due if simple else _chosen)(wanted, journal, wishes, now, wanted.unjudged(may_run))
    seconds = pace(wanted, journal)
    return Agenda(
        queue=found.queue,
        due=len(found.queue) - found.new,
        new=found.new,
        minutes=max(1, round(sum(seconds(wanted[id]) for id in found.queue) / 60)),
        upcoming=None if found.queue else upcoming(journal, wanted, now=now),
        not_runnable=found.not_runnable,
        crammed=found.crammed,
        put_off=found.put_off,
        held=found.held,
    )


def _wanted(outlines: Outlines, wishes: Wishes) -> Outlines:
    """Return what the wishes are about: the questions of a course, of some topics, of a plan, or all."""
    if wishes.course is not None:
        course = chosen(wishes.course, outlines.of_topics(wishes.course.topics))
        outlines = in_memory(course.values())
    topics = wishes.topics or (wishes.plan.topics if wishes.plan and not wishes.course else ())
    return outlines.of_topics(topics) if topics else outlines


class _Found(Struct, frozen=True, kw_only=True):
    queue: tuple[QuestionId, ...]
    new: int
    not_runnable: int
    crammed: frozenset[QuestionId] = frozenset()
    put_off: int = 0
    held: Held | None = None


def _due(wanted: Outlines, journal: Journal, wishes: Wishes, now: datetime, unjudged: frozenset[QuestionId]) -> _Found:
    """Choose from what is due and new without looking at what is not, which is nearly everything."""
    today = study_day(now, utc_offset=utc_offset(now))
    overdue = [id for id in journal.overdue(day=today) if id in wanted]
    waiting = set(overdue)
    at_hand = journal.pertinent(until=now, day=today, reviews=False)
    scheduled = journal.scheduled()

    def unseen() -> Iterable[QuestionId]:
        return (id for id in wanted.not_in(scheduled) if id not in unjudged and _is_free(at_hand.get(id), today))

    queue = arrange(
        reviews=(id for id in overdue if id not in unjudged),
        new=unseen(),
        at_hand=at_hand,
        now=now,
        today=today,
        limits=Limits(new=wishes.new_per_day, reviews=wishes.reviews_per_day),
        siblings=Related(wanted),
        topic=lambda id: None if id in unjudged else wanted.topic_of(id),
    )
    new, done = sum(id not in scheduled for id in queue), progress(at_hand, today=today).introduced
    left = max(wishes.new_per_day - done, 0)
    held = None
    # As many as wished leave nothing to say, and nothing to count: there may be very many.
    if new < left or not queue:
        reason = Reason.SIBLINGS if new < left else Reason.LIMIT
        held = _held(sum(1 for _ in unseen()) - new, reason, done, wishes)
    return _Found(
        queue=queue,
        new=new,
        not_runnable=sum(id not in scheduled or id in at_hand or id in waiting for id in unjudged),
        put_off=len(waiting - unjudged - set(queue)),
        held=held,
    )


def _held(number: int, reason: Reason, done: int, wishes: Wishes) -> Held | None:
    return Held(number=number, reason=reason, done=done, limit=wishes.new_per_day) if number > 0 else None


def _chosen(
    wanted: Outlines, journal: Journal, wishes: Wishes, now: datetime, unjudged: frozenset[QuestionId]
) -> _Found:
    """Choose by a plan, or what the learner selected, for which every state matters."""
    states, offset, fsrs = journal.states(), utc_offset(now), model(journal)
    usable = wanted.without(unjudged).read()
    due: tuple[QuestionId, ...] = ()
    held = None
    if wishes.followed is not None:
        spent = spent_today(journal, now=now)
        planned = tasks(usable, states, pace(usable, journal))
        due = plan_queue(planned, wishes.followed, now=now, utc_offset=offset, spent=spent, fsrs=fsrs)
        if wishes.topics or wishes.course or not due:
            today, asked = study_day(now, utc_offset=offset), set(due)
            waiting = [id for id in usable if id not in asked and _is_new(states.get(id))]
            number = sum(_is_free(states.get(id), today) for id in waiting)
            held = _held(number, Reason.PLAN, progress(states, today=today).introduced, wishes)
    elif isinstance(wishes.selection, Ahead):
        candidates = [Candidate(outline.id, outline.deck) for outline in usable.values()]
        limits = Limits(new=wishes.new_per_day, reviews=wishes.reviews_per_day)
        siblings = Related(wanted)
        due = build_queue(candidates, states, now=now, utc_offset=offset, limits=limits, siblings=siblings)
    more = select(wishes.selection, usable, states, journal, now=now, utc_offset=offset, fsrs=fsrs)
    return _Found(
        queue=(*due, *more),
        new=sum(_is_new(states.get(id)) for id in (*due, *more)),
        not_runnable=len(unjudged),
        crammed=frozenset()
        if wishes.moves
        else frozenset(not_due(more, states, now=now, today=study_day(now, utc_offset=offset))),
        held=held,
    )


def upcoming(journal: Journal, questions: Collection[QuestionId], *, now: datetime) -> Upcoming | None:
    """Return when the next of some questions becomes due; None when none ever does."""
    offset = utc_offset(now)
    end, days = now, 1
    while True:
        states = journal.pertinent(until=end, day=study_day(end, utc_offset=offset))
        known = {id: state for id, state in states.items() if id in questions}
        found = next_due(known, now=now, utc_offset=offset)
        first = journal.first_due(end)
        if found is not None and found.at < end:
            return found
        if first is None and days > 1:
            return found
        # Twice as far each time: what lies near may all be of other topics. The day after the last instant is
        # looked at, too, since a study day may have begun earlier where the learner was.
        end = day_begins(study_day(first or end, utc_offset=offset) + timedelta(days=days), utc_offset=offset)
        days *= 2


def model(journal: Journal) -> Fsrs:
    """Return the memory model that the states of a log are computed with."""
    adopted = journal.weights()
    return Fsrs(adopted[-1]) if adopted and adopted[-1] else Fsrs()


def tasks(
    outlines: Mapping[QuestionId, Outline],
    states: Mapping[QuestionId, QuestionState],
    seconds: Callable[[Outline], float],
) -> tuple[Task, ...]:
    """Return the questions as a plan sees them."""
    return tuple(
        Task(question=id, topic=outline.deck, seconds=seconds(outline), state=states.get(id))
        for id, outline in outlines.items()
    )


def _is_new(state: QuestionState | None) -> bool:
    return state is None or state.due is None


def _is_free(state: QuestionState | None, today: date) -> bool:
    return state is None or may_be_asked(state, today=today)
