"""What becomes of right and wrong answers to each kind of question, judged by real torch."""

from __future__ import annotations

import pytest
from msgspec import structs

from ptquiz.domain.answers import (
    Answer,
    Claimed,
    Coded,
    Explained,
    Filled,
    GaveUp,
    Ordered,
    Picked,
    Recalled,
    Typed,
)
from ptquiz.domain.judging.code import bound_names
from ptquiz.domain.judging.judge import judge, judge_recorded, needs_run, refusal
from ptquiz.domain.judging.words import corrected, short_verdict
from ptquiz.domain.questions import Point, Short
from ptquiz.domain.snippets import Raised, Ran, Snippet, conduct
from ptquiz.domain.variants import drawn
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.runner import LiveRunner
from tests.domain.decks import QUESTIONS, question

SOLUTION = "def soft(x):\n    return x.softmax(-1)\n"

JUDGED: dict[str, tuple[str, Answer, Result]] = {
    "choice, right": ("choice", Picked((0,)), Result.CORRECT),
    "choice, wrong": ("choice", Picked((1,)), Result.WRONG),
    "choices, right": ("choices", Picked((0, 2)), Result.CORRECT),
    "choices, one missing": ("choices", Picked((0,)), Result.PARTLY),
    "choices, one too many": ("choices", Picked((0, 1, 2)), Result.PARTLY),
    "choices, only wrong ones": ("choices", Picked((1,)), Result.WRONG),
    "choices, none": ("choices", Picked(()), Result.WRONG),
    "claim, right": ("true-false", Claimed(False), Result.CORRECT),
    "claim, wrong": ("true-false", Claimed(True), Result.WRONG),
    "output, right": ("predict", Typed("torch.Size([2, 3])\n0.0"), Result.CORRECT),
    "output, short form": ("predict", Typed("torch.Size([2,3])\n0"), Result.CORRECT),
    "output, wrong": ("predict", Typed("torch.Size([3, 2])\n0.0"), Result.WRONG),
    "number, formula": ("number", Typed("3*4 + 4"), Result.CORRECT),
    "number, wrong": ("number", Typed("12"), Result.WRONG),
    "blanks, as recorded": ("fill", Filled(("eval", "no_grad")), Result.CORRECT),
    "blanks, another way that passes": ("fill", Filled(("requires_grad_(False).eval", "enable_grad")), Result.CORRECT),
    "blanks, one wrong": ("fill", Filled(("train", "no_grad")), Result.PARTLY),
    "blanks, all wrong": ("fill", Filled(("train", "enable_grad")), Result.WRONG),
    "words, all points": ("short", Explained("One flag, set recursively; gradients are still there"), Result.CORRECT),
    "words, in Chinese": ("short", Explained("设置标志"), Result.PARTLY),
    "words, nothing to the point": ("short", Explained("It evaluates"), Result.WRONG),
    "order, right": ("order", Ordered((0, 1, 2)), Result.CORRECT),
    "order, wrong": ("order", Ordered((0, 2, 1)), Result.WRONG),
    "order, raises": ("order", Ordered((1, 0, 2)), Result.WRONG),
    "code mended": ("fix", Coded("def soft(x):\n    return x.softmax(-1)\n"), Result.CORRECT),
    "code left as it was": ("fix", Coded("def soft(x):\n    return x.softmax(0)\n"), Result.WRONG),
    "code that does what it must not": (
        "fix",
        Coded("import torch\ndef soft(x):\n    return torch.softmax(x, -1)\n"),
        Result.WRONG,
    ),
    "flashcard": ("flashcard", Recalled(), Result.OPEN),
    "code, right": ("write", Coded(SOLUTION), Result.CORRECT),
    "code, wrong dimension": ("write", Coded(SOLUTION.replace("-1", "0")), Result.WRONG),
    "code, does not parse": ("write", Coded("def soft(x:"), Result.WRONG),
    "code, exits": ("write", Coded("import os; os._exit(0)"), Result.WRONG),
    **{f"gave up a {kind}": (kind, GaveUp(), Result.WRONG) for kind in QUESTIONS},
}


@pytest.mark.parametrize(("kind", "answer", "result"), JUDGED.values(), ids=JUDGED)
def test_judges(runner: LiveRunner, kind: str, answer: Answer, result: Result) -> None:
    verdict = conduct(judge(question(kind), answer), runner.run)
    assert (verdict.result, verdict.unproven) == (result, "")


def judged(runner: LiveRunner, kind: str, answer: Answer, **replaced: str) -> Verdict:
    return conduct(judge(question(kind, **replaced), answer), runner.run)


