"""Plan for an interview date: ask what raises recall on that day most for the time it takes.

Recall on the day is a closed formula of a memory, so the gain of asking a question now is the expected
recall on the day with the review less the recall without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import ceil

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Memory, Phase, QuestionState, Rating, may_be_asked
from ptquiz.scheduling.days import days_between, study_day
from ptquiz.scheduling.fuzz import fraction
from ptquiz.scheduling.interleave import apart
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.queue import recall_now

FIRST_TIME_RIGHT = 0.55
"""How many questions are assumed to be known when they are first seen."""

AGAIN_COSTS = 0.6
"""The share of its time that a question takes when it comes back after it was missed."""

NEW_WITHIN = 0.5
"""New questions are spread over this share of the days of a plan: the rest is for seeing them again."""

WORTH_ASKING = 0.02
"""A smaller gain in recall on the day is not worth the learner's time."""

_RETENTION = 0.9


class Plan(Struct, frozen=True, kw_only=True):
    """What the learner prepares for."""

    made: date
    """The study day on which it begins."""
    interview: date
    minutes: int
    """Each study day."""
    topics: tuple[str, ...] = ()
    """Empty for all."""


class Task(Struct, frozen=True, kw_only=True):
    """A question that the plan may ask."""

    question: QuestionId
    topic: str
    seconds: float
    """How long it takes, as far as is known."""
    state: QuestionState | None = None

    @property
    def is_new(self) -> bool:
        """Whether it was never rated."""
        return self.state is None or self.state.memory is None


class Gain(Struct, frozen=True):
    """What asking a question once would give and cost."""

    recall: float
    """Added to the probability of recall on the day."""
    seconds: float
    """Expected: a question that is missed comes back."""


def recall_on(state: QuestionState | None, day: date, *, fsrs: Fsrs) -> float:
    """Return the predicted probability of recall on a day, from 0 to 1; 0 for a question never seen."""
    return 0.0 if state is None else recall_now(state, today=day, fsrs=fsrs)


def gain(task: Task, plan: Plan, *, today: date, fsrs: Fsrs) -> Gain:
    """Return what asking a question today would give."""
    left = days_between(today, plan.interview)
    state = task.state
    if state is None or state.memory is None:
        known, unknown, right = *_first_time(left, fsrs), FIRST_TIME_RIGHT
    else:
        right = recall_now(state, today=today, fsrs=fsrs)
        known, unknown = _another_time(state.memory, days_between(state.reviewed_on or today, today), left, fsrs)
    after = right * known + (1 - right) * unknown
    without = recall_on(state, plan.interview, fsrs=fsrs)
    return Gain(after - without, task.seconds * (1 + AGAIN_COSTS * (1 - right)))


@lru_cache(maxsize=1000)
def _first_time(left: int, fsrs: Fsrs) -> tuple[float, float]:
    return _another_time(None, 0, left, fsrs)


def _another_time(memory: Memory | None, elapsed: int, left: int, fsrs: Fsrs) -> tuple[float, float]:
    """Return the recall on the day if a question is known now, and if it is missed and then learned again."""
    known = fsrs.after(memory=memory, rating=Rating.GOOD, days=elapsed, retention=_RETENTION).memory
    missed = fsrs.after(memory=memory, rating=Rating.AGAIN, days=elapsed, retention=_RETENTION).memory
    learned = fsrs.after(memory=missed, rating=Rating.GOOD, days=0, retention=_RETENTION).memory
    return (
        fsrs.retrievability(memory=known, days=left),
        fsrs.retrievability(memory=learned, days=left),
    )


def new_today(unseen: int, introduced: int, plan: Plan, *, today: date) -> int:
    """Return how many new questions are still for today, given those unseen now and those introduced today."""
    days = ceil(days_between(plan.made, plan.interview) * NEW_WITHIN) - days_between(plan.made, today)
    return max(ceil((unseen + introduced) / max(days, 1)) - introduced, 0)


def plan_queue(
    tasks: Sequence[Task], plan: Plan, *, now: datetime, utc_offset: int, spent: float = 0.0, fsrs: Fsrs
) -> tuple[QuestionId, ...]:
    """Return what to ask in the time that a study day has left, `spent` seconds of it being used up.

    First what was missed and is due again, whatever time is left. Then the questions with the highest
    gain in recall on the day for each second, new ones only as many as are for today. Neighbours are of
    different topics. What was reviewed today, is suspended or buried, or gains next to nothing is left out.
    """
    today = study_day(now, utc_offset=utc_offset)
    again = [task for task in tasks if _is_back(task, now) and _may_be_asked(task, today)]
    again.sort(key=lambda task: (task.state.due if task.state and task.state.due else now, task.question))
    introduced = sum(task.state is not None and task.state.introduced_on == today for task in tasks)
    left = plan.minutes * 60 - spent - sum(AGAIN_COSTS * task.seconds for task in again)
    chosen = [*again, *_worthwhile(tasks, plan, today=today, introduced=introduced, seconds=left, fsrs=fsrs)]
    topics = {task.question: task.topic for task in chosen}
    return tuple(apart([task.question for task in chosen], topic=topics.__getitem__))


def _worthwhile(
    tasks: Iterable[Task], plan: Plan, *, today: date, introduced: int, seconds: float, fsrs: Fsrs
) -> list[Task]:
    """Return the tasks with the highest gain a second that fit into some seconds."""
    free = [task for task in tasks if _may_be_asked(task, today) and not _seen_on(task, today)]
    new = [task for task in free if task.is_new]
    limit = new_today(len(new), introduced, plan, today=today)
    gains = [
        (gain(task, plan, today=today, fsrs=fsrs), task)
        for task in (*(task for task in free if not task.is_new), *new[:limit])
    ]
    worth = [(found, task) for found, task in gains if found.recall >= WORTH_ASKING]
    worth.sort(key=lambda pair: (-pair[0].recall / pair[0].seconds, pair[1].question))
    chosen = []
    for found, task in worth:
        if seconds < found.seconds / 2:
            break
        seconds -= found.seconds
        chosen.append(task)
    return chosen


def last_look(question: QuestionId, plan: Plan, *, today: date, seconds: float) -> date | None:
    """Return the study day on which a question has to be back before the interview; None when that is over.

    The last looks are spread, always the same way, over as many days as they need when all questions
    together take `seconds`.
    """
    left = days_between(today, plan.interview)
    if left < 2:
        return None
    window = min(ceil(seconds / (plan.minutes * 60)), left - 1)
    return plan.interview - timedelta(days=1 + int(fraction(question, 0) * max(window, 1)))


def _is_back(task: Task, now: datetime) -> bool:
    state = task.state
    return (
        state is not None
        and state.phase in (Phase.LEARNING, Phase.RELEARNING)
        and state.due is not None
        and state.due <= now
    )


def _may_be_asked(task: Task, today: date) -> bool:
    return task.state is None or may_be_asked(task.state, today=today)


def _seen_on(task: Task, today: date) -> bool:
    return task.state is not None and task.state.reviewed_on == today
