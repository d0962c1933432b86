"""Show what a session has nothing to ask of, and what one has done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from ptquiz.commands.agenda import Agenda
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import Result
from ptquiz.scheduling.queue import Upcoming
from ptquiz.session.state import Over, Session
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.verdict_view import NAMES


def show_start(screen: Screen, agenda: Agenda, names: str) -> None:
    """Print the one line before the first question."""
    parts = (
        names,
        f"{agenda.due} due, {agenda.new} new",
        f"about {agenda.minutes} min",
        "progress is saved after every answer",
    )
    screen.line(screen.glyphs.separator.join(parts))


def show_overview(screen: Screen, agenda: Agenda, now: datetime) -> None:
    """Print what a session would ask, and what to type."""
    if agenda.queue:
        screen.line(f"{agenda.due} due, {agenda.new} new, about {agenda.minutes} min")
    else:
        screen.line("Nothing is due." + _next(agenda.upcoming, now))
    screen.blank()
    screen.line("  ptquiz practice         ask what is due")
    screen.line("  ptquiz explain          read about a topic")
    screen.line("  ptquiz stats            see how far you are")
    screen.line("  ptquiz --help           everything else")


def show_nothing_due(screen: Screen, agenda: Agenda, now: datetime) -> None:
    """Say that nothing is due, when something will be, and what else can be done."""
    screen.line("Nothing is due." + _next(agenda.upcoming, now))
    screen.line("  ptquiz practice --new 20      learn more new questions today")
    screen.line("  ptquiz explain                read about a topic")


def _next(upcoming: Upcoming | None, now: datetime) -> str:
    if upcoming is None:
        return ""
    at = upcoming.at.astimezone(now.tzinfo)
    day = "today" if at.date() == now.date() else at.strftime("%a %d %b")
    count = f"{upcoming.count} question{'s' if upcoming.count != 1 else ''}"
    return f" Next: {count} on {day} from {at:%H:%M}." if day != "today" else f" Next: {count} today from {at:%H:%M}."


def show_summary(
    screen: Screen, session: Session, questions: Mapping[QuestionId, Question], upcoming: Upcoming | None, now: datetime
) -> None:
    """Print what was done, what went wrong and what comes next."""
    separator = screen.glyphs.separator
    right = sum(done.verdict.result is Result.CORRECT for done in session.done)
    ratings = Counter(done.rating for done in session.done)
    minutes, seconds = divmod(round((now - session.started).total_seconds()), 60)
    screen.blank()
    screen.rule("session")
    answered = f"{len(session.done)} answered"
    left = f"{session.left_over} not reached" if session.left_over else ""
    parts = (answered, f"{right} right", f"{minutes} min {seconds} s", left, "saved")
    screen.line(separator.join(part for part in parts if part))
    if session.done:
        screen.line("  " + "   ".join(f"{NAMES[rating]} {ratings[rating]}" for rating in Rating))
    if isinstance(session.stage, Over) and session.stage.unrated:
        screen.line("  the last answer was not rated and does not count")
    _missed(screen, session, questions)
    if upcoming is not None:
        screen.blank()
        screen.line("next due:" + _next(upcoming, now).removeprefix(" Next:"))


def _missed(screen: Screen, session: Session, questions: Mapping[QuestionId, Question]) -> None:
    missed: dict[QuestionId, list[str]] = {}
    for done in session.done:
        if done.rating <= Rating.HARD:
            missed.setdefault(done.question, []).extend(done.verdict.misconceptions)
    if not missed:
        return
    screen.blank()
    screen.line("wrong or hard")
    width = max(len(id_) for id_ in missed)
    for id_, misconceptions in missed.items():
        named = ", ".join(dict.fromkeys(m.replace("-", " ") for m in misconceptions))
        screen.line(f"  {id_:<{width}}  {questions[id_].deck:<12}  {named}".rstrip())
    topics = Counter(questions[id_].deck for id_ in missed)
    worst, count = topics.most_common(1)[0]
    if count > 1:
        screen.line(f"weakest topic today: {worst}      ptquiz explain {worst}")
