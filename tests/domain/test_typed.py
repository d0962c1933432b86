"""What every way in which a run can end makes of typed outputs and numbers."""

from __future__ import annotations

import pytest
from msgspec import structs

from ptquiz.domain.answers import (
    GaveUp,
    Typed,
)
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.judging.typed import live_number, names_exception
from ptquiz.domain.snippets import (
    Crashed,
    Observation,
    Opaque,
    Outcome,
    Raised,
    Scalar,
    Snippet,
    Tensor,
)
from ptquiz.domain.verdicts import Evidence, Result
from tests.domain.decks import question
from tests.domain.written_runs import NOPE, SLOW, ran, verdict

CORRECT, PARTLY, WRONG, OPEN = Result


def test_a_predicted_output_stays_open_where_nothing_ran() -> None:
    for outcome in (SLOW, Crashed("gone")):
        found = verdict(question("predict"), Typed("1"), outcome)
        assert (found.result, found.unproven, found.answer) == (OPEN, failure(outcome), "")
        assert found.evidence == (Evidence("", outcome),)


def test_a_predicted_output_is_compared_with_what_was_printed() -> None:
    found = verdict(question("predict"), Typed("1"), ran(stdout="1.0 \n"))
    assert (found.result, found.answer, found.got) == (CORRECT, "1.0", 1)
    assert found.note == "accepted: the same number, written differently"
    missed = verdict(question("predict"), Typed("2"), ran(stdout="1.0\n"))
    assert (missed.result, missed.got, missed.note) == (WRONG, 0, "")


def test_a_predicted_exception_shows_what_was_printed_before_it() -> None:
    outcome = Raised("ValueError", "no", stdout="1\n")
    found = verdict(question("predict"), Typed("1\nValueError"), outcome)
    assert (found.result, found.answer, found.note, found.got) == (CORRECT, "1\nValueError: no", "", 1)
    silent = verdict(question("predict"), Typed("2"), structs.replace(outcome, stdout=""))
    assert (silent.result, silent.answer, silent.got) == (WRONG, "ValueError: no", 0)
    assert found.evidence == (Evidence("", outcome),)


@pytest.mark.parametrize(
    ("text", "type_", "named"),
    [
        pytest.param("ValueError", "ValueError", True, id="its name"),
        pytest.param("valueerror: shape", "ValueError", True, id="with a message"),
        pytest.param("torch.cuda.OutOfMemoryError", "torch.OutOfMemoryError", True, id="from another module"),
        pytest.param("OutOfMemoryError", "torch.OutOfMemoryError", True, id="without its module"),
        pytest.param("1\n2\nValueError", "ValueError", True, id="after output"),
        pytest.param("ValueError\n1", "ValueError", False, id="before output"),
        pytest.param("TypeError", "ValueError", False, id="another"),
        pytest.param("Value", "ValueError", False, id="half a name"),
        pytest.param("  Error ", "ValueError", True, id="the word"),
        pytest.param("raises", "ValueError", True, id="a verb"),
        pytest.param("报错", "ValueError", True, id="in Chinese"),
        pytest.param("", "ValueError", False, id="nothing"),
        pytest.param(" \n ", "ValueError", False, id="blanks"),
    ],
)
def test_an_exception_is_named(text: str, type_: str, named: bool) -> None:
    assert names_exception(text, type_) is named


FLOAT = b"\x00\x00\xc0\x3f"


@pytest.mark.parametrize(
    ("observation", "number"),
    [
        pytest.param(Observation(Scalar(3), "3"), 3.0, id="an int"),
        pytest.param(Observation(Scalar(True), "True"), 1.0, id="a bool"),
        pytest.param(Observation(Scalar(0.5), "0.5"), 0.5, id="a float"),
        pytest.param(Observation(Tensor("float32", (), FLOAT), ""), 1.5, id="a tensor without dimensions"),
        pytest.param(Observation(Tensor("float32", (1, 1), FLOAT), ""), 1.5, id="a tensor of one element"),
        pytest.param(Observation(Tensor("float32", (2,), FLOAT * 2), ""), None, id="a tensor of two"),
        pytest.param(Observation(Tensor("float32", (), None), ""), None, id="a tensor that was not sent"),
        pytest.param(Observation(Scalar("3"), "3"), None, id="a text"),
        pytest.param(Observation(Opaque("A", "3"), "3"), None, id="something else"),
    ],
)
def test_a_live_number(observation: Observation, number: float | None) -> None:
    assert live_number(observation) == number


@pytest.mark.parametrize(
    ("typed", "live", "more", "result"),
    [
        pytest.param("16", 16, {}, CORRECT, id="equal"),
        pytest.param("17", 16, {}, WRONG, id="another"),
        pytest.param("17", 16, {"abs_tol": 1.0}, CORRECT, id="as far as stated"),
        pytest.param("17.1", 16, {"abs_tol": 1.0}, WRONG, id="further than stated"),
        pytest.param("90", 100, {"rel_tol": 0.1, "abs_tol": 0.0}, CORRECT, id="by a share"),
        pytest.param("89", 100, {"rel_tol": 0.1, "abs_tol": 0.0}, WRONG, id="by more than the share"),
        pytest.param("nan", float("nan"), {}, CORRECT, id="NaN"),
        pytest.param("1", float("nan"), {}, WRONG, id="a number for NaN"),
        pytest.param("nan", 1, {}, WRONG, id="NaN for a number"),
    ],
)
def test_a_number_is_compared_within_its_tolerances(
    typed: str, live: float, more: dict[str, float], result: Result
) -> None:
    asked = structs.replace(question("number"), **more)
    found = verdict(asked, Typed(typed), ran((live, str(live))))
    assert (found.result, found.got) == (result, int(result is CORRECT))


def test_a_number_is_told_with_six_digits_and_its_unit() -> None:
    asked = question("number")
    assert verdict(asked, Typed("1"), ran((2 / 3, ""))).answer == "0.666667"
    assert verdict(structs.replace(asked, unit="MB"), Typed("1"), ran((12, ""))).answer == "12 MB"
    shown = verdict(asked, Typed("1"), ran((12, "12"))).evidence
    assert shown == (Evidence("", ran((12, "12")), ("sum(p.numel() for p in nn.Linear(3, 4).parameters())",)),)
    proven = structs.replace(asked, proof=Snippet("assert 1"))
    assert verdict(proven, Typed("1"), ran((12, "12"))).evidence[0].code == "assert 1"


@pytest.mark.parametrize(
    ("outcome", "unproven"),
    [
        pytest.param(ran(("x", "x")), "the value is not a number", id="a text"),
        pytest.param(ran(), "the value is not a number", id="nothing"),
        pytest.param(NOPE, "AssertionError: nope", id="raised"),
        pytest.param(SLOW, "stopped after 2.5 s", id="too long"),
    ],
)
def test_a_number_stays_open_where_none_came_out(outcome: Outcome, unproven: str) -> None:
    found = verdict(question("number"), Typed("16"), outcome)
    assert (found.result, found.unproven, len(found.evidence)) == (OPEN, unproven, 1)
    assert verdict(question("number"), GaveUp(), outcome).result is WRONG