def test_the_evidence_is_what_ran_and_what_it_printed(runner: LiveRunner) -> None:
    (evidence,) = judged(runner, "true-false", Claimed(False)).evidence
    assert "print(y.requires_grad)" in evidence.code
    assert isinstance(evidence.outcome, Ran)
    assert evidence.outcome.stdout == "True\n"


def test_a_wrong_pick_says_why_and_names_the_misconception(runner: LiveRunner) -> None:
    verdict = judged(runner, "choice", Picked((1,)))
    assert verdict.whys == ("That is 1 - p.",)
    assert verdict.misconceptions == ("scales-by-keep",)
    assert verdict.right_options == (0,)


def test_torch_decides_and_not_the_record(runner: LiveRunner) -> None:
    verdict = judged(runner, "choice", Picked((1,)), **{"value: 1 / (1 - 0.2)": "value: 1 - 0.2"})
    assert (verdict.result, verdict.right_options) == (Result.CORRECT, (1,))


def test_a_failed_proof_falls_back_to_the_record_and_says_so(runner: LiveRunner) -> None:
    verdict = judged(runner, "true-false", Claimed(False), **{"assert y.requires_grad": "assert False, 'nope'"})
    assert (verdict.result, verdict.unproven) == (Result.CORRECT, "AssertionError: nope")


def test_an_exception_is_predicted_by_its_name_or_the_word_error(runner: LiveRunner) -> None:
    raises = {"print(x.shape)": "x.view(7)"}
    for text in ("RuntimeError", "error", "runtimeerror: something", "it raises"):
        assert judged(runner, "predict", Typed(text), **raises).result is Result.CORRECT
    assert judged(runner, "predict", Typed("ValueError"), **raises).result is Result.WRONG


def test_a_failed_check_names_the_line_of_the_answer(runner: LiveRunner) -> None:
    verdict = judged(runner, "write", Coded("def soft(x):\n    y = x\n    return y.nope()\n"))
    assert [check.line for check in verdict.checks] == [3, 3]
    assert verdict.checks[0].message == "AttributeError: 'Tensor' object has no attribute 'nope'"


def test_an_expectation_speaks_to_the_learner(runner: LiveRunner) -> None:
    verdict = judged(runner, "write", Coded("def soft(x):\n    return x * 0\n"))
    assert verdict.checks[1].message == "the rows sum to [0.0, 0.0, 0.0, 0.0]"


FORGERIES = {
    "patched comparison": "import torch\ntorch.allclose = torch.equal = lambda *a, **k: True\n",
    "patched oracle": "import torch\ntorch.softmax = lambda x, d: x\n",
    "silent assertions": "import builtins\nbuiltins.AssertionError = type('E', (BaseException,), {})\n",
    "fixed inputs": "import torch\ntorch.randn = lambda *s, **k: torch.zeros(*s)\n",
    "an equal that always is": "import torch\ntorch.Tensor.__eq__ = lambda *a: True\n",
}


@pytest.mark.parametrize("prelude", FORGERIES.values(), ids=FORGERIES)
def test_an_answer_cannot_pass_by_patching_what_judges_it(runner: LiveRunner, prelude: str) -> None:
    code = prelude + "def soft(x):\n    return x\n"
    assert judged(runner, "write", Coded(code)).result is Result.WRONG


def test_an_oracle_that_raises_wants_the_same_exception(runner: LiveRunner) -> None:
    raises = {"like: torch.softmax(x, -1)": "like: torch.softmax(x, 9)", "call: soft(x)": "call: soft(x)"}
    verdict = judged(runner, "write", Coded("def soft(x):\n    return x.softmax(9)\n"), **raises)
    assert verdict.checks[0].passed
    verdict = judged(runner, "write", Coded(SOLUTION), **raises)
    assert verdict.checks[0].message == "expected IndexError, but nothing was raised"


REFUSED: dict[str, tuple[str, Answer, str]] = {
    "letters for a number": (
        "number",
        Typed("abc"),
        "only numbers, + - * / // % ** ( ), sqrt, exp, log, pi and e are understood",
    ),
    "no output": ("predict", Typed("  "), "nothing typed yet"),
    "two options": ("choice", Picked((0, 1)), "pick one option"),
    "no code": ("write", Coded("\n"), "no code yet"),
    "a fine answer": ("number", Typed("1"), ""),
}


