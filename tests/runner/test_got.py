"""What one run has shown is what another run gets, as real values."""

from __future__ import annotations

import pytest

from ptquiz.domain.snippets import Observation, Program, Snippet
from ptquiz.runner import LiveRunner
from tests.runner.conftest import ran
from tests.runner.test_capture import PREAMBLE, VALUES

REBUILT = [
    expression
    for expression in VALUES
    if expression not in ("len", "b'ab'", "ValueError('x')", "nn.ReLU()", "range(3)", "torch.device('cpu')")
    and not expression.startswith(("'x' *", "10**", "torch.zeros(3, 1"))
]


def observe(runner: LiveRunner, expression: str) -> Observation:
    program = Program(snippets=(Snippet(PREAMBLE),), values=(Snippet(expression),))
    (seen,) = ran(runner.run(program)).values
    return seen


@pytest.mark.parametrize("expression", REBUILT)
def test_a_value_survives_the_round_trip(runner: LiveRunner, expression: str) -> None:
    seen = observe(runner, expression)
    program = Program(snippets=(), values=(Snippet("got.x"),), got=(("x", seen.value),))
    assert ran(runner.run(program)).values[0].value == seen.value


def test_a_tensor_is_a_real_one(runner: LiveRunner) -> None:
    seen = observe(runner, "torch.tensor([1.0, float('nan')])")
    check = Snippet("import torch\ntorch.testing.assert_close(got.y, torch.tensor([1.0, torch.nan]), equal_nan=True)")
    assert ran(runner.run(Program(snippets=(check,), got=(("y", seen.value),)))).stderr == ""


def test_a_dtype_is_that_of_torch(runner: LiveRunner) -> None:
    seen = observe(runner, "torch.float16")
    program = Program(
        snippets=(Snippet("import torch"),), values=(Snippet("got.d is torch.float16"),), got=(("d", seen.value),)
    )
    assert ran(runner.run(program)).values[0].text == "True"


def test_an_opaque_value_comes_as_its_type_and_text(runner: LiveRunner) -> None:
    seen = observe(runner, "ValueError('x')")
    program = Program(snippets=(), values=(Snippet("(got.e.type, got.e.text)"),), got=(("e", seen.value),))
    assert ran(runner.run(program)).values[0].text == str(("ValueError", "ValueError('x')"))


def test_nothing_is_bound_when_nothing_was_got(runner: LiveRunner) -> None:
    program = Program(snippets=(), values=(Snippet("'got' in globals()"),))
    assert ran(runner.run(program)).values[0].text == "False"
