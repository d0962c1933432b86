"""What every way in which a run can end makes of picked options and claims, and of programs at all."""

from __future__ import annotations

import pytest
from msgspec import structs

from ptquiz.domain.answers import (
    Claimed,
    Picked,
    Typed,
)
from ptquiz.domain.judging.judge import judge, needs_run, runs
from ptquiz.domain.judging.picks import is_true, matching_options
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.questions import Choice, Needs, Number
from ptquiz.domain.snippets import (
    Crashed,
    Observation,
    Outcome,
    Raised,
    Scalar,
    Snippet,
    Tensor,
    TimedOut,
)
from ptquiz.domain.verdicts import Evidence, Result
from tests.domain.decks import question
from tests.domain.written_runs import NOPE, SLOW, conclude, ran, verdict

CORRECT, PARTLY, WRONG, OPEN = Result


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        pytest.param(ran(), "", id="to its end"),
        pytest.param(Raised("ValueError", "\n  first\nsecond"), "ValueError: first", id="the first line of a message"),
        pytest.param(Raised("KeyError", "  "), "KeyError", id="no message"),
        pytest.param(SLOW, "stopped after 2.5 s", id="too long"),
        pytest.param(TimedOut(10.0), "stopped after 10 s", id="whole seconds"),
        pytest.param(Crashed("killed by SIGSEGV"), "killed by SIGSEGV", id="a crash"),
    ],
)
def test_a_failure_is_said_in_one_line(outcome: Outcome, said: str) -> None:
    assert failure(outcome) == said


def test_a_program_runs_all_of_a_question_with_its_limits() -> None:
    asked = structs.replace(question("number"), seconds=3.0, needs=Needs.WORKERS)
    assert isinstance(asked, Number)
    _, (program,) = conclude(judge(asked, Typed("16")), ran((16, "16")))
    assert program.snippets == asked.setup
    assert program.values == (asked.value,)
    assert (program.seconds, program.workers, program.seed, program.beside) == (3.0, True, 0, None)
    _, (plain,) = conclude(judge(question("predict"), Typed("x")), ran())
    predicted = question("predict")
    assert plain.snippets == (*predicted.setup, predicted.code)
    assert not plain.workers


def test_one_live_option_is_right_whatever_is_recorded() -> None:
    found = verdict(question("choice"), Picked((2,)), ran((1.2, "1.2")))
    assert (found.result, found.right_options, found.answer, found.got) == (CORRECT, (2,), "1.2", 1)
    assert (found.whys, found.misconceptions, found.unproven) == ((), (), "")
    assert found.evidence == (Evidence("", ran((1.2, "1.2")), ("1 / (1 - 0.2)",)),)
    missed = verdict(question("choice"), Picked((0,)), ran((1.2, "1.2")))
    assert (missed.result, missed.answer, missed.whys, missed.got) == (WRONG, "1.2", ("Divided by 0.8.",), 0)


@pytest.mark.parametrize(
    ("outcome", "options", "unproven"),
    [
        pytest.param(ran((7, "7")), {}, "torch says 7, which is none of the options", id="none"),
        pytest.param(ran((1.2, "1.2")), {'"0.8"': '"1.20"'}, "torch says 1.2, which is 2 of the options", id="two"),
        pytest.param(SLOW, {}, "stopped after 2.5 s", id="no run"),
    ],
)
def test_without_one_live_option_the_record_decides_and_the_verdict_says_why(
    outcome: Outcome, options: dict[str, str], unproven: str
) -> None:
    found = verdict(question("choice", **options), Picked((0,)), outcome)
    assert (found.result, found.right_options, found.unproven) == (CORRECT, (0,), unproven)
    assert [shown.outcome for shown in found.evidence] == [outcome]


def test_an_option_may_be_written_as_code() -> None:
    for text, result in (("`1.25`", CORRECT), ("`1.25", WRONG), ("`1` `.25`", WRONG), (" `1.25` ", CORRECT)):
        asked = question("choice")
        assert isinstance(asked, Choice)
        marked = structs.replace(asked.options[1], text=text)
        options = (structs.replace(asked.options[0], text="x", right=False), marked, asked.options[2])
        found = verdict(structs.replace(asked, options=options), Picked((1,)), ran((1.25, "1.25")))
        assert (found.result is CORRECT) == (result is CORRECT), text


@pytest.mark.parametrize(
    ("text", "live", "same"),
    [
        pytest.param("`a`", "a", True, id="a span"),
        pytest.param("`a;", "a", False, id="a mark at the start"),
        pytest.param(";a`", "a", False, id="a mark at the end"),
        pytest.param("`a` `b`", "a` `b", False, id="two spans"),
        pytest.param(";`a`;", "`a`", False, id="a span inside"),
    ],
)
def test_only_a_span_around_the_whole_option_is_code(text: str, live: str, same: bool) -> None:
    asked = question("choice")
    assert isinstance(asked, Choice)
    one = structs.replace(asked, options=(structs.replace(asked.options[0], text=text),))
    assert matching_options(one, Observation(Scalar(live), live)) == ((0,) if same else ())


def test_a_choice_whose_right_option_only_a_run_could_tell_stays_open() -> None:
    asked = question("choice", **{", right: true": ""})
    found = verdict(asked, Picked((0,)), SLOW)
    assert (found.result, found.unproven, found.right_options) == (OPEN, "stopped after 2.5 s", ())
    assert [shown.outcome for shown in found.evidence] == [SLOW]
    assert needs_run(asked)
    assert not needs_run(question("choice"))


