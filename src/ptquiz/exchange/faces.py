"""Every kind of question as a card: what stands on its front, and what on its back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

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
from ptquiz.domain.variants import drawn

FENCE = "```"
NOT_RUN = "Run it: what the installed torch prints is the answer."


@dataclass(frozen=True)
class Face:
    """A question as a card, its texts in the markup of decks."""

    question: Question
    front: str
    back: str

    @property
    def kind(self) -> str:
        """The kind as a deck spells it."""
        return str(self.question.__struct_config__.tag)


def face(question: Question, live: str = "") -> Face:
    """Return a question as a card; `live` is the answer a run gave, for kinds that record none.

    Of a family of variants it is the first member that would be asked.
    """
    member = drawn(question, 0)
    back, *more = _back(member, live)
    return Face(member, _joined(member.ask, _fenced(_shown_code(member)), _extra_front(member)), _joined(back, *more))


def _shown_code(question: Question) -> str:
    code = question.code.code if question.code else ""
    match question:
        case Write() | Fix():
            return "\n\n".join(filter(None, (code, question.starter.code)))
        case _:
            return code


def _extra_front(question: Question) -> str:
    match question:
        case Choice() | Choices():
            return _numbered(option.text for option in question.options)
        case Order():
            # Alphabetically, so that the list does not give the order away.
            return _items(sorted(step.code for step in question.steps), question)
        case _:
            return ""


def _back(question: Question, live: str) -> tuple[str, ...]:
    match question:
        case Flashcard():
            return (question.answer,)
        case TrueFalse():
            return ("True" if question.answer else "False",)
        case Choice():
            right = [option for option in question.options if option.right]
            return tuple(f"{option.text}\n\n{option.why}" for option in right) or (live or NOT_RUN,)
        case Choices():
            return (_items(f"{option.text}: {option.why}" for option in question.options if option.right) or "None",)
        case Predict():
            return (_fenced(live) if live else NOT_RUN,)
        case Number():
            return (live or f"`{question.value.code.strip()}` {question.unit}".strip(),)
        case Fill():
            return (_numbered(blank.answer for blank in question.blanks),)
        case Short():
            return question.answer, _items(point.text for point in question.points)
        case Order():
            return (_in_order(question),)
        case Write() | Fix():
            return (_fenced(question.solution.code),)
        case _:
            assert_never(question)


def _in_order(question: Order) -> str:
    if question.proof is None:
        return _numbered(step.code for step in question.steps)
    return _fenced("\n".join(step.code for step in question.steps))


def _items(texts: Iterable[str], question: Order | None = None) -> str:
    """List texts below each other; the steps of a program as blocks of code."""
    if question is not None and question.proof is not None:
        return "\n\n".join(map(_fenced, texts))
    return "\n".join(f"- {_on_one_line(text)}" for text in texts)


def _numbered(texts: Iterable[str]) -> str:
    return "\n".join(f"{i}. {_on_one_line(text)}" for i, text in enumerate(texts, start=1))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _fenced(code: str) -> str:
    return f"{FENCE}\n{code.strip(chr(10))}\n{FENCE}" if code.strip() else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
