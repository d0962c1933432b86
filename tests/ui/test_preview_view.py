"""A preview shows every kind with its answer and its proof."""

from __future__ import annotations

import io

import pytest

from ptquiz.commands.preview import preview
from ptquiz.runner import LiveRunner
from ptquiz.ui.preview_view import show_preview
from ptquiz.ui.terminal.screen import Screen
from tests.domain.decks import QUESTIONS, question


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_is_shown_with_its_answer_and_holds(runner: LiveRunner, kind: str) -> None:
    out = io.StringIO()
    seen = preview(question(kind), runner.run, lambda _: True, seed=1)
    show_preview(Screen(out), seen, torch=lambda: "2", lines=lambda _: [])
    shown = out.getvalue()
    assert "ANSWER SHOWN" in shown or "CORRECT" in shown
    assert shown.endswith("everything it claims holds (torch 2)\n")


KEPT_BACK = {
    "choice": "why 1:",
    "choices": "(all-layers)",
    "true-false": "misconceptions: eval-is-no-grad",
    "short": "(accepted: ",
    "write": "a wrong solution: Another dimension.",
}


@pytest.mark.parametrize(("kind", "text"), KEPT_BACK.items())
def test_an_author_sees_what_practice_shows_only_of_some_answers(runner: LiveRunner, kind: str, text: str) -> None:
    out = io.StringIO()
    seen = preview(question(kind), runner.run, lambda _: True, seed=1)
    show_preview(Screen(out), seen, torch=lambda: "2", lines=lambda _: [])
    assert text in out.getvalue()


def test_without_consent_nothing_is_run() -> None:
    def run(_: object) -> None:
        raise AssertionError("something was run")

    seen = preview(question("true-false"), run, lambda _: False, seed=0)  # type: ignore[arg-type]
    assert str(seen.not_proven) == "this deck's code may not run yet: ptquiz deck trust sample"
