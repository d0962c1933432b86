"""Judge an answer live where possible, and say so where not."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from ptquiz.domain.answers import Answer
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.judging.judge import judge, judge_recorded, runs
from ptquiz.domain.judging.programs import program
from ptquiz.domain.questions import Predict, Question
from ptquiz.domain.snippets import Outcome, Program, Ran, conduct
from ptquiz.domain.verdicts import Verdict
from ptquiz.errors import EnvironmentProblem, Message, said


def not_trusted(deck: str) -> Message:
    """Say why nothing of a deck was run, and what lets it."""
    return said("this deck's code may not run yet: ptquiz deck trust {deck}", deck=deck)


class Examiner(Struct, frozen=True):
    """Judges answers with a runner, or from the record where nothing may or can run."""

    run: Callable[[Program], Outcome]
    trusts: Callable[[Question], bool]
    """Whether a question's code may run."""

    def judge(self, question: Question, answer: Answer) -> Verdict:
        """Judge an answer; `Verdict.unproven` says why a run did not decide."""
        if not runs(question):
            return conduct(judge(question, answer), self.run)
        if not self.trusts(question):
            return judge_recorded(question, answer, not_trusted(question.deck))
        try:
            return conduct(judge(question, answer), self.run)
        except EnvironmentProblem as problem:
            return judge_recorded(question, answer, problem.told)

    def lines_expected(self, question: Predict) -> int:
        """Return how many lines the learner has to type at most; 1 where the code raises or cannot run."""
        try:
            outcome = self.run(program(question))
        except EnvironmentProblem:
            return 1
        return len(fold(outcome.stdout).splitlines()) if isinstance(outcome, Ran) else 1