def test_a_choice_without_a_value_is_judged_by_the_record_and_its_proof_is_shown() -> None:
    recorded = question("choice", **{"    value: 1 / (1 - 0.2)\n": ""})
    assert verdict(recorded, Picked((0,))).result is CORRECT
    proven = question("choice", **{"value: 1 / (1 - 0.2)": "proof: assert True"})
    found = verdict(proven, Picked((1,)), ran())
    assert (found.result, found.right_options, found.answer) == (WRONG, (0,), "1.25")
    assert found.evidence == (Evidence("assert True", ran()),)
    assert verdict(proven, Picked((0,)), NOPE).unproven == "AssertionError: nope"


@pytest.mark.parametrize(
    ("observation", "truth"),
    [
        pytest.param(Observation(Scalar(True), "True"), True, id="True"),
        pytest.param(Observation(Scalar(False), "tensor(True)"), False, id="False"),
        pytest.param(Observation(Scalar(1), "1"), False, id="one"),
        pytest.param(Observation(Tensor("bool", (), b"\1"), "tensor(True)"), True, id="a tensor"),
        pytest.param(Observation(Tensor("bool", (), b"\0"), "tensor(False)"), False, id="a false tensor"),
    ],
)
def test_only_the_boolean_is_true(observation: Observation, truth: bool) -> None:
    assert is_true(observation) is truth


HOLDS = ran((True, "True"), (False, "False"), (True, "True"))


def test_many_options_are_judged_one_by_one() -> None:
    asked = question("choices")
    found = verdict(asked, Picked((0, 1)), HOLDS)
    assert (found.result, found.right_options, found.answer) == (PARTLY, (0, 2), "Dropout; BatchNorm")
    assert (found.got, found.total) == (1, 3)
    assert (found.whys, found.misconceptions) == (("It is affine.", "It averages."), ("all-layers",))
    assert found.evidence[0].expressions == ("(nn.Dropout()(torch.ones(99)) == 0).any()", "False", "True")
    right = verdict(asked, Picked((2, 0)), HOLDS)
    assert (right.result, right.got, right.total, right.whys) == (CORRECT, 3, 3, ())


def test_what_holds_live_counts_and_what_does_not_run_is_recorded() -> None:
    asked = question("choices", **{', holds: "False"': ""})
    nothing = ran((False, "False"), (False, "False"))
    found = verdict(asked, Picked(()), nothing)
    assert (found.result, found.answer, found.right_options) == (CORRECT, "none of these", ())
    assert verdict(asked, Picked((0,)), nothing).result is WRONG
    swapped = verdict(asked, Picked((2,)), ran((False, "False"), (True, "True")))
    assert (swapped.result, swapped.right_options) == (CORRECT, (2,))
    failed = verdict(asked, Picked((0, 2)), SLOW)
    assert (failed.result, failed.unproven) == (CORRECT, "stopped after 2.5 s")
    assert [shown.outcome for shown in failed.evidence] == [SLOW]


def test_many_options_without_a_run_or_with_only_a_proof() -> None:
    asked = question("choices")
    recorded = structs.replace(asked, options=tuple(structs.replace(o, holds=None) for o in asked.options))  # type: ignore[union-attr]
    assert verdict(recorded, Picked((0, 2))).result is CORRECT
    assert not runs(recorded)
    proven = structs.replace(recorded, proof=Snippet("assert 1"))
    found = verdict(proven, Picked((0, 2)), ran())
    assert (found.result, found.evidence) == (CORRECT, (Evidence("assert 1", ran()),))
    assert runs(proven)


def test_a_claim_says_which_truth_was_right_and_what_was_confused() -> None:
    asked = question("true-false")
    found = verdict(asked, Claimed(True), ran())
    assert (found.result, found.answer, found.got) == (WRONG, "False", 0)
    assert found.misconceptions == ("eval-is-no-grad",)
    right = verdict(asked, Claimed(False), ran())
    assert (right.result, right.got, right.misconceptions, right.unproven) == (CORRECT, 1, (), "")
    plain = question("true-false", **{"answer: false": "answer: true", "    misconception: eval-is-no-grad\n": ""})
    other = verdict(plain, Claimed(False), ran())
    assert (other.answer, other.misconceptions) == ("True", ())
    assert verdict(structs.replace(plain, proof=None), Claimed(True)).result is CORRECT


def test_the_live_value_of_a_claim_counts_and_not_what_is_recorded() -> None:
    recorded = question("true-false", **{"    proof:": "    holds: nn.Linear(2, 1).training\n    proof:"})
    found = verdict(recorded, Claimed(True), ran((True, "True")))
    assert (found.result, found.answer, found.unproven) == (CORRECT, "True", "")
    assert found.evidence[0].expressions == ("nn.Linear(2, 1).training",)
    assert verdict(recorded, Claimed(False), ran((True, "True"))).result is WRONG
    assert verdict(recorded, Claimed(False), ran((False, "False"))).result is CORRECT
    none = verdict(recorded, Claimed(False), ran((2, "2")))
    assert (none.result, none.unproven) == (CORRECT, "torch says 2, which is neither True nor False")
    assert verdict(recorded, Claimed(False), SLOW).unproven == "stopped after 2.5 s"
    assert runs(structs.replace(recorded, proof=None))
    assert not runs(structs.replace(question("true-false"), proof=None))
