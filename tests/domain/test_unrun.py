"""What is refused, what the record decides, what is shown to who gives up."""

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
from ptquiz.domain.judging.judge import judge, judge_recorded, needs_run, refusal, runs
from ptquiz.domain.judging.programs import program
from ptquiz.domain.snippets import Outcome, Snippet
from ptquiz.domain.verdicts import Evidence, Result, Verdict
from tests.domain.decks import QUESTIONS, question
from tests.domain.written_runs import NOPE, conclude, ran, verdict

CORRECT, PARTLY, WRONG, OPEN = Result


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        pytest.param("choice", Picked(()), "pick one option", id="no option"),
        pytest.param("choice", Picked((1,)), "", id="one option"),
        pytest.param("choices", Picked(()), "", id="none of many"),
        pytest.param("predict", Typed("x"), "", id="an output"),
        pytest.param("fix", Coded("  "), "no code yet", id="no mended code"),
        pytest.param("fix", Coded("x"), "", id="some code"),
        pytest.param("short", Explained(" \n"), "nothing typed yet", id="no words"),
        pytest.param("short", Explained("x"), "", id="a word"),
        pytest.param("order", Ordered((0, 1)), "place all 3 steps", id="a step too few"),
        pytest.param("order", Ordered((2, 1, 0)), "", id="all steps"),
        *(pytest.param(kind, GaveUp(), "", id=f"giving up a {kind}") for kind in QUESTIONS),
    ],
)
def test_an_answer_that_is_none_is_refused(kind: str, answer: Answer, reason: str) -> None:
    assert refusal(question(kind), answer) == reason


WHY = "torch is not installed"

RECORDED: dict[str, tuple[str, Answer, Result, str, str]] = {
    "choice": ("choice", Picked((1,)), WRONG, "1.25", WHY),
    "choices": ("choices", Picked((0, 2)), CORRECT, "Dropout; BatchNorm", WHY),
    "claim": ("true-false", Claimed(False), CORRECT, "False", WHY),
    "output": ("predict", Typed("1"), OPEN, "", WHY),
    "number": ("number", Typed("1"), OPEN, "", WHY),
    "flashcard": ("flashcard", Recalled(), OPEN, "`self.train(False)`", ""),
    "blanks": ("fill", Filled(("eval", "x")), PARTLY, "eval; no_grad", WHY),
    "words": (
        "short",
        Explained("a flag"),
        PARTLY,
        "It sets training to False on every submodule; gradients are still computed.",
        "",
    ),
    "no words": (
        "short",
        GaveUp(),
        WRONG,
        "It sets training to False on every submodule; gradients are still computed.",
        "",
    ),
    "order": ("order", Ordered((0, 1, 2)), CORRECT, "1 2 3", WHY),
    "code": ("write", Coded("x"), OPEN, "def soft(x):\n    return x.softmax(-1)", WHY),
    "mended code": ("fix", GaveUp(), OPEN, "def soft(x):\n    return x.softmax(-1)", WHY),
}


@pytest.mark.parametrize(("kind", "answer", "result", "right", "unproven"), RECORDED.values(), ids=RECORDED)
def test_without_a_run_the_record_decides_what_it_can(
    kind: str, answer: Answer, result: Result, right: str, unproven: str
) -> None:
    found = judge_recorded(question(kind), answer, WHY)
    assert (found.result, found.answer, found.unproven) == (result, right, unproven)


def test_a_flashcard_with_a_proof_says_that_it_was_not_proven() -> None:
    card = structs.replace(question("flashcard"), proof=Snippet("assert 1"))
    assert judge_recorded(card, Recalled(), WHY).unproven == WHY
    found = verdict(card, Recalled(), NOPE)
    assert (found.result, found.answer, found.unproven) == (OPEN, "`self.train(False)`", "AssertionError: nope")
    assert found.evidence == (Evidence("assert 1", NOPE),)


