"""Prove each kind of question: what it claims must hold for every seed, and only that."""

from __future__ import annotations

from typing import assert_never

from msgspec import structs

from ptquiz.domain.answers import Coded, Filled, Ordered
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.decks import Problem
from ptquiz.domain.judging.code import inputs, judge_task
from ptquiz.domain.judging.fills import filled, judge_fill
from ptquiz.domain.judging.orders import judge_order
from ptquiz.domain.judging.picks import is_true, matching_options, truth_of
from ptquiz.domain.judging.programs import failure, program
from ptquiz.domain.judging.typed import live_number
from ptquiz.domain.questions import (
    Choice,
    Choices,
    CodeTask,
    Fill,
    Flashcard,
    Number,
    Order,
    Predict,
    Question,
    Short,
    TrueFalse,
)
from ptquiz.domain.snippets import Crashed, Outcome, Place, Raised, Ran, Snippet, TimedOut, Trial
from ptquiz.domain.verdicts import Result

SEEDS = (0, 20261)
"""Every proof must hold for both: a claim that depends on the seed is not a claim."""


def failed(outcome: Outcome, snippet: Snippet) -> Problem:
    """Report a failed run at the line of the deck at which it failed."""
    place = snippet.place
    match outcome:
        case Raised(frames=frames):
            line = next((frame.line for frame in reversed(frames) if frame.file == place.file), place.line)
            printed = f"it printed {outcome.stdout.rstrip()!r}" if outcome.stdout.strip() else ""
            return Problem(Place(place.file, line, place.column), failure(outcome), printed)
        case TimedOut() | Crashed() | Ran():
            return Problem(place, failure(outcome))
        case _:
            assert_never(outcome)


def _run_twice(question: Question, *values: Snippet) -> Trial[tuple[list[Problem], tuple[Ran, ...]]]:
    """Run a question's proof with every seed; return the problems, or the outcomes when there are none."""
    ran: list[Ran] = []
    proof = None if isinstance(question, Predict) else question.proof
    for seed in SEEDS:
        outcome: Outcome = yield program(question, proof, values=values, seed=seed)
        if not isinstance(outcome, Ran):
            at = proof or question.code or (values[0] if values else Snippet("", question.place))
            return [failed(outcome, at)], ()
        ran.append(outcome)
    return [], tuple(ran)


def prove_alone(question: Flashcard | Short) -> Trial[list[Problem]]:
    """Prove a card by its proof alone."""
    if question.proof is None and question.code is None:
        return []
    problems, _ = yield from _run_twice(question)
    return problems


def prove_true_false(question: TrueFalse) -> Trial[list[Problem]]:
    """Prove a claim by its proof, and that it is as true as the answer says."""
    if question.proof is None and question.code is None and question.holds is None:
        return []
    values = (question.holds,) if question.holds else ()
    problems, outcomes = yield from _run_twice(question, *values)
    for outcome in outcomes if question.holds else ():
        truth = truth_of(outcome.values[0])
        text = outcome.values[0].text
        place = question.holds.place if question.holds else question.place
        if truth is None:
            return [Problem(place, f"the value is {text}, which is neither True nor False")]
        if truth is not question.answer:
            return [Problem(place, f"the answer is {question.answer}, but this is {text}")]
    return problems


def prove_choice(question: Choice) -> Trial[list[Problem]]:
    """Prove that exactly the right option is right."""
    if question.proof is None and question.value is None and question.code is None:
        return []
    values = (question.value,) if question.value else ()
    problems, outcomes = yield from _run_twice(question, *values)
    for outcome in outcomes if question.value else ():
        matches = matching_options(question, outcome.values[0])
        text = outcome.values[0].text
        place = question.value.place if question.value else question.place
        if len(matches) != 1:
            return [Problem(place, f"the value is {text}, which is {len(matches) or 'none'} of the options")]
        recorded = [i for i, option in enumerate(question.options) if option.right]
        if recorded and recorded[0] != matches[0]:
            marked = question.options[recorded[0]].text
            return [Problem(place, f'the value is {text}, but "{marked}" is marked right')]
    return problems


def prove_choices(question: Choices) -> Trial[list[Problem]]:
    """Prove what each option says of itself."""
    live = [option for option in question.options if option.holds is not None]
    if not live and question.proof is None and question.code is None:
        return []
    problems, outcomes = yield from _run_twice(question, *(option.holds for option in live if option.holds))
    for outcome in outcomes:
        for option, seen in zip(live, outcome.values, strict=True):
            if is_true(seen) != option.right and option.holds is not None:
                problems.append(
                    Problem(option.holds.place, f'"{option.text}" is marked {option.right}, but this is {seen.text}')
                )
        if problems:
            break
    return problems


