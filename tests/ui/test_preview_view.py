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


def test_without_consent_nothing_is_run() -> None:
    def run(_: object) -> None:
        raise AssertionError("something was run")

    seen = preview(question("true-false"), run, lambda _: False, seed=0)  # type: ignore[arg-type]
    assert seen.not_proven == "this deck's code may not run yet: ptquiz deck trust sample"
