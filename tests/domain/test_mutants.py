"""Mutants are small, distinct, parse, and are rejected by checks that look closely."""

from __future__ import annotations

import ast

from ptquiz.domain.proving.mutants import MOST, mutants, survey
from ptquiz.domain.questions import CodeTask
from ptquiz.domain.snippets import conduct
from ptquiz.runner import LiveRunner
from tests.domain.decks import question

CODE = """\
def scale(x, p, training=True):
    "Scale x."
    if not training or p == 0:
        return x
    y = x * 2 + 1
    y.add_(-1.5, alpha=3)
    return y / (1 - p)
"""


def test_each_mutant_is_another_program_that_parses() -> None:
    found = list(mutants(CODE))
    assert len({ast.dump(ast.parse(mutant.code)) for mutant in found}) == len(found)
    assert ast.unparse(ast.parse(CODE)) not in {mutant.code for mutant in found}


def test_the_usual_slips_are_among_them() -> None:
    changes = {(mutant.line, mutant.change) for mutant in mutants(CODE)}
    assert {
        (1, "True becomes False"),
        (3, "Not is dropped"),
        (3, "Or becomes And"),
        (3, "Eq becomes NotEq"),
        (5, "Mult becomes Div"),
        (6, "alpha= is left out"),
        (6, "USub is dropped"),
        (7, "Sub becomes Add"),
        (3, "the condition is always false"),
    } <= changes
    assert any(change == "line 6 is left out" for _, change in changes)


def test_docstrings_are_left_alone() -> None:
    assert all("line 2" not in mutant.change for mutant in mutants(CODE))


def test_close_checks_reject_every_mutant_and_loose_ones_let_some_pass(runner: LiveRunner) -> None:
    close = question("fix")
    assert isinstance(close, CodeTask)
    loose = question("fix", **{"x = torch.randn(2, 3)": "x = torch.zeros(2, 2)"})
    assert isinstance(loose, CodeTask)
    strict, lax = conduct(survey(close), runner.run), conduct(survey(loose), runner.run)
    assert strict.mutants == lax.mutants <= MOST
    assert [mutant.change for mutant in strict.survivors] == ["USub is dropped"]
    assert len(lax.survivors) > len(strict.survivors)
