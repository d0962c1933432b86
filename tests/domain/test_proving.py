"""A deck whose claims hold is proven; each way of breaking one is found, at its place."""

from __future__ import annotations

import pytest

from ptquiz.commands.check import units
from ptquiz.domain.snippets import conduct
from ptquiz.runner import LiveRunner
from tests.domain.decks import HEAD, deck, read

EXPLAIN = """\
explain:
  - level: answer
    title: Default
    text: It is one flag.
    run: print(nn.Dropout().training)
    shows: "True"
    source: torch.nn.Module.eval
"""


def problems(runner: LiveRunner, text: str) -> list[str]:
    found = [conduct(unit.trial(), runner.run) for unit in units([read(text)])]
    return [str(problem) for each in found for problem in each]


def test_a_deck_that_is_right_is_proven(runner: LiveRunner) -> None:
    assert problems(runner, deck(head=HEAD + EXPLAIN)) == []


BROKEN = {
    "a false proof": (
        deck("true-false"),
        "assert y.requires_grad",
        "assert not y.requires_grad",
        "sample.yaml:19:7: AssertionError",
    ),
    "a proof that cannot run": (
        deck("true-false"),
        "assert y.requires_grad",
        "y.nope",
        "sample.yaml:19:7: AttributeError: 'Tensor' object has no attribute 'nope'",
    ),
    "a proof that never ends": (
        deck("true-false").replace("explain: It", "seconds: 1\n    explain: It"),
        "assert y.requires_grad",
        "while True: pass",
        "sample.yaml:18:7: stopped after 1 s",
    ),
    "a proof that hangs on the seed": (
        deck("true-false"),
        "assert y.requires_grad",
        "assert torch.initial_seed() == 0",
        "sample.yaml:19:7: AssertionError",
    ),
    "no option has the value": (
        deck("choice"),
        "value: 1 / (1 - 0.2)",
        "value: 7",
        "sample.yaml:19:12: the value is 7, which is none of the options",
    ),
    "another option has the value": (
        deck("choice"),
        "value: 1 / (1 - 0.2)",
        "value: 1 - 0.2",
        'sample.yaml:19:12: the value is 0.8, but "1.25" is marked right',
    ),
    "a statement that does not hold": (
        deck("choices"),
        'holds: "True"',
        'holds: "1 > 2"',
        'sample.yaml:17:66: "BatchNorm" is marked True, but this is False',
    ),
    "a claim that is not as true as its answer says": (
        deck("true-false").replace("    proof:", "    holds: nn.Linear(2, 1).eval().training\n    proof:"),
        "answer: false",
        "answer: true",
        "sample.yaml:16:12: the answer is True, but this is False",
    ),
    "a claim that is no truth": (
        deck("true-false").replace("    proof:", "    holds: nn.Linear(2, 1).eval().training\n    proof:"),
        "nn.Linear(2, 1).eval().training",
        "len('ab')",
        "sample.yaml:16:12: the value is 2, which is neither True nor False",
    ),
    "an output that depends on the seed": (
        deck("predict"),
        "print(x.sum().item())",
        "print(torch.rand(1).item())",
        "sample.yaml:15:7: the output depends on the seed",
    ),
    "an output of nothing": (
        deck("predict").replace("      print(x.sum().item())\n", ""),
        "print(x.shape)",
        "y = x.shape",
        "sample.yaml:15:7: the code prints nothing",
    ),
    "a value that is no number": (
        deck("number"),
        "value: sum(p.numel() for p in nn.Linear(3, 4).parameters())",
        "value: \"'a'\"",
        "sample.yaml:14:12: the value is a, which is not a number",
    ),
    "a starter that passes": (
        deck("write"),
        "          ...\n",
        "          return x.softmax(-1)\n",
        "sample.yaml:15:7: the starter passes every check",
    ),
    "a solution that fails": (
        deck("write"),
        "          return x.softmax(-1)\n",
        "          return x.softmax(-1).double()\n",
        'sample.yaml:18:7: the solution fails "values"',
    ),
    "inputs that cannot be made": (
        deck("write"),
        "x = torch.randn(2, 3)",
        "x, y, z = torch.randn(2, 3)",
        "sample.yaml:24:16: ValueError: not enough values to unpack (expected 3, got 2)",
    ),
    "a wrong solution that passes": (
        deck("write"),
        "return x.softmax(0)",
        "return x.softmax(1)",
        "sample.yaml:21:16: this wrong solution passes every check",
    ),
    "blanks whose answers fail the proof": (
        deck("fill"),
        "answer: no_grad, accept: [inference_mode]",
        "answer: enable_grad",
        "sample.yaml:22:12: AssertionError",
    ),
    "an accepted form that fails the proof": (
        deck("fill"),
        "accept: [inference_mode]",
        "accept: [enable_grad]",
        'sample.yaml:9:5: the accepted form "enable_grad" fails the proof: AssertionError',
    ),
    "an order that fails its proof": (
        deck("order"),
        "assert w.item() < 1",
        "assert w.item() > 1",
        "sample.yaml:21:12: the order as given fails the proof: AssertionError",
    ),
    "an order that does not matter": (
        deck("order").replace("loss.backward()", "print()").replace("opt.step()", "print()"),
        "assert w.item() < 1",
        "assert w.item() == 1",
        "sample.yaml:21:12: the reversed order passes the proof",
    ),
    "code that needs no fix": (
        deck("fix"),
        "x.softmax(0)",
        "x.softmax(-1)",
        "sample.yaml:16:7: the starter passes every check",
    ),
    "one member of a family that does not hold": (
        deck("number").replace("level: answer", "level: answer\n    vary: {n: [3, 4, five]}"),
        "nn.Linear(3, 4)",
        "nn.Linear(${n}, 4)",
        "sample.yaml:15:12: NameError: name 'five' is not defined (with n=five)",
    ),
    "another output than shown": (
        deck("choice", head=HEAD + EXPLAIN),
        'shows: "True"',
        'shows: "False"',
        'sample.yaml:12:10: the run does not show what "shows" says (seed 0)',
    ),
    "a source that is not there": (
        deck("choice", head=HEAD + EXPLAIN),
        "source: torch.nn.Module.eval",
        "source: torch.nn.Module.evil",
        'sample.yaml:12:10: source "torch.nn.Module.evil" does not exist: '
        "AttributeError: type object 'Module' has no attribute 'evil'",
    ),
    "a source without code": (
        deck("choice", head=HEAD + EXPLAIN),
        "source: torch.nn.Module.eval",
        "source: torch.dropout",
        'sample.yaml:12:10: "torch.dropout" has no Python source to show',
    ),
}


