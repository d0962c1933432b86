"""Run code that the learner plays with, beside the schedule."""

from __future__ import annotations

from collections.abc import Callable

from ptquiz.domain.judging.fills import BLANK
from ptquiz.domain.questions import Choice, CodeTask, Fill, Needs, Number, Question
from ptquiz.domain.snippets import Outcome, Place, Program, Snippet

FILE = "experiment.py"
"""What the code is called in tracebacks."""


def beginning(question: Question, *, answered: bool) -> str:
    """Return the code to begin with: all that the question needs to run, with its proof once it is answered."""
    shown = question.starter if isinstance(question, CodeTask) else question.code
    value = question.value if isinstance(question, Choice | Number) and answered else None
    snippets = [*question.setup, shown, question.proof if answered else None, value]
    code = "\n\n".join(snippet.code.strip("\n") for snippet in snippets if snippet is not None)
    if isinstance(question, Fill):
        code = BLANK.sub(lambda match: _blank(question, int(match[1]), answered=answered), code)
    return code + "\n" if code else "import torch\n\n"


def _blank(question: Fill, number: int, *, answered: bool) -> str:
    return question.blanks[number - 1].answer if answered else f"BLANK_{number}"


def experiment(code: str, run: Callable[[Program], Outcome], question: Question) -> Outcome:
    """Run code within the limits of a question; its last line, if an expression, is the outcome's only value.

    Raises EnvironmentProblem when nothing can be run.
    """
    body, last = _split(code)
    snippets = (Snippet(body, Place(FILE)),) if body.strip() else ()
    values = (Snippet(last[0], Place(FILE, last[1])),) if last else ()
    return run(Program(snippets, values, seconds=question.seconds, workers=question.needs is Needs.WORKERS))


def _split(code: str) -> tuple[str, tuple[str, int] | None]:
    """Take the last expression off a piece of code, with its line."""
    import ast  # not before the first question

    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError):
        return code, None
    if not body or not isinstance(body[-1], ast.Expr):
        return code, None
    last = body[-1]
    call = last.value.func if isinstance(last.value, ast.Call) else None
    if isinstance(call, ast.Name) and call.id == "print":
        return code, None
    rows = code.split("\n")
    if last.col_offset or any(other.end_lineno == last.lineno for other in body[:-1]):
        return code, None
    return "\n".join(rows[: last.lineno - 1]), ("\n".join(rows[last.lineno - 1 : last.end_lineno]), last.lineno)
