"""Values that a reader sets reach the sections that declare them, and no others."""

from __future__ import annotations

import pytest

from ptquiz.commands.explain import Shown, explain, read_values
from ptquiz.domain.decks import Deck
from ptquiz.errors import UsageError
from ptquiz.runner import LiveRunner
from tests.domain.decks import HEAD, deck, read

SECTIONS = """\
explain:
  - {level: answer, title: one, text: x, run: "print('${p} ${n}')", vary: {p: ["1", "2"], n: [a]}}
  - {level: answer, title: two, text: x, run: "print('plain')"}
  - {level: answer, title: three, text: x, run: "print('${p}')", vary: {p: ["3"]}}
"""


@pytest.fixture(scope="module")
def taught() -> Deck:
    return read(deck("flashcard", head=HEAD + SECTIONS))


def printed(shown: Shown) -> str:
    return shown.outcome.stdout.strip() if shown.outcome else ""


@pytest.mark.parametrize(
    ("settings", "outputs"),
    [
        ([], ["1 a", "plain", "3"]),
        (["n=b"], ["1 b", "plain", "3"]),
        (["p=9"], ["9 a", "plain", "9"]),
        (["3.p=9"], ["1 a", "plain", "9"]),
        (["1.p=8", "p=9"], ["8 a", "plain", "9"]),
        (["p=a=b"], ["a=b a", "plain", "a=b"]),
    ],
)
def test_a_value_changes_the_sections_that_declare_its_name(
    runner: LiveRunner, taught: Deck, settings: list[str], outputs: list[str]
) -> None:
    assert [printed(shown) for shown in explain(taught, runner.run, read_values(settings, taught))] == outputs


@pytest.mark.parametrize(
    ("setting", "message", "advice"),
    [
        ("q=1", '"q" cannot be set in sample', "what can be set: 1.p=1, n=a, 3.p=3"),
        ("2.p=1", '"2.p" cannot be set in sample', "what can be set: 1.p=1, n=a, 3.p=3"),
        ("p", '"p" is not a setting', "write it like --set p=0.9"),
        ("=1", '"=1" is not a setting', "write it like --set p=0.9"),
    ],
)
def test_what_cannot_be_set_is_told_with_what_can(taught: Deck, setting: str, message: str, advice: str) -> None:
    with pytest.raises(UsageError) as problem:
        read_values([setting], taught)
    assert (problem.value.message, problem.value.details) == (message, (advice,))


def test_a_section_for_another_torch_is_shown_and_not_run(runner: LiveRunner) -> None:
    section = "explain:\n  - {level: answer, title: t, text: x, run: print(1), requires: torch>=2.99}\n"
    demanding = read(deck("flashcard", head=HEAD + section))
    (shown,) = explain(demanding, runner.run, {}, torch=lambda: runner.torch_version)
    assert shown.outcome is None
    assert str(shown.not_run).startswith("it needs torch>=2.99, this is torch 2.")
    (unknown,) = explain(demanding, runner.run, {}, torch=lambda: "")
    assert printed(unknown) == "1"
