"""Judge an order of steps: the learner's own order is run where it can be."""

from __future__ import annotations

from ptquiz.domain.answers import Ordered
from ptquiz.domain.judging.programs import evidence, failure, program
from ptquiz.domain.questions import Order
from ptquiz.domain.snippets import Ran, Snippet, Trial
from ptquiz.domain.verdicts import Evidence, Result, Verdict
from ptquiz.errors import Message


def judge_order(question: Order, answer: Ordered) -> Trial[Verdict]:
    """Judge an order of steps."""
    if question.proof is None:
        return order_verdict(question, answer)
    steps = tuple(question.steps[place] for place in answer.places)
    outcome = yield program(question, *steps, question.proof)
    code = Snippet("\n".join(snippet.code for snippet in (*steps, question.proof)))
    shown = (evidence(outcome, code),)
    if isinstance(outcome, Ran):
        return order_verdict(question, answer, passed=True, evidence=shown)
    verdict = order_verdict(question, answer, evidence=shown)
    if verdict.result is Result.CORRECT:
        return order_verdict(question, answer, evidence=shown, unproven=failure(outcome))
    return verdict


def order_verdict(
    question: Order,
    answer: Ordered,
    *,
    passed: bool = False,
    unproven: str | Message = "",
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Conclude with a run that passed, or with the recorded orders."""
    orders = [tuple(range(len(question.steps))), *(tuple(place - 1 for place in order) for order in question.also)]
    correct = passed or answer.places in orders
    best = max(orders, key=lambda order: _agreement(order, answer.places))
    return Verdict(
        result=Result.CORRECT if correct else Result.WRONG,
        right_options=answer.places if correct else best,
        answer=" ".join(str(place + 1) for place in best),
        got=len(best) if correct else _agreement(best, answer.places),
        total=len(best),
        evidence=evidence,
        unproven=unproven,
    )


def _agreement(order: tuple[int, ...], places: tuple[int, ...]) -> int:
    """Count the steps before the first slip."""
    return next((i for i, (a, b) in enumerate(zip(order, places, strict=False)) if a != b), len(order))
