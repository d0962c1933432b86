"""Show what a session will ask, and what one has done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from rich.cells import cell_len

from ptquiz.commands.agenda import Agenda
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import Result
from ptquiz.scheduling.queue import Upcoming
from ptquiz.session.state import Over, Session
from ptquiz.ui.dates import short_day, when
from ptquiz.ui.lines import listed
from ptquiz.ui.nothing_view import nothing_due, show_held
from ptquiz.ui.rating_view import NAMES
from ptquiz.ui.terminal.screen import Screen


def show_start(screen: Screen, agenda: Agenda, topics: Sequence[str], interview: date | None = None) -> None:
    """Print the one line before the first question; `interview` is the day that the session prepares for."""
    words = screen.words
    names = ", ".join(topics) or words("all topics")
    if interview is not None:
        names = words("{topics} for the interview on {day}", topics=names, day=short_day(words, interview))
    parts = (
        names,
        words("{due} due, {new} new", due=agenda.due, new=agenda.new),
        words("about {n} min", n=agenda.minutes),
        words("progress is saved after every answer"),
    )
    listed(screen, parts)
    show_held(screen, agenda.held)


def show_overview(screen: Screen, agenda: Agenda, now: datetime) -> None:
    """Print what a session would ask, and what to type."""
    words = screen.words
    if agenda.queue:
        due = words("{due} due, {new} new", due=agenda.due, new=agenda.new)
        screen.line(f"{due}{words(', ')}{words('about {n} min', n=agenda.minutes)}")
    else:
        screen.line(nothing_due(agenda, now, words))
        show_held(screen, agenda.held)
    screen.blank()
    screen.line("  ptquiz practice         " + words("ask what is due"))
    screen.line("  ptquiz explain          " + words("read about a topic"))
    screen.line("  ptquiz stats            " + words("see how far you are"))
    screen.line("  ptquiz --help           " + words("everything else"))


def show_summary(
    screen: Screen,
    session: Session,
    questions: Mapping[QuestionId, Question],
    upcoming: Upcoming | None,
    now: datetime,
    *,
    due: int = 0,
) -> None:
    """Print what was done, what went wrong and what comes next; `due` questions are due already."""
    words, separator = screen.words, screen.glyphs.separator
    right = sum(done.verdict.result is Result.CORRECT for done in session.done)
    ratings = Counter(done.rating for done in session.done)
    minutes, seconds = divmod(round((now - session.started).total_seconds()), 60)
    screen.blank()
    screen.rule(words("session"))
    if session.retried:
        again = sum(done.verdict.result is Result.CORRECT for done in session.retried)
        screen.line(words("retried {n}, {right} right; not rated", n=len(session.retried), right=again))
    left = words("{n} not reached", n=session.left_over) if session.left_over else ""
    skipped = words("{n} skipped", n=len(session.skipped)) if session.skipped else ""
    parts = (
        words("{n} answered", n=len(session.done)),
        words("{n} right", n=right),
        words("{minutes} min {seconds} s", minutes=minutes, seconds=seconds),
        skipped,
        left,
        words("saved"),
    )
    screen.line(separator.join(part for part in parts if part))
    if session.done:
        screen.line("  " + "   ".join(f"{words(NAMES[rating])} {ratings[rating]}" for rating in Rating))
    if isinstance(session.stage, Over) and session.stage.unrated:
        screen.line("  " + words("the last answer was not rated and does not count"))
    _missed(screen, session, questions)
    if due or upcoming is not None:
        screen.blank()
    if due:
        screen.line(words.count("{n} question is due now", "{n} questions are due now", due))
    if upcoming is not None:
        screen.line(words("next due:") + when(upcoming, now, words).removeprefix(words(" Next:")))


def _missed(screen: Screen, session: Session, questions: Mapping[QuestionId, Question]) -> None:
    """Print what was wrong or hard, with the beliefs behind it, and which topic was weakest."""
    if not session.missed:
        return
    words = screen.words
    believed = {
        id_: [m for done in session.done if done.question == id_ for m in done.verdict.misconceptions]
        for id_ in session.missed
    }
    screen.blank()
    screen.line(words("wrong or hard"))
    width = max(cell_len(id_) for id_ in session.missed)
    for id_ in session.missed:
        named = ", ".join(m.replace("-", " ") for m in dict.fromkeys(believed[id_]))
        screen.line(f"  {id_:<{width}}  {_topic(questions, id_):<12}  {named}".rstrip())
    _beliefs(screen, session, questions)
    topics = Counter(_topic(questions, id_) for id_ in session.missed)
    worst, count = topics.most_common(1)[0]
    if count > 1 and worst:
        asked = len({done.question for done in session.done if _topic(questions, done.question) == worst})
        said = words("weakest topic today: {topic}, {n} of {asked} wrong or hard", topic=worst, n=count, asked=asked)
        listed(screen, (said, f"ptquiz explain {worst}"))


def _beliefs(screen: Screen, session: Session, questions: Mapping[QuestionId, Question]) -> None:
    """Print the misconceptions that showed more than once."""
    counts = Counter(m for done in session.done for m in done.verdict.misconceptions)
    for name, count in counts.most_common():
        if count < 2:
            break
        where = {_topic(questions, done.question) for done in session.done if name in done.verdict.misconceptions}
        thing = name.replace("-", " ")
        said = screen.words('you missed "{thing}" {n} times', thing=thing, n=count)
        over = screen.words(" in {n} topics", n=len(where)) if len(where) > 1 else ""
        screen.line(said + over)


def _topic(questions: Mapping[QuestionId, Question], id_: QuestionId) -> str:
    """Return the topic of a question, which may have left its deck during the session."""
    return questions[id_].deck if id_ in questions else ""
