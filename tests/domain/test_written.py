"""What becomes of blanks, orders and code by the ways in which their runs can end."""

from __future__ import annotations

import pytest
from msgspec import structs

from ptquiz.domain.answers import (
    Coded,
    Filled,
    Ordered,
)
from ptquiz.domain.judging.code import RESEED, inputs, judge_task
from ptquiz.domain.judging.fills import filled
from ptquiz.domain.judging.judge import judge
from ptquiz.domain.questions import Fill, Fix, Needs, Order, Write
from ptquiz.domain.snippets import Crashed, Frame, Observation, Opaque, Outcome, Raised, Ran, Scalar, Snippet, Tensor
from ptquiz.domain.verdicts import CheckResult, Evidence, Result
from tests.domain.decks import question
from tests.domain.written_runs import NOPE, SLOW, conclude, ran, verdict

CORRECT, PARTLY, WRONG, OPEN = Result

# Blanks.


def fill(**more: object) -> Fill:
    asked = question("fill")
    assert isinstance(asked, Fill)
    return structs.replace(asked, **more)


def test_the_blanks_are_filled_by_their_numbers() -> None:
    asked = fill(code=Snippet("{{2}} {{1}} {{2}} {{x}}"))
    assert filled(asked, ("a", "b")) == Snippet("b a b {{x}}")
    assert filled(fill(code=None), ("a", "b")) is None


def test_filled_code_is_run_trimmed_and_shown_with_its_proof() -> None:
    asked = fill(code=Snippet("{{1}}; {{2}}"), proof=Snippet("assert x"))
    found, (program,) = conclude(judge(asked, Filled((" x = 1 ", "y"))), ran())
    assert program.snippets == (*asked.setup, Snippet("x = 1; y"), Snippet("assert x"))
    assert found.evidence == (Evidence("x = 1; y\nassert x", ran()),)
    assert (found.result, found.right_parts, found.got, found.total) == (CORRECT, (True, True), 2, 2)
    assert found.answer == "eval; no_grad"


def test_blanks_that_fail_their_proof_are_judged_one_by_one() -> None:
    found = verdict(fill(), Filled(("train", "INFERENCE_mode ")), NOPE)
    assert (found.result, found.right_parts, found.got, found.total) == (PARTLY, (False, True), 1, 2)
    assert (found.unproven, len(found.evidence)) == ("", 1)
    assert verdict(fill(), Filled(("train", "x")), NOPE).result is WRONG
    odd = verdict(fill(), Filled(("eval", "no_grad")), NOPE)
    assert (odd.result, odd.unproven, len(odd.evidence)) == (CORRECT, "AssertionError: nope", 1)


def test_blanks_without_a_proof_take_the_accepted_forms_whatever_their_spaces() -> None:
    asked = fill(proof=None)
    assert verdict(asked, Filled(("e val", "NO_GRAD"))).result is CORRECT
    assert verdict(asked, Filled(("eval", "nograd"))).result is PARTLY


def test_fewer_answers_than_blanks_are_a_defect() -> None:
    with pytest.raises(ValueError, match="shorter"):
        verdict(fill(proof=None), Filled(("eval",)))


# Orders.


def order(**more: object) -> Order:
    asked = question("order")
    assert isinstance(asked, Order)
    return structs.replace(asked, **more)


def test_an_order_is_run_as_it_was_answered() -> None:
    asked = order()
    found, (program,) = conclude(judge(asked, Ordered((2, 0, 1))), ran())
    steps = [asked.steps[place] for place in (2, 0, 1)]
    assert program.snippets == (*asked.setup, *steps, asked.proof)
    assert (found.result, found.right_options, found.got, found.total) == (CORRECT, (2, 0, 1), 3, 3)
    assert found.evidence[0].code.splitlines()[0] == "opt.step()"


