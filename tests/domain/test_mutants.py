"""Mutants are small, distinct, parse, and are rejected by checks that look closely."""

from __future__ import annotations

import ast

from msgspec.structs import replace

from ptquiz.domain.proving.mutants import MOST, mutants, survey
from ptquiz.domain.questions import CodeTask
from ptquiz.domain.snippets import Snippet, TimedOut, conduct
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
    assert strict.untried == 0
    assert [mutant.change for mutant in strict.survivors] == ["USub is dropped"]
    assert len(lax.survivors) > len(strict.survivors)


def test_of_a_long_solution_some_mutants_are_tried_and_the_others_are_counted() -> None:
    task = question("fix")
    assert isinstance(task, CodeTask)
    long = replace(task, solution=Snippet("\n".join(f"x{n} = {n} + 1" for n in range(MOST))))
    found = conduct(survey(long), lambda _: TimedOut(10.0))
    assert (found.mutants, found.mutants + found.untried) == (MOST, len(list(mutants(long.solution.code))))


def with_survivors(*survivors: str) -> CodeTask:
    lines = "".join(f"      - {{mutant: '{mutant}', why: the other end is the same here}}\n" for mutant in survivors)
    task = question("fix", **{"    checks:\n": f"    survivors:\n{lines}    checks:\n"})
    assert isinstance(task, CodeTask)
    return task


def test_a_justified_survivor_is_counted_apart(runner: LiveRunner) -> None:
    found = conduct(survey(with_survivors("line 2, USub is dropped")), runner.run)
    assert (found.survivors, [mutant.name for mutant in found.justified]) == ((), ["line 2, USub is dropped"])
    assert found.killed == found.to_kill == found.mutants - 1
    assert found.stale == ()


def test_a_justification_of_what_the_checks_reject_or_what_is_no_mutant_is_stale(runner: LiveRunner) -> None:
    task = with_survivors("line 2, USub is dropped", "line 2, 1 becomes 0", "line 2, USub is droped")
    assert [(str(problem), problem.hint) for problem in conduct(survey(task), runner.run).stale] == [
        ('sample.yaml:23:9: the checks reject "line 2, 1 becomes 0"', "take it out of survivors"),
        (
            'sample.yaml:24:9: no mutant of the solution is "line 2, USub is droped"',
            'did you mean "line 2, USub is dropped"?',
        ),
    ]


def test_the_mutants_of_one_line_have_different_names() -> None:
    names = [mutant.name for mutant in mutants("y = x[1] + x[1] * 1\n")]
    assert len(set(names)) == len(names)
    assert "line 1, 1 becomes 2 (place 3)" in names


def test_a_family_of_solutions_is_surveyed_by_its_first_member(runner: LiveRunner) -> None:
    family = question(
        "fix", **{"softmax(-1)": "softmax(${dim})", "    starter:": "    vary: {dim: [-1]}\n    starter:"}
    )
    assert isinstance(family, CodeTask)
    assert conduct(survey(family), runner.run).mutants >= 2