@pytest.mark.parametrize(("text", "old", "new", "problem"), BROKEN.values(), ids=BROKEN)
def test_finds_what_does_not_hold(runner: LiveRunner, text: str, old: str, new: str, problem: str) -> None:
    assert old in text
    found = problems(runner, text.replace(old, new))
    assert [line for line in found if line.startswith(problem)], found


@pytest.mark.parametrize("held", ["not nn.Linear(2, 1).eval().training", "torch.tensor([1, 2]).sum() == 3"])
def test_a_claim_that_holds_is_proven_without_a_proof(runner: LiveRunner, held: str) -> None:
    claim = deck("true-false").split("    proof:")[0].replace("answer: false", "answer: true")
    assert problems(runner, f"{claim}    holds: {held}\n") == []
    assert problems(runner, f"{claim}    holds: not ({held})\n") != []


def test_a_section_may_need_processes(runner: LiveRunner) -> None:
    text = deck("choice", head=HEAD + EXPLAIN).replace(
        'shows: "True"',
        'shows: "2"\n    needs: workers',
    )
    assert "print(nn.Dropout().training)" in text
    text = text.replace(
        "print(nn.Dropout().training)", "print(len([*torch.utils.data.DataLoader(range(4), 2, num_workers=1)]))"
    )
    assert problems(runner, text) == []
    assert any("PermissionError" in line for line in problems(runner, text.replace("    needs: workers\n", "")))
