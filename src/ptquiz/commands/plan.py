"""Prepare for an interview on a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from ptquiz.commands.agenda import model, tasks
from ptquiz.commands.clock import utc_offset
from ptquiz.commands.pace import pace, spent_today
from ptquiz.commands.recorder import LastLook
from ptquiz.domain.outlines import Outlines
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Journal
from ptquiz.errors import UsageError, said
from ptquiz.scheduling.days import days_between, study_day
from ptquiz.scheduling.plan import Plan, last_look
from ptquiz.scheduling.projection import Projection, minutes_needed, project

FARTHEST = 730
"""Days to an interview that can be planned."""


class PlanReport(Struct, frozen=True, kw_only=True):
    """A plan and what comes of it."""

    plan: Plan
    today: date
    days_left: int
    projection: Projection
    fits: bool
    minutes_needed: int | None
    """With which everything would fit; None when it fits, or when no day is long enough."""


def read_day(text: str, *, now: datetime) -> date:
    """Return the day of an interview.

    Raises UsageError for what is no day, is today or past, or is too far away.
    """
    today = study_day(now, utc_offset=utc_offset(now))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        example = today.replace(year=today.year + 1, day=1).isoformat()
        raise UsageError(
            said('"{text}" is not a day', text=text), details=(said("write it like {example}", example=example),)
        ) from None
    if day <= today:
        reason = said("{day} is today", day=day) if day == today else said("{day} is past", day=day)
        raise UsageError(reason, details=("name a day that is still ahead",))
    if (day - today).days > FARTHEST:
        raise UsageError(said("{day} is more than two years away", day=day), details=("plan when it is nearer",))
    return day


def begin(interview: date, *, minutes: int, topics: Sequence[str], now: datetime) -> Plan:
    """Return a plan that begins today."""
    today = study_day(now, utc_offset=utc_offset(now))
    return Plan(made=today, interview=interview, minutes=minutes, topics=tuple(topics))


def in_force(plan: Plan | None, *, now: datetime) -> Plan | None:
    """Return a plan whose interview is today or to come."""
    if plan is None or plan.interview < study_day(now, utc_offset=utc_offset(now)):
        return None
    return plan


def report(outlines: Outlines, journal: Journal, plan: Plan, *, now: datetime) -> PlanReport:
    """Project a plan to the day of the interview."""
    today, fsrs = study_day(now, utc_offset=utc_offset(now)), model(journal)
    wanted = planned(outlines, plan).read()
    planned_tasks = tasks(wanted, journal.states(), pace(wanted, journal))
    projection = project(planned_tasks, plan, today=today, spent=spent_today(journal, now=now), fsrs=fsrs)
    needed = None if projection.fits else minutes_needed(planned_tasks, plan, today=today, fsrs=fsrs)
    return PlanReport(
        plan=plan,
        today=today,
        days_left=days_between(today, plan.interview),
        projection=projection,
        fits=projection.fits,
        minutes_needed=needed,
    )


def planned(outlines: Outlines, plan: Plan) -> Outlines:
    """Return the questions that a plan is about."""
    return outlines.of_topics(plan.topics) if plan.topics else outlines


def last_looks(outlines: Outlines, journal: Journal, plan: Plan, *, now: datetime) -> LastLook:
    """Return what tells when a question has to be back before the interview."""
    wanted = planned(outlines, plan).read()
    seconds = sum(map(pace(wanted, journal), wanted.values()))

    def back_by(question: QuestionId, at: datetime) -> date | None:
        if question not in wanted:
            return None
        today = study_day(at, utc_offset=utc_offset(at))
        return last_look(question, plan, today=today, seconds=seconds)

    return back_by
