"""The programs that questions are proven and judged with, and what to say of how they end."""

from __future__ import annotations

from ptquiz.domain.questions import Needs, Question
from ptquiz.domain.snippets import Crashed, Outcome, Program, Raised, Ran, Snippet, TimedOut
from ptquiz.domain.verdicts import Evidence


def program(question: Question, *more: Snippet | None, values: tuple[Snippet, ...] = (), seed: int = 0) -> Program:
    """Build the program that runs a question's setup, its code, and more."""
    snippets = (*question.setup, question.code, *more)
    return Program(
        snippets=tuple(snippet for snippet in snippets if snippet is not None),
        values=values,
        seed=seed,
        seconds=question.seconds,
        workers=question.needs is Needs.WORKERS,
    )


def failure(outcome: Outcome) -> str:
    """Say in one line how a program failed; empty for one that ran to its end."""
    match outcome:
        case Ran():
            return ""
        case Raised(type=type_, message=message):
            first = message.strip().splitlines()[0] if message.strip() else ""
            return f"{type_}: {first}" if first else type_
        case TimedOut(seconds=seconds):
            return f"stopped after {seconds:g} s"
        case Crashed(reason=reason):
            return reason


def evidence(outcome: Outcome, code: Snippet | None = None, values: tuple[Snippet, ...] = ()) -> Evidence:
    """Pair an outcome with the code and the expressions that are shown to have been run."""
    return Evidence(code.code if code else "", outcome, tuple(value.code.strip() for value in values))
