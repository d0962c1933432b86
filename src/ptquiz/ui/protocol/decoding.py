"""What another program says to a session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import assert_never

from ptquiz.domain.answers import (
    Answer,
    Claimed,
    Coded,
    Explained,
    Filled,
    GaveUp,
    Ordered,
    Picked,
    Recalled,
    Typed,
)
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
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.reviews import Rating
from ptquiz.session.events import (
    Answered,
    BuryAsked,
    Chosen,
    Event,
    HintAsked,
    Left,
    Reasked,
    RetryAsked,
    Skipped,
    SuspendAsked,
    Ticked,
    UndoAsked,
)
from ptquiz.ui.question_view import Places

Message = dict[str, object]

ACTIONS: Mapping[str, Event] = {
    "hint": HintAsked(),
    "show": Answered(GaveUp()),
    "skip": Skipped(),
    "undo": UndoAsked(),
    "bury": BuryAsked(),
    "suspend": SuspendAsked(),
    "again": Reasked(),
    "retry": RetryAsked(),
    "quit": Left(),
}
"""Actions that are events of the session."""

ASIDES = ("star", "note", "report", "info", "experiment")
"""Actions beside the session; note and report have a "text", experiment has "code"."""


class NotUnderstoodError(Exception):
    """A message that is none; the text says what would be one."""


def message_of(line: str) -> Message:
    """Read a line as a message; NotUnderstoodError when it is no JSON object."""
    try:
        message = json.loads(line)
    except ValueError as error:
        raise NotUnderstoodError(f"this is no JSON: {error}") from None
    if not isinstance(message, dict):
        raise NotUnderstoodError('a message is an object like {"rating": 3}')
    return message


def event_of(message: Message, question: Question | None, order: Places) -> Event:
    """Read a message as an event about the question on screen; NotUnderstoodError when it is none."""
    match message:
        case {"answer": answer} if question is not None:
            return Answered(answer_of(answer, question, order))
        case {"answer": _}:
            raise NotUnderstoodError("no question waits for an answer")
        case {"rating": int() as rating} if rating in tuple(Rating):
            return Chosen(Rating(rating))
        case {"rating": _}:
            raise NotUnderstoodError("a rating is 1, 2, 3 or 4")
        case {"ticks": list() as ticks}:
            return Ticked(frozenset(_places(ticks, range(9))))
        case {"action": str() as action} if action in ACTIONS:
            return ACTIONS[action]
        case {"action": _}:
            raise NotUnderstoodError(f"an action is one of {', '.join((*ACTIONS, *ASIDES))}")
        case _:
            raise NotUnderstoodError("a message has one of answer, rating, ticks, action")


def answer_of(answer: object, question: Question, order: Places) -> Answer:
    """Read an answer to a question, its numbers as the question numbered its options; NotUnderstoodError else."""
    match question, answer:
        case Choice(), int() if not isinstance(answer, bool):
            return Picked(_places([answer], order))
        case Choices(), list():
            return Picked(tuple(sorted(_places(answer, order))))
        case TrueFalse(), bool():
            return Claimed(answer)
        case ((Predict() | Number()), str()):
            return Typed(answer)
        case Number(), int() | float() if not isinstance(answer, bool):
            return Typed(repr(answer))
        case Fill(blanks=blanks), list() if len(answer) == len(blanks) and all(isinstance(a, str) for a in answer):
            return Filled(tuple(answer))
        case Short(), str():
            return Explained(answer)
        case Order(), list():
            return Ordered(_places(answer, order))
        case Flashcard(), True:
            return Recalled()
        case ((Write() | Fix()), str()):
            return Coded(answer)
        case _:
            raise NotUnderstoodError(f"the answer to this question is {_wanted(question)}")


def _places(numbers: list[object], order: Places) -> tuple[int, ...]:
    """Turn numbers from 1 into places in the deck."""
    places = []
    for number in numbers:
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= len(order):
            raise NotUnderstoodError(f"a number is 1 to {len(order)}")
        places.append(order[number - 1])
    if len(set(places)) != len(places):
        raise NotUnderstoodError("a number occurs twice")
    return tuple(places)


def _wanted(question: Question) -> str:
    match question:
        case Choice():
            return "the number of an option"
        case Choices():
            return "a list of the numbers of options, [] for none"
        case TrueFalse():
            return "true or false"
        case Predict() | Short():
            return "text"
        case Number():
            return "a number, or text with a formula"
        case Fill(blanks=blanks):
            return f"a list of {len(blanks)} texts"
        case Order():
            return "a list of the numbers of all steps"
        case Flashcard():
            return "true, to turn it over"
        case Write() | Fix():
            return "text with the code"
        case _:
            assert_never(question)