@pytest.mark.parametrize(
    ("places", "result", "best", "got", "answer"),
    [
        pytest.param((0, 1, 2), CORRECT, (0, 1, 2), 3, "1 2 3", id="the first order"),
        pytest.param((1, 0, 2), CORRECT, (1, 0, 2), 3, "2 1 3", id="another that is right"),
        pytest.param((0, 2, 1), WRONG, (0, 1, 2), 1, "1 2 3", id="a slip after one step"),
        pytest.param((1, 2, 0), WRONG, (1, 0, 2), 1, "2 1 3", id="nearer to the other"),
        pytest.param((2, 0, 1), WRONG, (0, 1, 2), 0, "1 2 3", id="a slip at once"),
    ],
)
def test_an_order_is_compared_with_the_nearest_that_is_right(
    places: tuple[int, ...], result: Result, best: tuple[int, ...], got: int, answer: str
) -> None:
    asked = order(proof=None, also=((2, 1, 3),))
    found = verdict(asked, Ordered(places))
    assert (found.result, found.right_options, found.got, found.total) == (result, best, got, 3)
    assert found.answer == answer


def test_an_order_that_fails_its_proof_is_compared_with_the_record() -> None:
    missed = verdict(order(), Ordered((0, 2, 1)), NOPE)
    assert (missed.result, missed.unproven, len(missed.evidence)) == (WRONG, "", 1)
    odd = verdict(order(), Ordered((0, 1, 2)), NOPE)
    assert (odd.result, odd.unproven, len(odd.evidence)) == (CORRECT, "AssertionError: nope", 1)


# Code.


def task(kind: str = "write", **more: object) -> Write | Fix:
    asked = question(kind)
    assert isinstance(asked, Write | Fix)
    changed: Write | Fix = structs.replace(asked, **more)
    return changed


ONE, TWO = ran((1, "1")), ran((2, "2"))
CODE = Coded("def soft(x): ...")


def test_the_oracle_and_the_answer_run_apart_on_the_same_inputs() -> None:
    asked = task(seconds=7.0, needs=Needs.WORKERS)
    found, (ours, theirs, observed, expected) = conclude(judge(asked, CODE), ONE, ONE, TWO, ran())
    first, second = asked.checks
    assert [shown.code for shown in ours.snippets[len(asked.setup) :]] == [
        CODE.code,
        RESEED.code,
        "x = torch.randn(2, 3)",
        RESEED.code,
    ]
    assert ours.snippets[len(asked.setup)].place.file == "answer.py"
    assert ours.beside == len(asked.setup) + 1
    assert theirs.snippets == (*asked.setup, RESEED, first.given, RESEED)
    assert (ours.values, theirs.values) == ((first.call,), (first.like,))
    assert observed.snippets[-1] == second.observe
    assert observed.values == (Snippet("total"),)
    assert expected.snippets == (*asked.setup, RESEED, second.given, RESEED, second.expect)
    assert expected.got == (("total", Scalar(2)),)
    assert ours.got == theirs.got == observed.got == ()
    assert {(each.seconds, each.workers) for each in (ours, theirs, observed, expected)} == {(7.0, True)}
    assert (found.result, found.got, found.total) == (CORRECT, 2, 2)
    assert found.checks == (CheckResult("values", True), CheckResult("rows sum to one", True))
    assert found.answer == asked.solution.code
    assert found.evidence == (Evidence("", ONE, ("soft(x)",)), Evidence("total = soft(x).sum(-1)", TWO))


def test_the_code_of_a_task_runs_before_the_answer_on_both_sides() -> None:
    given = Snippet("N = 3")
    asked = task(code=given)
    _, programs = conclude(judge(asked, CODE), ONE, ONE, ONE, ran())
    assert [program.snippets[len(asked.setup)] for program in programs] == [given] * 4


def test_the_inputs_alone_know_no_answer() -> None:
    asked = task()
    program = inputs(asked, asked.checks[0])
    assert program.snippets == (*asked.setup, RESEED, asked.checks[0].given, RESEED)
    assert (program.values, program.got, program.beside) == ((), (), len(asked.setup))


def test_forbidden_names_are_banned_on_the_side_of_the_answer_alone() -> None:
    _, (ours, theirs) = conclude(judge(task("fix"), CODE), ONE, ONE)
    assert sum("torch.softmax" in shown.code for shown in ours.snippets) == 1
    assert "torch.softmax" in ours.snippets[-5].code
    assert not any("torch.softmax" in shown.code for shown in theirs.snippets)


def message(*outcomes: Outcome, check: int = 0) -> str:
    asked = task()
    return verdict(structs.replace(asked, checks=asked.checks[check : check + 1]), CODE, *outcomes).checks[0].message


