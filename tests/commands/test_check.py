"""A check runs what it must, and nothing twice."""

from __future__ import annotations

import pytest

from ptquiz.commands.check import Bench, prove_unit, units
from ptquiz.domain.snippets import Outcome, Program
from ptquiz.runner import LiveRunner
from tests.domain.decks import deck, read


@pytest.mark.parametrize("kind", ["write", "fix"])
def test_the_oracle_of_a_task_runs_once_for_all_wrong_solutions_and_mutants(runner: LiveRunner, kind: str) -> None:
    asked: list[Program] = []

    def run(program: Program) -> Outcome:
        asked.append(program)
        return runner.run(program)

    (unit,) = units([read(deck(kind))])
    found = prove_unit(unit, Bench(run), mutate=True)
    assert found.problems == ()
    assert found.survey is not None
    assert found.survey.mutants > 0
    assert all(program not in asked[:n] for n, program in enumerate(asked))
