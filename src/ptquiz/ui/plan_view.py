"""Show a plan for an interview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ptquiz.commands.plan import PlanReport
from ptquiz.scheduling.plan import Plan
from ptquiz.scheduling.projection import PlannedDay
from ptquiz.ui.bars import bar
from ptquiz.ui.tables_view import counted
from ptquiz.ui.terminal.screen import Screen

DAYS_SHOWN = 14
"""Of a longer time only some days are shown, as evenly as possible."""


def show_plan(screen: Screen, report: PlanReport) -> None:
    """Print what every day holds, how ready one becomes, and what will not fit."""
    plan, ahead = report.plan, report.projection
    separator = screen.glyphs.separator
    parts = (
        f"interview on {plan.interview:%a %d %b %Y}",
        f"{counted(report.days_left, 'day')} left",
        f"{plan.minutes} minutes a day",
        ", ".join(plan.topics) or "all topics",
    )
    screen.rule(separator.join(parts))
    screen.line(f"{counted(ahead.questions, 'question')}, {ahead.seen} seen before")
    last = ahead.days[-1].readiness if ahead.days else ahead.ready_now
    screen.line(f"readiness on the day: {last:.0%} as planned, {ahead.ready_now:.0%} if you stopped now")
    shown = _some(ahead.days)
    if shown:
        _show_load(screen, shown)
        _show_readiness(screen, shown)
    screen.blank()
    _show_what_fits(screen, report)


def _show_load(screen: Screen, days: Sequence[PlannedDay]) -> None:
    screen.blank()
    screen.line("minutes a day")
    most = max(day.minutes for day in days)
    for day in days:
        what = f"{day.reviews:>3} reviews {day.new:>3} new"
        screen.line(f"  {_day(day.day)}  {day.minutes:>3}  {what}  {bar(screen, day.minutes, most)}".rstrip())


def _show_readiness(screen: Screen, days: Sequence[PlannedDay]) -> None:
    screen.blank()
    screen.line("readiness on the day of the interview, if you stopped after")
    for day in days:
        screen.line(f"  {_day(day.day)}  {day.readiness:>4.0%}  {bar(screen, day.readiness, 1.0)}".rstrip())


def _show_what_fits(screen: Screen, report: PlanReport) -> None:
    ahead, plan = report.projection, report.plan
    if report.fits:
        screen.line("everything fits: each question is asked, and seen once more before the day")
        return
    missing = [
        f"{counted(ahead.never_asked, 'question')} would never be asked" if ahead.never_asked else "",
        f"{ahead.asked_once} would be seen only once" if ahead.asked_once else "",
    ]
    screen.line("this will not fit: " + ", ".join(part for part in missing if part))
    command = f"ptquiz plan --interview {plan.interview} --minutes"
    if report.minutes_needed is None:
        screen.line("  no day is long enough for all of it: choose topics")
    else:
        screen.line(f"  {report.minutes_needed} minutes a day would do: {command} {report.minutes_needed}")
    screen.line(f"  or prepare less: {command} {plan.minutes} -t TOPIC")


def show_no_plan(screen: Screen) -> None:
    """Say that there is no plan, and how to make one."""
    screen.line("there is no plan")
    screen.line("  ptquiz plan --interview YYYY-MM-DD --minutes 30")


def show_cleared(screen: Screen, *, existed: bool) -> None:
    """Say that the plan is gone."""
    screen.line("the plan is forgotten; practice asks what is due" if existed else "there was no plan")


def show_plan_is_done(screen: Screen, plan: Plan) -> None:
    """Say that the day has done its part for the interview."""
    screen.line(f"  the {plan.minutes} minutes of today for the interview on {plan.interview:%d %b} are used up,")
    screen.line("  or nothing gains from another look today; ptquiz practice --weakest goes on")


def _some(days: Sequence[PlannedDay]) -> Sequence[PlannedDay]:
    if len(days) <= DAYS_SHOWN:
        return days
    places = {round(i * (len(days) - 1) / (DAYS_SHOWN - 1)) for i in range(DAYS_SHOWN)}
    return [days[place] for place in sorted(places)]


def _day(day: date) -> str:
    return f"{day:%a %d %b}"