def prove_predict(question: Predict) -> Trial[list[Problem]]:
    """Prove that the output is one and depends on nothing."""
    texts = []
    at = question.code or Snippet("", question.place)
    for seed in SEEDS:
        outcome: Outcome = yield program(question, seed=seed)
        match outcome:
            case Ran(stdout=stdout):
                texts.append(fold(stdout))
            case Raised():
                texts.append(failure(outcome))
            case _:
                return [failed(outcome, at)]
    if texts[0] != texts[1]:
        return [Problem(at.place, "the output depends on the seed", f"{texts[0]!r} and {texts[1]!r}")]
    if not texts[0]:
        return [Problem(at.place, "the code prints nothing", "end it with print(...)")]
    return []


def prove_number(question: Number) -> Trial[list[Problem]]:
    """Prove that the value is one number."""
    problems, outcomes = yield from _run_twice(question, question.value)
    seen = [live_number(outcome.values[0]) for outcome in outcomes]
    if any(value is None for value in seen):
        return [Problem(question.value.place, f"the value is {outcomes[0].values[0].text}, which is not a number")]
    if len(set(seen)) > 1:
        spread = abs((seen[0] or 0) - (seen[1] or 0))
        if spread > question.abs_tol + question.rel_tol * abs(seen[0] or 0):
            return [Problem(question.value.place, f"the value depends on the seed: {seen[0]} and {seen[1]}")]
    return problems


def prove_fill(question: Fill) -> Trial[list[Problem]]:
    """Prove that the answers, and every accepted form, pass the proof."""
    if question.proof is None:
        return []
    answers = tuple(blank.answer for blank in question.blanks)
    for seed in SEEDS:
        code = filled(question, answers)
        outcome: Outcome = yield program(structs.replace(question, code=code), question.proof, seed=seed)
        if not isinstance(outcome, Ran):
            return [failed(outcome, question.proof)]
    for i, blank in enumerate(question.blanks):
        for form in blank.accept:
            texts = (*answers[:i], form, *answers[i + 1 :])
            verdict = yield from judge_fill(question, Filled(texts))
            if verdict.unproven:
                return [Problem(question.place, f'the accepted form "{form}" fails the proof: {verdict.unproven}')]
    return []


def prove_order(question: Order) -> Trial[list[Problem]]:
    """Prove that the right orders pass the proof and the reversed one does not."""
    if question.proof is None:
        return []
    right = tuple(range(len(question.steps)))
    verdict = yield from judge_order(question, Ordered(right))
    if verdict.unproven:
        return [Problem(question.proof.place, f"the order as given fails the proof: {verdict.unproven}")]
    for order in question.also:
        verdict = yield from judge_order(question, Ordered(tuple(place - 1 for place in order)))
        if verdict.unproven:
            return [Problem(question.proof.place, f"the order {order} fails the proof: {verdict.unproven}")]
    verdict = yield from judge_order(question, Ordered(right[::-1]))
    if verdict.result is Result.CORRECT:
        return [Problem(question.proof.place, "the reversed order passes the proof", "assert what the order decides")]
    return []


def prove_task(question: CodeTask) -> Trial[list[Problem]]:
    """Prove that the solution passes, and that the starter and every wrong solution do not."""
    problems: list[Problem] = []
    for check in question.checks:
        if check.like is not None and check.given is not None:
            outcome = yield inputs(question, check)
            if not isinstance(outcome, Ran):  # both sides would raise the same, and so seem to agree
                problems.append(failed(outcome, check.given))
    verdict = yield from judge_task(question, Coded(question.solution.code))
    for result in verdict.checks:
        if not result.passed:
            problems.append(Problem(question.solution.place, f'the solution fails "{result.name}"', result.message))
    verdict = yield from judge_task(question, Coded(question.starter.code), until_failed=True)
    if verdict.result is Result.CORRECT:
        problems.append(Problem(question.starter.place, "the starter passes every check"))
    for wrong in question.wrong:
        verdict = yield from judge_task(question, Coded(wrong.code.code), until_failed=True)
        if verdict.result is Result.CORRECT:
            problems.append(
                Problem(wrong.code.place, "this wrong solution passes every check", "add a check that rejects it")
            )
    return problems
