"""Judge typed outputs and numbers: the live run is the answer."""

from __future__ import annotations

import math

from ptquiz.domain.answers import Typed
from ptquiz.domain.comparing.texts import compare_texts, fold
from ptquiz.domain.comparing.values import numbers
from ptquiz.domain.judging.programs import evidence, failure, program
from ptquiz.domain.numbers import read_number
from ptquiz.domain.questions import Number, Predict
from ptquiz.domain.snippets import Observation, Outcome, Raised, Ran, Scalar, Tensor, Trial
from ptquiz.domain.verdicts import Result, Verdict

ERROR_WORDS = ("error", "raises", "exception", "an error", "it raises", "报错", "异常")


def judge_predict(question: Predict, answer: Typed) -> Trial[Verdict]:
    """Judge a predicted output, or a predicted exception."""
    outcome: Outcome = yield program(question)
    shown = (evidence(outcome),)
    match outcome:
        case Ran(stdout=stdout):
            match_ = compare_texts(answer.text, stdout)
            same, note, expected = match_.same, match_.note, fold(stdout)
        case Raised(type=type_):
            same, note = names_exception(answer.text, type_), ""
            expected = "\n".join(part for part in (fold(outcome.stdout), failure(outcome)) if part)
        case _:
            return Verdict(result=Result.OPEN, unproven=failure(outcome), evidence=shown)
    result = Result.CORRECT if same else Result.WRONG
    return Verdict(result=result, answer=expected, got=int(same), note=note, evidence=shown)


def names_exception(text: str, type_: str) -> bool:
    """Tell whether a text says that something raises, or names the exception's type."""
    said = fold(text).splitlines()[-1].strip().lower() if fold(text) else ""
    return said in ERROR_WORDS or said.split(":")[0].split(".")[-1] == type_.split(".")[-1].lower()


def judge_number(question: Number, answer: Typed) -> Trial[Verdict]:
    """Judge a number or formula against a live value."""
    outcome = yield program(question, question.proof, values=(question.value,))
    shown = (evidence(outcome, question.proof, (question.value,)),)
    want = live_number(outcome.values[0]) if isinstance(outcome, Ran) and outcome.values else None
    if want is None:
        reason = failure(outcome) or "the value is not a number"
        return Verdict(result=Result.OPEN, unproven=reason, evidence=shown)
    got = read_number(answer.text)
    correct = math.isclose(got, want, rel_tol=question.rel_tol, abs_tol=question.abs_tol) or (
        math.isnan(got) and math.isnan(want)
    )
    return Verdict(
        result=Result.CORRECT if correct else Result.WRONG,
        answer=f"{want:.6g} {question.unit}".strip(),
        got=int(correct),
        evidence=shown,
    )


def live_number(observation: Observation) -> float | None:
    """Return the number that an observation is: a scalar, or a tensor of one element."""
    match observation.value:
        case Scalar(value=bool() | int() | float() as value):
            return float(value)
        case Tensor() as tensor if tensor.data is not None and len(numbers(tensor)) == 1:
            return float(numbers(tensor)[0])
        case _:
            return None
