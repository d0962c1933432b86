"""A wrong solution that only fails for a slip of its author is told, one that fails for its reason is not."""

from __future__ import annotations

import pytest

from ptquiz.domain.proving.suspicion import suspect_wrongs
from ptquiz.domain.questions import CodeTask
from ptquiz.domain.snippets import conduct
from ptquiz.runner import LiveRunner
from tests.domain.decks import question

WRONG = 'code: "def soft(x): return x.softmax(0)", why: Another dimension.'


def suspicions(runner: LiveRunner, wrong: str) -> list[tuple[str, str]]:
    task = question("write", **{WRONG: wrong})
    assert isinstance(task, CodeTask)
    return [(str(problem), problem.hint) for problem in conduct(suspect_wrongs(task), runner.run)]


def test_a_misspelt_name_is_suspected(runner: LiveRunner) -> None:
    ((problem, hint),) = suspicions(runner, 'code: "def soft(x): return xx.softmax(0)", why: Another dimension.')
    assert problem == (
        "sample.yaml:21:16: this wrong solution fails every check with \"NameError: name 'xx' is not defined\""
    )
    assert hint == 'mend the typo; or, if it is meant, name NameError in its "why"'


@pytest.mark.parametrize(
    "wrong",
    [
        WRONG,
        'code: "def soft(x): return xx.softmax(0)", why: A NameError; xx is not defined.',
        'code: "def soft(x): return x.softmax(0) if x.shape[0] == 2 else x.sotfmax(0)", why: Another dimension.',
        'code: "def soft(x): raise ValueError", why: It gives up.',
    ],
    ids=["fails for its reason", "says so itself", "runs in one check", "raises something else"],
)
def test_what_is_meant_is_not_suspected(runner: LiveRunner, wrong: str) -> None:
    assert suspicions(runner, wrong) == []