ERROR = Raised("ValueError", "bad")


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        pytest.param(ONE, ONE, "", id="the same"),
        pytest.param(ONE, TWO, "got 1, expected 2", id="another value"),
        pytest.param(ERROR, Raised("ValueError", "other"), "", id="the same exception"),
        pytest.param(ONE, ERROR, "expected ValueError, but nothing was raised", id="nothing raised"),
        pytest.param(Raised("KeyError", "k"), ERROR, "expected ValueError, got KeyError: k", id="another exception"),
        pytest.param(SLOW, ERROR, "expected ValueError, got stopped after 2.5 s", id="too long"),
        pytest.param(ERROR, ONE, "ValueError: bad", id="an exception for a value"),
        pytest.param(Crashed("gone"), ONE, "gone", id="a crash"),
        pytest.param(ONE, SLOW, "the oracle could not run: stopped after 2.5 s", id="an oracle that does not run"),
        pytest.param(Crashed("gone"), SLOW, "gone", id="neither runs"),
    ],
)
def test_a_call_is_compared_with_the_oracle(ours: Outcome, theirs: Outcome, said: str) -> None:
    assert message(ours, theirs) == said


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        pytest.param([ONE, ran()], "", id="holds"),
        pytest.param([ONE, Raised("AssertionError", " rows \n")], "rows", id="an assertion that speaks"),
        pytest.param([ONE, Raised("AssertionError", "  ")], "what was expected does not hold", id="a silent assertion"),
        pytest.param([ONE, ERROR], "the check could not run: ValueError: bad", id="a check that raises"),
        pytest.param([ONE, SLOW], "the check could not run: stopped after 2.5 s", id="a check that takes too long"),
        pytest.param([ERROR], "ValueError: bad", id="the answer raises"),
        pytest.param([SLOW], "stopped after 2.5 s", id="the answer takes too long"),
        pytest.param(
            [Ran(values=(Observation(Opaque("list", "..."), "..."),))],
            "`total` holds a list with too many items to be looked at",
            id="too many items",
        ),
        pytest.param(
            [Ran(values=(Observation(Tensor("int8", (9, 9), None), "..."),))],
            "`total` holds a int8 tensor of shape (9, 9), too large to be looked at",
            id="too large",
        ),
    ],
)
def test_an_observation_is_held_against_what_is_expected(outcomes: list[Outcome], said: str) -> None:
    assert message(*outcomes, check=1) == said


def test_a_failed_check_tells_the_innermost_line_of_the_answer() -> None:
    frames = (Frame("answer.py", 1, "a"), Frame("answer.py", 2, "b"), Frame("torch/x.py", 9, "c"))
    found = verdict(task(), CODE, Raised("ValueError", "bad", frames), ONE, Raised("ValueError", "bad", frames[2:]))
    assert [(check.passed, check.line) for check in found.checks] == [(False, 2), (False, None)]
    assert (found.result, found.got, found.total) == (WRONG, 0, 2)
    same = verdict(task(checks=task().checks[:1]), CODE, Raised("ValueError", "bad", frames), ERROR)
    assert (same.checks[0].passed, same.checks[0].line) == (True, None)


def test_one_check_of_two_is_told_and_judging_may_stop_at_the_first_failure() -> None:
    found = verdict(task(), CODE, ONE, TWO, ONE, ran())
    assert (found.result, found.got, found.total) == (WRONG, 1, 2)
    first, _ = conclude(judge_task(task(), CODE, until_failed=True), ONE, TWO)
    assert (first.result, first.got, first.total) == (WRONG, 0, 1)
    both, _ = conclude(judge_task(task(), CODE, until_failed=True), ONE, ONE, ONE, NOPE)
    assert (both.got, both.total) == (1, 2)


def test_a_check_s_own_tolerance_counts() -> None:
    check = structs.replace(task().checks[0], abs_tol=0.5, rel_tol=0.0)
    near, far = ran((1.4, "")), ran((1.6, ""))
    for ours, result in ((near, CORRECT), (far, WRONG)):
        assert verdict(task(checks=(check,)), CODE, ours, ran((1.0, ""))).result is result
    loose = structs.replace(check, abs_tol=0.0, rel_tol=0.5)
    assert verdict(task(checks=(loose,)), CODE, near, ran((1.0, ""))).result is CORRECT
