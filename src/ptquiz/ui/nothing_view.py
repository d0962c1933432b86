"""Show why a session has nothing to ask, and what can be done instead."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ptquiz.commands.agenda import Agenda
from ptquiz.commands.selection import AgainFailed, Ahead, Believed, Cram, Due, Selection, Weakest, WithStar
from ptquiz.ui.dates import when
from ptquiz.ui.terminal.keydecoder import Key
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words


def show_nothing_to_ask(screen: Screen, selection: Selection, agenda: Agenda, now: datetime, star: Key) -> None:
    """Say why a selection is empty, and what to type; `star` is the key that stars a question."""
    words = screen.words
    match selection:
        case Due():
            _show_nothing_due(screen, agenda, now)
        case Ahead(days=days):
            screen.line(
                words.count("Nothing becomes due within {n} day.", "Nothing becomes due within {n} days.", days)
                + when(agenda.upcoming, now, words)
            )
        case Weakest():
            screen.line(words("Nothing was learned yet, so nothing is weak."))
            screen.line("  ptquiz practice               " + words("ask what is due"))
        case AgainFailed():
            screen.line(words("Nothing was missed on the last day of practice."))
            screen.line("  ptquiz practice --weakest     " + words("practise what you would most likely miss"))
        case Believed(misconception=name):
            screen.line(words("Every question about {misconception} is suspended or buried.", misconception=name))
            screen.line("  ptquiz state suspended        " + words("list what is suspended"))
        case WithStar():
            screen.line(words("no question is starred; {key} stars the one on the screen", key=star))
        case Cram():
            screen.line(words("Every question is suspended or buried."))
            screen.line("  ptquiz state suspended        " + words("list what is suspended"))
        case _:
            assert_never(selection)


def nothing_due(agenda: Agenda, now: datetime, words: Words) -> str:
    """Say that a session has nothing to ask, and when the next question comes."""
    if not agenda.put_off:
        return words("Nothing is due.") + when(agenda.upcoming, now, words)
    return words.count(
        "Done for today. {n} question waits until tomorrow: the limit is reached, or it follows from what you did.",
        "Done for today. {n} questions wait until tomorrow: the limit is reached, or they follow from what you did.",
        agenda.put_off,
    )


def _show_nothing_due(screen: Screen, agenda: Agenda, now: datetime) -> None:
    words = screen.words
    screen.line(nothing_due(agenda, now, words))
    if agenda.put_off:
        screen.line("  ptquiz practice --reviews 400 " + words("raise the limit of today"))
    screen.line("  ptquiz practice --ahead 3     " + words("practise what is due within three days"))
    screen.line("  ptquiz practice --new 20      " + words("learn more new questions today"))
    screen.line("  ptquiz explain                " + words("read about a topic"))
