"""Look at one question with its answer and its proof, beside the schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ptquiz.commands.judge import Examiner, not_trusted
from ptquiz.commands.suggesting import meant
from ptquiz.domain.answers import Answer, Coded, GaveUp
from ptquiz.domain.decks import Problem
from ptquiz.domain.proving.prove import prove_question
from ptquiz.domain.questions import CodeTask, Question, QuestionId
from ptquiz.domain.requirements import unmet
from ptquiz.domain.snippets import Outcome, Program, conduct
from ptquiz.domain.variants import drawn
from ptquiz.domain.verdicts import Verdict
from ptquiz.errors import EnvironmentProblem, Message, UsageError, said


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
    problems: tuple[Problem, ...] = ()
    """What does not hold."""
    not_proven: str | Message = ""
    """Why nothing was proven; empty when it was."""


def find_question(questions: Mapping[QuestionId, Question], id_: str) -> Question:
    """Return a question by its id or by one it had before.

    Raises UsageError with a suggestion for an unknown one.
    """
    if id_ in questions:
        return questions[id_]
    for question in questions.values():
        if id_ in question.aliases:
            return question
    raise UsageError(
        said('no question "{name}".{meant}', name=id_, meant=meant(id_, questions)),
        details=("for a deck that was not added: ptquiz deck preview ID -d PATH",),
    )


def preview(
    question: Question,
    run: Callable[[Program], Outcome],
    trusts: Callable[[Question], bool],
    *,
    seed: int,
    torch: Callable[[], str] = lambda: "",
) -> Preview:
    """Draw a question, show its answer by a live run and prove it, as far as its code may run.

    `torch` is asked for its version only where the question requires one.
    """
    seen = look(question, run, trusts, seed=seed)
    try:
        if reason := seen.not_proven or _unmet(question, torch):
            return replace(seen, not_proven=reason)
        return replace(seen, problems=conduct(prove_question(question), run))
    except EnvironmentProblem as problem:
        return replace(seen, not_proven=problem.told)


def proven(
    question: Question, run: Callable[[Program], Outcome], trusts: Callable[[Question], bool]
) -> tuple[Problem, ...]:
    """Return what of a question does not hold; EnvironmentProblem where its code cannot or may not run."""
    if not trusts(question):
        raise EnvironmentProblem(not_trusted(question.deck))
    return conduct(prove_question(question), run)


def look(
    question: Question, run: Callable[[Program], Outcome], trusts: Callable[[Question], bool], *, seed: int
) -> Preview:
    """Draw a question and show its answer by a live run, as far as its code may run; prove nothing."""
    instance = drawn(question, seed)
    answer = Coded(instance.solution.code) if isinstance(instance, CodeTask) else GaveUp()
    verdict = Examiner(run, trusts).judge(instance, answer)
    reason: str | Message = "" if trusts(question) else not_trusted(question.deck)
    return Preview(instance, seed, answer, verdict, not_proven=reason)


def _unmet(question: Question, torch: Callable[[], str]) -> str | Message:
    """Say which torch a question needs that is not here; empty when it is."""
    return unmet(question.requires, torch()) if question.requires is not None else ""
