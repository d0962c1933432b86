"""Look at one question with its answer and its proof, beside the schedule."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from ptquiz.commands.judge import Examiner
from ptquiz.domain.answers import Answer, Coded, GaveUp
from ptquiz.domain.decks import Problem
from ptquiz.domain.proving.prove import prove_question
from ptquiz.domain.questions import CodeTask, Question
from ptquiz.domain.snippets import Outcome, Program, conduct
from ptquiz.domain.variants import drawn
from ptquiz.domain.verdicts import Verdict
from ptquiz.errors import EnvironmentProblem, UsageError


@dataclass(frozen=True)
class Preview:
    """A question as practice would ask it, its answer, and what proving it finds."""

    question: Question
    """The member of the family that this seed draws."""
    seed: int
    answer: Answer
    """What was judged: the solution of a code task; of everything else the answer is shown."""
    verdict: Verdict
    """The answer, with the run that shows it."""
    problems: tuple[Problem, ...]
    """What does not hold."""
    not_proven: str
    """Why nothing was proven; empty when it was."""


def find_question(questions: dict[str, Question], id_: str) -> Question:
    """Return a question by its id or by one it had before.

    Raises UsageError with a suggestion for an unknown one.
    """
    if id_ in questions:
        return questions[id_]
    for question in questions.values():
        if id_ in question.aliases:
            return question
    close = difflib.get_close_matches(id_, questions, n=1, cutoff=0.5)
    meant = f" Did you mean {close[0]}?" if close else ""
    raise UsageError(
        f'no question "{id_}".{meant}', details=("for a deck that was not added: ptquiz deck preview ID -d PATH",)
    )


def preview(
    question: Question, run: Callable[[Program], Outcome], trusts: Callable[[Question], bool], *, seed: int
) -> Preview:
    """Draw a question, show its answer by a live run and prove it, as far as its code may run."""
    instance = drawn(question, seed)
    answer = Coded(instance.solution.code) if isinstance(instance, CodeTask) else GaveUp()
    verdict = Examiner(run, trusts).judge(instance, answer)
    problems: tuple[Problem, ...] = ()
    reason = "" if trusts(question) else f"this deck's code may not run yet: ptquiz deck trust {question.deck}"
    try:
        problems = conduct(prove_question(question), run) if not reason else ()
    except EnvironmentProblem as problem:
        reason = problem.message
    return Preview(instance, seed, answer, verdict, problems, reason)
