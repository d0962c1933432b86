"""Show a plan for an interview."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ptquiz.commands.plan import PlanReport
from ptquiz.scheduling.plan import Plan
from ptquiz.scheduling.projection import PlannedDay
from ptquiz.ui.bars import bar, room
from ptquiz.ui.dates import day_in_week, full_day_in_week, short_day
from ptquiz.ui.lines import heading, padded, percent, sentence
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words

LOADS_SHOWN = 31
"""Of a longer time the load of only some days is shown, as evenly as possible."""

DAYS_SHOWN = 14
"""The same for readiness, which grows from day to day."""


def show_plan(screen: Screen, report: PlanReport) -> None:
    """Print what every day holds, how ready one becomes, and what will not fit."""
    words, plan, ahead = screen.words, report.plan, report.projection
    parts = (
        words("interview on {day}", day=full_day_in_week(words, plan.interview)),
        words.count("{n} day left", "{n} days left", report.days_left),
        words("{n} minutes a day", n=plan.minutes),
        ", ".join(plan.topics) or words("all topics"),
    )
    heading(screen, parts)
    questions = words.count("{n} question", "{n} questions", ahead.questions)
    screen.line(words("{questions}, {n} seen before", questions=questions, n=ahead.seen))
    last = ahead.days[-1].readiness if ahead.days else ahead.ready_now
    ready = words(
        "readiness on the day: {planned} as planned, {now} if you stopped now",
        planned=percent(last),
        now=percent(ahead.ready_now),
    )
    sentence(screen, ready)
    if ahead.days:
        _show_load(screen, ahead.days)
        _show_readiness(screen, ahead.days)
    screen.blank()
    _show_what_fits(screen, report)


def _show_load(screen: Screen, every: Sequence[PlannedDay]) -> None:
    days = _some(every, LOADS_SHOWN)
    screen.blank()
    sentence(screen, screen.words("minutes a day") + _share(screen.words, days, every))
    most = max(day.minutes for day in days)
    for name, day in zip(_names(screen.words, days), days, strict=True):
        what = screen.words("{reviews} reviews {new} new", reviews=f"{day.reviews:>3}", new=f"{day.new:>3}")
        start = f"  {name}  {day.minutes:>3}  {what}  "
        screen.line((start + bar(screen, day.minutes, most, width=room(screen, start))).rstrip())


def _show_readiness(screen: Screen, every: Sequence[PlannedDay]) -> None:
    days = _some(every, DAYS_SHOWN)
    screen.blank()
    heard = screen.words("readiness on the day of the interview, if you stopped after")
    sentence(screen, heard + _share(screen.words, days, every))
    for name, day in zip(_names(screen.words, days), days, strict=True):
        start = f"  {name}  {day.readiness:>4.0%}  "
        screen.line((start + bar(screen, day.readiness, 1.0, width=room(screen, start))).rstrip())


def _show_what_fits(screen: Screen, report: PlanReport) -> None:
    words, ahead, plan = screen.words, report.projection, report.plan
    if report.fits:
        sentence(screen, words("everything fits: each question is asked, and seen once more before the day"))
        return
    never = words.count("{n} question would never be asked", "{n} questions would never be asked", ahead.never_asked)
    once = words("{n} would be seen only once", n=ahead.asked_once)
    missing = [never if ahead.never_asked else "", once if ahead.asked_once else ""]
    sentence(screen, words("this will not fit: {what}", what=words(", ").join(filter(None, missing))))
    command = f"ptquiz plan --interview {plan.interview} --minutes"
    if report.minutes_needed is None:
        screen.line("  " + words("no day is long enough for all of it: choose topics"))
    else:
        n = report.minutes_needed
        screen.line("  " + words("{n} minutes a day would do: {command}", n=n, command=f"{command} {n}"))
    screen.line("  " + words("or prepare less: {command}", command=f"{command} {plan.minutes} -t TOPIC"))


def show_no_plan(screen: Screen) -> None:
    """Say that there is no plan, and how to make one."""
    screen.line(screen.words("there is no plan"))
    screen.line("  ptquiz plan --interview YYYY-MM-DD --minutes 30")


def show_cleared(screen: Screen, *, existed: bool) -> None:
    """Say that the plan is gone."""
    words = screen.words
    screen.line(words("the plan is forgotten; practice asks what is due") if existed else words("there was no plan"))


def show_plan_is_done(screen: Screen, plan: Plan) -> None:
    """Say that the day has done its part for the interview."""
    words, day = screen.words, short_day(screen.words, plan.interview)
    used = words("the {n} minutes of today for the interview on {day} are used up,", n=plan.minutes, day=day)
    screen.line("  " + used)
    screen.line("  " + words("or nothing gains from another look today; ptquiz practice --weakest goes on"))


def _share(words: Words, shown: Sequence[PlannedDay], every: Sequence[PlannedDay]) -> str:
    """Say that some days are left out, which are no days of rest."""
    if len(shown) == len(every):
        return ""
    return words(" ({n} of {of} days; --json has all)", n=len(shown), of=len(every))


def _some(days: Sequence[PlannedDay], most: int) -> Sequence[PlannedDay]:
    if len(days) <= most:
        return days
    places = {round(i * (len(days) - 1) / (most - 1)) for i in range(most)}
    return [days[place] for place in sorted(places)]


def _names(words: Words, days: Sequence[PlannedDay]) -> list[str]:
    """Return the names of days, all of one width."""
    names = [day_in_week(words, day.day) for day in days]
    width = max(map(cell_len, names))
    return [padded(name, width) for name in names]
