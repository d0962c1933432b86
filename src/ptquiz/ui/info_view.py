"""Show what is known of one question: where it comes from, its memory, its history, its notes."""

from __future__ import annotations

from rich.cells import cell_len

from ptquiz.commands.notes import Biography
from ptquiz.domain.questions import Level
from ptquiz.domain.reviews import Rated
from ptquiz.ui.lines import percent
from ptquiz.ui.rating_view import NAMES
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import marked

MOST_RATINGS = 8

LEVELS = {
    Level.ANSWER: marked("the opening answer"),
    Level.FOLLOW_UP: marked("a follow-up"),
    Level.SOURCE: marked("how torch does it"),
}
"""What the levels are called beside a question."""


def show_info(screen: Screen, known: Biography) -> None:
    """Print a question's card."""
    words, question, state = screen.words, known.question, known.state
    screen.rule(question.id + (" *" if state.starred else ""))
    where = f"{question.place.file}:{question.place.line}"
    rows = [
        (words("deck"), question.deck),
        (words("where"), where),
        (
            words("level"),
            f"{words(LEVELS[question.level])}{words(', ')}{words('difficulty')} {question.difficulty}/5",
        ),
        (words("tags"), ", ".join(question.tags)),
        (words("phase"), words(state.phase.value)),
    ]
    if state.memory is not None and known.recall is not None:
        rows += [
            (words("recall now"), percent(known.recall)),
            (words("stability"), words("{days} days", days=f"{state.memory.stability:.1f}")),
            (words("difficulty to you"), f"{state.memory.difficulty:.1f}/10"),
        ]
    if state.due is not None:
        rows.append((words("due"), f"{state.due.astimezone():%Y-%m-%d %H:%M}"))
    rated = words("{n} times, forgotten {lapses} times", n=state.repetitions, lapses=state.lapses)
    rows.append((words("rated"), rated))
    width = max(cell_len(name) for name, _ in rows)
    for name, value in rows:
        if value:
            gap = " " * (width - cell_len(name) + 2)
            screen.line(f"  {name}{gap}{value}")
    _history(screen, known.ratings)
    for noted in known.notes:
        screen.text(words("your note: {text}", text=noted.text), indent=2)


def _history(screen: Screen, ratings: tuple[Rated, ...]) -> None:
    if not ratings:
        return
    words = screen.words
    screen.line("  " + words("history"))
    if len(ratings) > MOST_RATINGS:
        screen.line("    " + words("({n} older)", n=len(ratings) - MOST_RATINGS))
    for rated in ratings[-MOST_RATINGS:]:
        answer = " ".join(rated.answer.split())
        shown = answer if len(answer) <= 40 else answer[:37] + "..."
        when = f"{rated.at.astimezone():%Y-%m-%d %H:%M}"
        screen.line(f"    {when}  {rated.rating} {words(NAMES[rated.rating])}  {rated.seconds:.0f} s  {shown}".rstrip())
