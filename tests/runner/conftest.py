"""One warm process for all tests of the runner, and short ways to run something on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest

from ptquiz.domain.snippets import Outcome, Place, Program, Raised, Ran, Snippet, Value
from ptquiz.runner import LiveRunner

DECK = "questions/dropout.yaml"


class Run(Protocol):
    """Run code as if it stood in a deck."""

    def __call__(
        self,
        code: str,
        *values: str,
        line: int = 1,
        seconds: float = 20.0,
        seed: int = 0,
        workers: bool = False,
    ) -> Outcome: ...


@pytest.fixture(scope="session")
def runner() -> Iterator[LiveRunner]:
    with LiveRunner() as shared:
        yield shared


@pytest.fixture
def run(runner: LiveRunner) -> Run:
    def run(
        code: str, *values: str, line: int = 1, seconds: float = 20.0, seed: int = 0, workers: bool = False
    ) -> Outcome:
        program = Program(
            snippets=(Snippet(code, Place(DECK, line)),),
            values=tuple(Snippet(value) for value in values),
            seconds=seconds,
            seed=seed,
            workers=workers,
        )
        return runner.run(program)

    return run


def ran(outcome: Outcome) -> Ran:
    """Return the outcome, which must be that of a run to the end."""
    assert isinstance(outcome, Ran), outcome
    return outcome


def raised(outcome: Outcome) -> Raised:
    """Return the outcome, which must be an exception."""
    assert isinstance(outcome, Raised), outcome
    return outcome


def only_value(outcome: Outcome) -> Value:
    """Return the one value of a program."""
    (observation,) = ran(outcome).values
    return observation.value
