"""Questions of a plan for an interview, three weeks ahead."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from ptquiz.domain.reviews import Rating
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import Plan, Task, plan_queue
from ptquiz.scheduling.replay import replay
from tests.scheduling.logs import NOON, rated

MONDAY = date(2026, 3, 2)
FSRS = Fsrs()
PLAN = Plan(made=MONDAY, interview=MONDAY + timedelta(days=20), minutes=30)


def task(id: str, *days_ago: int, rating: Rating = Rating.GOOD, seconds: float = 30.0, **more: object) -> Task:
    """Make a question that was rated so many days ago."""
    log = [rated(f"{id}{ago}", NOON - timedelta(days=ago), rating, question=id) for ago in days_ago]
    state = replace(replay(id, log), **more) if log else None
    return Task(question=id, topic=id, seconds=seconds, state=state)


def ask(*tasks: Task, plan: Plan = PLAN, spent: float = 0.0) -> tuple[str, ...]:
    return plan_queue(tasks, plan, now=NOON, utc_offset=0, spent=spent, fsrs=FSRS)
