"""Make the outlines of questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ptquiz.banks.trust import question_fingerprint
from ptquiz.domain.judging.judge import needs_run, runs
from ptquiz.domain.outlines import Outline, Outlines, in_memory
from ptquiz.domain.questions import Choice, Choices, Question, QuestionId, TrueFalse


def outlines_of(questions: Iterable[Question]) -> Outlines:
    """Return the outlines of questions in the order in which they come."""
    return in_memory(outlined(questions))


def outlined(questions: Iterable[Question]) -> Iterator[Outline]:
    """Yield the outline of each question."""
    questions = tuple(questions)
    before: dict[QuestionId, list[QuestionId]] = {}
    for question in questions:
        for follow_up in question.follows:
            before.setdefault(follow_up, []).append(question.id)
    for question in questions:
        needs = needs_run(question)
        yield Outline(
            id=question.id,
            deck=question.deck,
            kind=str(question.__struct_config__.tag),
            level=question.level,
            follows=question.follows,
            before=tuple(before.get(question.id, ())),
            needs_run=needs,
            fingerprint=question_fingerprint(question) if needs else "",
            runs=runs(question),
            requires=question.requires,
            misconceptions=misconceptions_of(question),
        )


def misconceptions_of(question: Question) -> tuple[str, ...]:
    """Return the misconceptions that wrong answers to a question can show, each once."""
    named: Iterable[str | None]
    match question:
        case Choice() | Choices():
            named = (option.misconception for option in question.options)
        case TrueFalse():
            named = (question.misconception,)
        case _:
            named = ()
    return tuple(dict.fromkeys(name for name in named if name is not None))
