"""Show why a session has nothing to ask, and what can be done instead."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ptquiz.commands.agenda import Agenda, Held, Reason
from ptquiz.commands.selection import AgainFailed, Ahead, Believed, Cram, Due, Selection, Weakest, WithStar
from ptquiz.ui.dates import when
from ptquiz.ui.lines import sentence
from ptquiz.ui.terminal.keydecoder import Key
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words, marked

MORE = 10
"""So many more new questions are proposed for today."""


def show_nothing_to_ask(
    screen: Screen, selection: Selection, agenda: Agenda, now: datetime, star: Key, *, about: str = ""
) -> None:
    """Say why a selection is empty, and what to type.

    `star` is the key that stars a question, `about` the options that say what the session is about: ` -t dropout`.
    """
    words = screen.words
    match selection:
        case Due():
            _show_nothing_due(screen, agenda, now, about)
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


def show_held(screen: Screen, held: Held | None) -> None:
    """Say which new questions wait, and why; nothing when none do."""
    if held is None:
        return
    words, one = screen.words, held.number == 1
    match held.reason:
        case Reason.LIMIT:
            text = marked("New questions today: {done} seen, the limit is {limit}, {n} still unseen.")
        case Reason.PLAN:
            text = marked("The plan leaves {n} new questions for later; --new asks for more today.")
            text = marked("The plan leaves 1 new question for later; --new asks for more today.") if one else text
        case Reason.SIBLINGS:
            text = marked("{n} new questions wait for another day: they follow from those of today.")
            text = marked("1 new question waits for another day: it follows from those of today.") if one else text
        case _:
            assert_never(held.reason)
    sentence(screen, words(text, n=held.number, done=held.done, limit=held.limit))


def _show_nothing_due(screen: Screen, agenda: Agenda, now: datetime, about: str) -> None:
    words, held = screen.words, agenda.held
    screen.line(nothing_due(agenda, now, words))
    show_held(screen, held)
    commands = [
        (f"ptquiz practice{about} --ahead 3", words("practise what is due within three days")),
        ("ptquiz explain", words("read about a topic")),
    ]
    if held is not None and held.reason is not Reason.SIBLINGS:
        more = f"ptquiz practice{about} --new {held.done + MORE}"
        commands.insert(0, (more, words("learn more new questions today")))
    if agenda.put_off:
        commands.insert(0, (f"ptquiz practice{about} --reviews 400", words("raise the limit of today")))
    width = max(len(command) for command, _ in commands)
    for command, does in commands:
        screen.line(f"  {command:<{width}}  {does}")