@pytest.mark.parametrize(("kind", "answer", "reason"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_is_no_answer(kind: str, answer: Answer, reason: str) -> None:
    assert refusal(question(kind), answer) == reason


def test_without_a_run_the_record_decides_and_is_marked() -> None:
    verdict = judge_recorded(question("choice"), Picked((0,)), "torch is not installed")
    assert (verdict.result, verdict.unproven) == (Result.CORRECT, "torch is not installed")


def test_without_a_run_some_kinds_stay_open() -> None:
    for kind, answer in (("predict", Typed("1")), ("number", Typed("1")), ("write", Coded("x"))):
        assert needs_run(question(kind))
        assert judge_recorded(question(kind), answer, "no torch").result is Result.OPEN


def test_an_answer_of_the_wrong_kind_is_a_defect() -> None:
    with pytest.raises(ValueError, match="Typed does not answer a Choice"):
        conduct(judge(question("choice"), Typed("1")), lambda program: Ran())


def test_an_observation_is_a_name_bound_at_the_top_level() -> None:
    code = """
import math
first, *rest = [len(word) for word in "a b".split()]
for i in range(2):
    with open("x") as f:
        inner = (walrus := i)
def helper():
    hidden = 1
_private = sorted(rest, key=lambda item: item)
"""
    assert list(bound_names(Snippet(code))) == ["first", "rest", "i", "f", "inner", "walrus"]


def test_a_name_that_is_dropped_again_is_not_observed() -> None:
    assert list(bound_names(Snippet("net = 1; ys = [net]; del net"))) == ["ys"]


def test_a_forbidden_name_says_so_and_the_oracle_may_still_use_it(runner: LiveRunner) -> None:
    verdict = judged(runner, "fix", Coded("import torch as t\ndef soft(x):\n    return t.softmax(x, -1)\n"))
    assert verdict.checks[0].message == "RuntimeError: this task is to be done without torch.softmax"


def test_the_learner_s_own_order_is_run(runner: LiveRunner) -> None:
    (evidence,) = judged(runner, "order", Ordered((0, 2, 1))).evidence
    assert evidence.code.splitlines()[:3] == ["loss = (w * 3).sum()", "opt.step()", "loss.backward()"]
    assert isinstance(evidence.outcome, Raised)


def test_the_learner_corrects_the_proposed_points(runner: LiveRunner) -> None:
    verdict = judged(runner, "short", Explained("It sets a flag"))
    assert [point.said for point in verdict.points] == [True, False, False]
    verdict = corrected(verdict, frozenset({0, 1, 2}))
    assert (verdict.result, verdict.got) == (Result.CORRECT, 3)


@pytest.mark.parametrize("text", ["The flag!", "FLAG", "it's a `flag`.", "training becomes false"])
def test_a_wording_is_found_whatever_its_dress(runner: LiveRunner, text: str) -> None:
    assert judged(runner, "short", Explained(text)).points[0].said


def test_a_wording_is_not_found_inside_another_word(runner: LiveRunner) -> None:
    assert not judged(runner, "short", Explained("camouflage")).points[0].said


@pytest.mark.parametrize("text", ["It switches a flag", "the flags get switched", "switching every flag"])
def test_a_wording_is_found_whatever_the_endings_of_its_words(text: str) -> None:
    point = Point(text="It sets a flag.", accept=("switched + flags",))
    asked = question("short")
    assert isinstance(asked, Short)
    verdict = short_verdict(structs.replace(asked, points=(point,)), Explained(text))
    assert verdict.points[0].said


def test_a_name_in_code_is_found_only_as_it_is_written() -> None:
    point = Point(text="The buffers.", accept=("running_means",))
    asked = question("short")
    assert isinstance(asked, Short)
    verdict = short_verdict(structs.replace(asked, points=(point,)), Explained("they keep running_mean and running"))
    assert not verdict.points[0].said


def test_a_family_draws_the_same_member_for_the_same_repetition() -> None:
    family = question(
        "choice", **{"level: answer": "level: answer\n    vary: {p: [a, b, c, d]}", "It keeps": "${p} keeps"}
    )
    texts = [drawn(family, n).explain for n in range(30)]
    assert texts == [drawn(family, n).explain for n in range(30)]
    assert len(set(texts)) == 4


def test_an_answer_does_not_see_the_inputs_of_its_checks(runner: LiveRunner) -> None:
    verdict = judged(runner, "write", Coded("def soft(_):\n    return x.softmax(-1)\n"))
    assert verdict.checks[0].message == "NameError: name 'x' is not defined"


def test_an_observed_list_of_too_many_items_is_said_to_be(runner: LiveRunner) -> None:
    many = {"observe: total = soft(x).sum(-1)": "observe: total = [[i] for i in range(15000)]"}
    verdict = judged(runner, "write", Coded(SOLUTION), **many)
    assert verdict.checks[1].message == "`total` holds a list with too many items to be looked at"


def test_an_observed_tensor_that_is_too_large_is_said_to_be(runner: LiveRunner) -> None:
    verdict = judged(runner, "write", Coded("def soft(x):\n    return x.new_ones(3000, 1000, 1)\n"))
    assert (
        verdict.checks[1].message == "`total` holds a float32 tensor of shape (3000, 1000), too large to be looked at"
    )
