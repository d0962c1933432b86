"""Judge picked options and claims: live values and proofs decide, the recorded answer only where they cannot."""

from __future__ import annotations

from ptquiz.domain.answers import Claimed, Picked
from ptquiz.domain.comparing.texts import compare_texts
from ptquiz.domain.judging.programs import evidence, failure, program
from ptquiz.domain.questions import Choice, Choices, Option, Statement, TrueFalse
from ptquiz.domain.snippets import Observation, Outcome, Ran, Scalar, Trial
from ptquiz.domain.verdicts import Evidence, Result, Verdict
from ptquiz.errors import Message


def judge_choice(question: Choice, answer: Picked) -> Trial[Verdict]:
    """Judge one picked option."""
    if question.proof is None and question.value is None:
        return choice_verdict(question, answer)
    values = (question.value,) if question.value else ()
    outcome = yield program(question, question.proof, values=values)
    shown = evidence(outcome, question.proof, values)
    if not isinstance(outcome, Ran):
        return choice_verdict(question, answer, unproven=failure(outcome), evidence=(shown,))
    right = None
    if outcome.values:
        matches = matching_options(question, outcome.values[0])
        if len(matches) != 1:
            unproven = f"torch says {outcome.values[0].text}, which is {len(matches) or 'none'} of the options"
            return choice_verdict(question, answer, unproven=unproven, evidence=(shown,))
        right = matches[0]
    return choice_verdict(question, answer, right=right, evidence=(shown,))


def matching_options(question: Choice, value: Observation) -> tuple[int, ...]:
    """Find the options whose text is what the live value prints."""
    return tuple(i for i, option in enumerate(question.options) if compare_texts(_plain(option.text), value.text).same)


def _plain(text: str) -> str:
    """Drop the marks of a code span around a whole option."""
    inner = text.strip()
    return inner[1:-1] if inner.startswith("`") and inner.endswith("`") and inner.count("`") == 2 else inner


def choice_verdict(
    question: Choice,
    answer: Picked,
    *,
    right: int | None = None,
    unproven: str | Message = "",
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Conclude with the option that a run singled out, or with the recorded one."""
    recorded = next((i for i, option in enumerate(question.options) if option.right), None)
    right = recorded if right is None else right
    if right is None:
        return Verdict(result=Result.OPEN, unproven=unproven, evidence=evidence)
    picked = answer.options[0]
    option = question.options[picked]
    correct = picked == right
    return Verdict(
        result=Result.CORRECT if correct else Result.WRONG,
        right_options=(right,),
        answer=question.options[right].text,
        whys=() if correct else (option.why,),
        got=int(correct),
        misconceptions=() if correct else _misconceptions(option),
        evidence=evidence,
        unproven=unproven,
    )


def judge_choices(question: Choices, answer: Picked) -> Trial[Verdict]:
    """Judge a set of picked options."""
    live = [i for i, option in enumerate(question.options) if option.holds is not None]
    if not live and question.proof is None:
        return choices_verdict(question, answer)
    holds = tuple(option.holds for option in question.options if option.holds is not None)
    outcome: Outcome = yield program(question, question.proof, values=holds)
    shown = evidence(outcome, question.proof, holds)
    if not isinstance(outcome, Ran):
        return choices_verdict(question, answer, unproven=failure(outcome), evidence=(shown,))
    truth = {i: is_true(value) for i, value in zip(live, outcome.values, strict=True)}
    return choices_verdict(question, answer, truth=truth, evidence=(shown,))


def is_true(observation: Observation) -> bool:
    """Tell whether a live value is the boolean True, or a tensor that prints as it."""
    return truth_of(observation) is True


def truth_of(observation: Observation) -> bool | None:
    """Return the boolean that a live value is, or that a tensor prints as; None for everything else."""
    match observation.value:
        case Scalar(value=bool() as truth):
            return truth
        case _:
            return {"tensor(True)": True, "tensor(False)": False}.get(observation.text)


def choices_verdict(
    question: Choices,
    answer: Picked,
    *,
    truth: dict[int, bool] | None = None,
    unproven: str | Message = "",
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Conclude with what the live values say, or with what is recorded."""
    right = {i for i, option in enumerate(question.options) if (truth or {}).get(i, option.right)}
    picked = set(answer.options)
    off = sorted(picked ^ right)
    share = len(question.options) - len(off)
    return Verdict(
        result=Result.CORRECT if not off else Result.PARTLY if picked & right else Result.WRONG,
        right_options=tuple(sorted(right)),
        answer="; ".join(question.options[i].text for i in sorted(right)) or "none of these",
        whys=tuple(question.options[i].why for i in off),
        got=share,
        total=len(question.options),
        misconceptions=tuple(m for i in off for m in _misconceptions(question.options[i])),
        evidence=evidence,
        unproven=unproven,
    )


def judge_true_false(question: TrueFalse, answer: Claimed) -> Trial[Verdict]:
    """Judge a claim."""
    if question.proof is None and question.holds is None:
        return true_false_verdict(question, answer)
    values = (question.holds,) if question.holds else ()
    outcome: Outcome = yield program(question, question.proof, values=values)
    shown = (evidence(outcome, question.proof, values),)
    live = outcome.values[0] if isinstance(outcome, Ran) and outcome.values else None
    truth = None if live is None else truth_of(live)
    unproven = failure(outcome)
    if live is not None and truth is None:
        unproven = f"torch says {live.text}, which is neither True nor False"
    return true_false_verdict(question, answer, truth=truth, unproven=unproven, evidence=shown)


def true_false_verdict(
    question: TrueFalse,
    answer: Claimed,
    *,
    truth: bool | None = None,
    unproven: str | Message = "",
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Conclude with what the live value says, or with the recorded answer, which a proof has confirmed or not."""
    truth = question.answer if truth is None else truth
    correct = answer.truth == truth
    return Verdict(
        result=Result.CORRECT if correct else Result.WRONG,
        answer="True" if truth else "False",
        got=int(correct),
        misconceptions=() if correct or question.misconception is None else (question.misconception,),
        evidence=evidence,
        unproven=unproven,
    )


def _misconceptions(option: Option | Statement) -> tuple[str, ...]:
    return () if option.misconception is None else (option.misconception,)
