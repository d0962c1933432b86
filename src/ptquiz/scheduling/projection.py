"""Projection: what the days until an interview will hold if every one of them is used as planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from ptquiz.domain.reviews import QuestionState, Rated, Rating
from ptquiz.scheduling.days import days_between
from ptquiz.scheduling.fuzz import fraction
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import AGAIN_COSTS, FIRST_TIME_RIGHT, Plan, Task, plan_queue, recall_on
from ptquiz.scheduling.queue import recall_now
from ptquiz.scheduling.replay import rate

SAMPLE = 150
"""Questions that are followed day by day; of more, an even sample with as much less time."""

LONGEST = 600
"""Minutes a day beyond which nothing is proposed."""

_RETENTION = 0.9


class PlannedDay(Struct, frozen=True, kw_only=True):
    """What a study day holds."""

    day: date
    reviews: int
    new: int
    minutes: int
    readiness: float
    """The mean recall on the day of the interview if one stopped after this day, from 0 to 1."""


class Projection(Struct, frozen=True, kw_only=True):
    """What the days hold, and what will not fit."""

    days: tuple[PlannedDay, ...]
    questions: int
    seen: int
    """Questions seen before."""
    ready_now: float
    """The mean recall on the day of the interview if nothing more was done."""
    never_asked: int
    """Questions for which there is no time."""
    asked_once: int
    """Questions that would not be seen again after the first time, and would likely be forgotten."""

    @property
    def fits(self) -> bool:
        """Whether every question is asked, and seen once more before the day."""
        return not self.never_asked and not self.asked_once


def project(
    tasks: Sequence[Task], plan: Plan, *, today: date, spent: float = 0.0, fsrs: Fsrs, sample: int = SAMPLE
) -> Projection:
    """Follow the plan from today, of whose time `spent` seconds are used up, to the day before the interview.

    Whether a question will be remembered is drawn by its predicted recall, always the same way.
    """
    followed, scale = _sample(tasks, sample)
    current = {task.question: task for task in followed}
    ready_now = _readiness(followed, plan, fsrs)
    days = []
    for number in range(days_between(today, plan.interview)):
        day = today + timedelta(days=number)
        used = 60 * plan.minutes * (1 - 1 / scale) + (spent / scale if number == 0 else 0.0)
        noon = datetime.combine(day, time(12), UTC)
        queue = plan_queue(tuple(current.values()), plan, now=noon, utc_offset=0, spent=used, fsrs=fsrs)
        new, seconds = 0, 0.0
        for question in queue:
            task = current[question]
            new += task.is_new
            current[question], took = _asked(task, day, noon, fsrs)
            seconds += took
        days.append(
            PlannedDay(
                day=day,
                reviews=round((len(queue) - new) * scale),
                new=round(new * scale),
                minutes=round(seconds * scale / 60),
                readiness=_readiness(current.values(), plan, fsrs),
            )
        )
    states = [task.state for task in current.values()]
    unseen = sum(state is None or state.memory is None for state in states)
    once = sum(_is_left_alone(state, plan, fsrs) for state in states)
    return Projection(
        days=tuple(days),
        questions=len(tasks),
        seen=sum(not task.is_new for task in tasks),
        ready_now=ready_now,
        never_asked=round(unseen * scale),
        asked_once=round(once * scale),
    )


def minutes_needed(tasks: Sequence[Task], plan: Plan, *, today: date, fsrs: Fsrs) -> int | None:
    """Return the minutes a day, in steps of five, with which a plan that does not fit would.

    None when no day is long enough.
    """
    low, high = plan.minutes // 5, LONGEST // 5
    if not _fits(tasks, plan, high * 5, today, fsrs):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _fits(tasks, plan, middle * 5, today, fsrs) else (middle, high)
    while high * 5 < LONGEST and not _fits(tasks, plan, high * 5, today, fsrs, sample=SAMPLE):
        high += 1
    return high * 5


def _fits(
    tasks: Sequence[Task], plan: Plan, minutes: int, today: date, fsrs: Fsrs, *, sample: int = SAMPLE // 3
) -> bool:
    return project(tasks, replace(plan, minutes=minutes), today=today, fsrs=fsrs, sample=sample).fits


def _sample(tasks: Sequence[Task], size: int) -> tuple[list[Task], float]:
    """Return every so-maniest task and how many each stands for."""
    open_ones = [task for task in tasks if task.state is None or not task.state.suspended]
    step = max(ceil(len(open_ones) / size), 1)
    chosen = open_ones[::step]
    return chosen, len(open_ones) / len(chosen) if chosen else 1.0


def _asked(task: Task, day: date, noon: datetime, fsrs: Fsrs) -> tuple[Task, float]:
    """Return a task after it was asked, and again until it was known, and the seconds that is expected to take.

    The time is the one that a day is filled by, so that no day is planned for longer than it is.
    """
    state = task.state or QuestionState(question=task.question)
    right = FIRST_TIME_RIGHT if task.is_new else recall_now(state, today=day, fsrs=fsrs)
    seconds = task.seconds * (1 + AGAIN_COSTS * (1 - right))
    if fraction(task.question, state.repetitions) < right:
        return replace(task, state=_rated(state, noon, Rating.GOOD, fsrs)), seconds
    learned = _rated(_rated(state, noon, Rating.AGAIN, fsrs), noon, Rating.GOOD, fsrs)
    return replace(task, state=learned), seconds


def _rated(state: QuestionState, noon: datetime, rating: Rating, fsrs: Fsrs) -> QuestionState:
    entry = Rated(id="", question=state.question, at=noon, rating=rating, retention=_RETENTION)
    return rate(state, entry, fsrs=fsrs)


def _readiness(tasks: Iterable[Task], plan: Plan, fsrs: Fsrs) -> float:
    states = [task.state for task in tasks]
    return sum(recall_on(state, plan.interview, fsrs=fsrs) for state in states) / len(states) if states else 0.0


def _is_left_alone(state: QuestionState | None, plan: Plan, fsrs: Fsrs) -> bool:
    return (
        state is not None
        and state.memory is not None
        and state.introduced_on == state.reviewed_on
        and recall_on(state, plan.interview, fsrs=fsrs) < _RETENTION
    )