def test_the_proof_of_a_model_answer_is_evidence() -> None:
    asked = structs.replace(question("short"), proof=Snippet("assert 1"))
    found = verdict(asked, Explained("a flag"), NOPE)
    assert (found.result, found.got, found.total) == (PARTLY, 1, 3)
    assert (found.evidence, found.unproven) == ((Evidence("assert 1", NOPE),), "AssertionError: nope")


PROOF = Snippet("assert 1")

PROVEN: dict[str, tuple[Answer, Outcome]] = {
    "choice": (Picked((0,)), ran((1.25, "1.25"))),
    "choices": (Picked((0,)), ran((True, ""), (False, ""), (True, ""))),
    "true-false": (Claimed(True), ran()),
    "number": (Typed("16"), ran((16, "16"))),
    "flashcard": (Recalled(), ran()),
    "fill": (Filled(("eval", "no_grad")), ran()),
    "short": (Explained("a flag"), ran()),
    "order": (Ordered((0, 1, 2)), ran()),
}


@pytest.mark.parametrize(("kind", "answer", "outcome"), [(kind, *case) for kind, case in PROVEN.items()], ids=PROVEN)
def test_a_proof_runs_last_and_what_is_live_is_evaluated(kind: str, answer: Answer, outcome: Outcome) -> None:
    _, (asked,) = conclude(judge(structs.replace(question(kind), proof=PROOF), answer), outcome)
    assert asked.snippets[-1] == PROOF
    assert len(asked.values) == {"choice": 1, "choices": 3, "number": 1}.get(kind, 0)


def test_a_program_takes_the_seed_that_it_is_given() -> None:
    assert (program(question("number")).seed, program(question("number"), seed=7).seed) == (0, 7)


def test_an_option_that_torch_calls_right_is_no_misconception() -> None:
    found = verdict(question("choice"), Picked((1,)), ran((0.8, "0.8")))
    assert (found.result, found.misconceptions, found.whys) == (CORRECT, (), ())


def test_a_claim_that_has_nothing_to_run_is_not_called_unproven() -> None:
    assert verdict(structs.replace(question("true-false"), proof=None), Claimed(False)).unproven == ""


LIVE = {"predict", "number", "write", "fix"}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_what_only_a_run_can_tell_and_what_runs_at_all(kind: str) -> None:
    asked = question(kind)
    assert needs_run(asked) == (kind in LIVE)
    assert runs(asked) == (kind not in ("flashcard", "short"))
    assert runs(structs.replace(asked, proof=Snippet("assert 1")))


GIVEN_UP: dict[str, tuple[list[Outcome], str]] = {
    "choice": ([ran((1.25, "1.25"))], "1.25"),
    "choices": ([ran((True, ""), (False, ""), (True, ""))], "Dropout; BatchNorm"),
    "true-false": ([ran()], "False"),
    "predict": ([ran(stdout="")], ""),
    "number": ([ran((16, "16"))], "16"),
    "flashcard": ([], "`self.train(False)`"),
    "fill": ([ran()], "eval; no_grad"),
    "short": ([], "It sets training to False on every submodule; gradients are still computed."),
    "order": ([ran()], "1 2 3"),
    "fix": ([], "def soft(x):\n    return x.softmax(-1)"),
    "write": ([], "def soft(x):\n    return x.softmax(-1)"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_giving_up_shows_what_is_right_and_blames_nothing(kind: str) -> None:
    outcomes, right = GIVEN_UP[kind]
    found = verdict(question(kind), GaveUp(), *outcomes)
    assert (found.result, found.answer, found.got) == (WRONG, right, 0)
    assert (found.whys, found.misconceptions, found.note) == ((), (), "")
    assert [shown.outcome for shown in found.evidence] == outcomes


def test_giving_up_a_claim_with_a_misconception_is_not_called_one() -> None:
    asked = question("true-false", **{"answer: false": "answer: true"})
    found: Verdict = verdict(asked, GaveUp(), ran())
    assert (found.answer, found.misconceptions) == ("True", ())
