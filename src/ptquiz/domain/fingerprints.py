"""Two fingerprints of a question: its wording, and its meaning (answer and code)."""

from __future__ import annotations

from typing import assert_never

from ptquiz.domain.digests import blake2b
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
from ptquiz.domain.snippets import Snippet


def _digest(*parts: str) -> str:
    return blake2b("\x00".join(parts).encode(), digest_size=8).hexdigest()


def _codes(*snippets: Snippet | None) -> tuple[str, ...]:
    return tuple(snippet.code if snippet else "" for snippet in snippets)


def wording(question: Question) -> str:
    """Fingerprint the text a learner reads; a typo fix changes it."""
    options = question.options if isinstance(question, Choice | Choices) else ()
    return _digest(question.ask, *(option.text for option in options))


def meaning(question: Question) -> str:
    """Fingerprint what decides the answer; when it changes, what was learned may be wrong."""
    shared = _codes(question.code)
    match question:
        case Choice():
            return _digest(*shared, *_codes(question.value), *(o.text for o in question.options if o.right))
        case Choices():
            return _digest(*shared, *(f"{o.right}{o.text}" for o in question.options))
        case TrueFalse():
            return _digest(*shared, str(question.answer))
        case Predict():
            return _digest(*shared)
        case Number():
            return _digest(*shared, question.value.code, question.unit)
        case Flashcard():
            return _digest(*shared, question.answer)
        case Fill():
            return _digest(*shared, *(blank.answer for blank in question.blanks))
        case Short():
            return _digest(*shared, *(point.text for point in question.points))
        case Order():
            return _digest(*shared, *_codes(*question.steps))
        case Write() | Fix():
            return _digest(*shared, question.solution.code, *(check.name for check in question.checks))
        case _:
            assert_never(question)
