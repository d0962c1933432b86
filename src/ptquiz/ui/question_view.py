"""Show a question: header, text, code, options."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import assert_never

from msgspec import Struct

from ptquiz.domain.judging.fills import BLANK
from ptquiz.domain.questions import (
    Choice,
    Choices,
    Fill,
    Fix,
    Flashcard,
    Number,
    Order,
    Predict,
    Question,
    QuestionId,
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.reviews import Phase, QuestionState
from ptquiz.scheduling.days import study_day
from ptquiz.session.events import Ask
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words

Places = Sequence[int]
"""The options on the screen, by their place in the deck."""


class Shuffled(Struct):
    """The options of the question on the screen, in an order that stays as long as the question does."""

    chance: random.Random
    places: Places = ()
    _about: tuple[QuestionId, int, int] = ("", 0, 0)

    def begin(self, ask: Ask) -> bool:
        """Shuffle the options of a question; return False, and leave them, when it is on the screen already."""
        places = range(len(offered(ask.question)))
        about = (ask.question.id, ask.number, len(places))
        if about == self._about:
            return False
        self._about, self.places = about, self.chance.sample(places, len(places))
        return True


def kind_name(question: Question, words: Words) -> str:
    """Name a kind for the header."""
    match question:
        case Choice():
            return words("choose one")
        case Choices():
            return words("choose many")
        case TrueFalse():
            return words("true or false")
        case Predict():
            return words("predict the output")
        case Number():
            return words("number")
        case Flashcard():
            return words("flashcard")
        case Fill(blanks=blanks):
            return words.count("fill {n} blank", "fill {n} blanks", len(blanks))
        case Short():
            return words("short answer")
        case Order():
            return words("put in order")
        case Write():
            return words("write code")
        case Fix():
            return words("fix the code")
        case _:
            assert_never(question)


def standing(state: QuestionState, words: Words, *, today: date, utc_offset: int) -> str:
    """Say where a question stands: new, back again, due today, or how late; and whether it is starred."""
    star = " *" if state.starred else ""
    if state.due is None:
        return words("new") + star
    if state.phase is not Phase.REVIEW:
        return words("back again") + star
    late = (today - study_day(state.due, utc_offset=utc_offset)).days
    return (words("{n} d late", n=late) if late > 0 else words("due today")) + star


def show_question(screen: Screen, ask: Ask, order: Places, *, stands: str, changed: bool) -> None:
    """Print a question from its header to its last option."""
    question = ask.question
    separator = screen.glyphs.separator
    screen.blank()
    screen.rule(separator.join((f"{ask.number}/{ask.of}", question.deck, kind_name(question, screen.words), stands)))
    if changed:
        screen.text(screen.words("(the answer or the code of this question changed since your last review)"))
    show_asked(screen, question, order)


def show_asked(screen: Screen, question: Question, order: Places) -> None:
    """Print what is asked, below any header: text, code, options."""
    screen.text(_numbered(question.ask))
    code = question.starter if isinstance(question, Fix) else question.code
    if code is not None:
        screen.blank()
        screen.code(_numbered(code.code) if isinstance(question, Fill) else code.code)
    for digit, place in enumerate(order, start=1):
        if digit == 1:
            screen.blank()
        _option(screen, digit, offered(question)[place])
    screen.blank()


def offered(question: Question) -> tuple[str, ...]:
    """Return what a question offers to be picked or put in order; empty where the learner types."""
    match question:
        case Choice() | Choices():
            return tuple(option.text for option in question.options)
        case Order(steps=steps, proof=proof):
            return tuple(f"`{step.code}`" if proof else step.code for step in steps)
        case _:
            return ()


def blank_name(number: int) -> str:
    """Return what a blank is called on the screen: no Python to be read, and as long for every answer."""
    return f"__{number}__"


def _numbered(text: str) -> str:
    return BLANK.sub(lambda found: blank_name(int(found[1])), text)


def _option(screen: Screen, digit: int, text: str) -> None:
    """Print an option with its digit in front and its further lines below the text."""
    screen.item(f"{digit}", text)
