"""Decide what a practice session asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct, field

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.defaults import NEW_PER_DAY, REVIEWS_PER_DAY
from ptquiz.commands.pace import pace, spent_today
from ptquiz.commands.selection import Ahead, Due, Selection, not_due, select
from ptquiz.domain.courses import Course, chosen
from ptquiz.domain.judging.judge import needs_run
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Journal, QuestionState, may_be_asked
from ptquiz.scheduling.days import day_begins, study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import Plan, Task, plan_queue
from ptquiz.scheduling.queue import Candidate, Limits, Upcoming, arrange, build_queue, next_due
from ptquiz.scheduling.siblings import siblings_of


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

    @property
    def interview(self) -> date | None:
        """The interview that a session prepares for; None when it asks something else."""
        return self.plan.interview if self.plan is not None and isinstance(self.selection, Due) else None


def draw_up(
    questions: Mapping[QuestionId, Question],
    journal: Journal,
    wishes: Wishes,
    *,
    now: datetime,
    can_run: Callable[[Question], bool] = lambda _: True,
) -> Agenda:
    """Choose the questions of a session from the decks and the log."""
    topics = wishes.topics or (wishes.plan.topics if wishes.plan and not wishes.course else ())
    offered = chosen(wishes.course, questions) if wishes.course else questions
    wanted = {id: q for id, q in offered.items() if q.deck in topics} if topics else offered
    simple = isinstance(wishes.selection, Due) and wishes.plan is None
    found = (_due if simple else _chosen)(wanted, journal, wishes, now, lambda q: not needs_run(q) or can_run(q))
    seconds = pace(wanted, journal)
    return Agenda(
        queue=found.queue,
        due=len(found.queue) - found.new,
        new=found.new,
        minutes=max(1, round(sum(seconds(questions[id]) for id in found.queue) / 60)),
        upcoming=None if found.queue else upcoming(journal, wanted, now=now),
        not_runnable=found.not_runnable,
        crammed=found.crammed,
        put_off=found.put_off,
    )


class _Found(Struct, frozen=True, kw_only=True):
    queue: tuple[QuestionId, ...]
    new: int
    not_runnable: int
    crammed: frozenset[QuestionId] = frozenset()
    put_off: int = 0


def _due(
    wanted: Mapping[QuestionId, Question],
    journal: Journal,
    wishes: Wishes,
    now: datetime,
    can_be_asked: Callable[[Question], bool],
) -> _Found:
    """Choose from what is due and new without looking at what is not, which is nearly everything."""
    today = study_day(now, utc_offset=utc_offset(now))
    overdue = [id for id in journal.overdue(day=today) if id in wanted]
    at_hand = journal.pertinent(until=now, day=today, reviews=False)
    scheduled = journal.scheduled()
    # Most often there is nothing new, which is quicker to find out than to list.
    unseen = [] if scheduled.issuperset(wanted) else [id for id in wanted if id not in scheduled]
    open_ones = {*overdue, *unseen, *(id for id in at_hand if id in wanted)}
    usable = {id for id in open_ones if can_be_asked(wanted[id])}
    queue = arrange(
        reviews=(id for id in overdue if id in usable),
        new=(id for id in unseen if id in usable and _is_free(at_hand.get(id), today)),
        at_hand=at_hand,
        now=now,
        today=today,
        limits=Limits(new=wishes.new_per_day, reviews=wishes.reviews_per_day),
        siblings=siblings_among(wanted),
        topic=lambda id: wanted[id].deck if id in usable else None,
    )
    return _Found(
        queue=queue,
        new=sum(id not in scheduled for id in queue),
        not_runnable=len(open_ones) - len(usable),
        put_off=len(usable.intersection(overdue).difference(queue)),
    )


def _chosen(
    wanted: Mapping[QuestionId, Question],
    journal: Journal,
    wishes: Wishes,
    now: datetime,
    can_be_asked: Callable[[Question], bool],
) -> _Found:
    """Choose by a plan, or what the learner selected, for which every state matters."""
    states, offset, fsrs = journal.states(), utc_offset(now), model(journal)
    usable = {id: q for id, q in wanted.items() if can_be_asked(q)}
    due: tuple[QuestionId, ...] = ()
    if isinstance(wishes.selection, Due) and wishes.plan is not None:
        spent = spent_today(journal, now=now)
        planned = tasks(usable, states, pace(usable, journal))
        due = plan_queue(planned, wishes.plan, now=now, utc_offset=offset, spent=spent, fsrs=fsrs)
    elif isinstance(wishes.selection, Ahead):
        candidates = [Candidate(q.id, q.deck) for q in usable.values()]
        limits = Limits(new=wishes.new_per_day, reviews=wishes.reviews_per_day)
        siblings = siblings_among(wanted)
        due = build_queue(candidates, states, now=now, utc_offset=offset, limits=limits, siblings=siblings)
    more = select(wishes.selection, usable, states, journal, now=now, utc_offset=offset, fsrs=fsrs)
    return _Found(
        queue=(*due, *more),
        new=sum(_is_new(states.get(id)) for id in (*due, *more)),
        not_runnable=len(wanted) - len(usable),
        crammed=frozenset()
        if wishes.moves
        else frozenset(not_due(more, states, now=now, today=study_day(now, utc_offset=offset))),
    )


def siblings_among(questions: Mapping[QuestionId, Question]) -> dict[QuestionId, set[QuestionId]]:
    """Return the siblings of each question that has any: what follows from what."""
    return siblings_of({id: q.follows for id, q in questions.items() if q.follows}, questions)


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


def _is_free(state: QuestionState | None, today: date) -> bool:
    return state is None or may_be_asked(state, today=today)
