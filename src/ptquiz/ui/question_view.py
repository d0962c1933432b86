"""Show a question: header, text, code, options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from ptquiz.domain.fingerprints import meaning
from ptquiz.domain.questions import Choice, Choices, Flashcard, Number, Predict, Question, TrueFalse, Write
from ptquiz.domain.reviews import Phase, QuestionState
from ptquiz.scheduling.days import study_day
from ptquiz.session.events import Ask
from ptquiz.ui.terminal.screen import Screen

Order = Sequence[int]
"""The options on the screen, by their place in the deck."""


def kind_name(question: Question) -> str:
    """Name a kind for the header."""
    match question:
        case Choice():
            return "choose one"
        case Choices():
            return "choose many"
        case TrueFalse():
            return "true or false"
        case Predict():
            return "predict the output"
        case Number():
            return "number"
        case Flashcard():
            return "flashcard"
        case Write():
            return "write code"
        case _:
            assert_never(question)


def standing(state: QuestionState, *, today: date, utc_offset: int) -> str:
    """Say where a question stands: new, back again, due today, or how late."""
    if state.due is None:
        return "new"
    if state.phase is not Phase.REVIEW:
        return "back again"
    late = (today - study_day(state.due, utc_offset=utc_offset)).days
    return f"{late} d late" if late > 0 else "due today"


def show_question(screen: Screen, ask: Ask, order: Order, state: QuestionState, *, stands: str) -> None:
    """Print a question from its header to its last option."""
    question = ask.question
    separator = screen.glyphs.separator
    screen.blank()
    screen.rule(separator.join((f"{ask.number}/{ask.of}", question.deck, kind_name(question), stands)))
    if state.meaning and state.meaning != meaning(question):
        screen.text("(the answer or the code of this question changed since your last review)")
    screen.text(question.ask)
    if question.code is not None:
        screen.blank()
        screen.code(question.code.code)
    if isinstance(question, Choice | Choices):
        screen.blank()
        for digit, place in enumerate(order, start=1):
            _option(screen, digit, question.options[place].text)
    screen.blank()


def _option(screen: Screen, digit: int, text: str) -> None:
    """Print an option with its digit in front and its further lines below the text."""
    screen.item(f"{digit}", text)
