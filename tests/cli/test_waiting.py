"""New questions that wait for another day: the learner is told which, why, and what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import ptquiz, write_deck
from tests.cli.test_configuring import configure
from tests.domain.decks import deck


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = write_deck(tmp_path, "true-false", "flashcard", "choice")
    ptquiz("deck", "add", str(path), "--trust")
    return str(path)


def test_a_limit_that_is_reached_is_said_with_a_command_that_keeps_the_topic(path: str) -> None:
    ptquiz("practice", "-t", "sample", "--plain", "--new", "2", keys=["1", "3", "", "3", ""])
    ended = ptquiz("practice", "-t", "sample", "--plain", "--new", "2")
    lines = ended.stdout.splitlines()
    assert lines[1] == "New questions today: 2 seen, the limit is 2, 1 still unseen."
    assert "  ptquiz practice -t sample --new 12   learn more new questions today" in lines
    assert "0 due, 1 new" in ptquiz("practice", "-t", "sample", "--plain", "--new", "12").stdout


def test_the_overview_says_that_the_limit_is_reached(home: Path) -> None:
    configure(home, "new_per_day = 0\n")
    assert ptquiz().stdout.splitlines()[1].startswith("New questions today: 0 seen, the limit is 0, ")


def test_more_new_questions_are_proposed_only_where_some_are_left(path: str) -> None:
    ptquiz("practice", "-d", path, "--plain", keys=["1", "3", "", "3", "1", "3", ""])
    ended = ptquiz("practice", "-d", path, "--plain")
    assert ended.stdout.startswith("Nothing is due.")
    assert "New questions today" not in ended.stdout
    assert "--new" not in ended.stdout


def test_a_session_that_is_shorter_than_wished_says_that_questions_follow_from_it(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    text = deck("true-false", "flashcard")
    path.write_text(text.replace("    kind: flashcard\n", "    kind: flashcard\n    follows: [s-claim]\n"), "utf-8")
    lines = ptquiz("practice", "-d", str(path), "--plain").stdout.splitlines()
    assert "0 due, 1 new" in lines[0]
    assert lines[1] == "1 new question waits for another day: it follows from those of today."


def test_a_plan_says_what_it_leaves_of_a_topic_for_later(path: str) -> None:
    ptquiz("plan", "--interview", "2026-12-14", "--minutes", "20")
    lines = ptquiz("practice", "-t", "sample", "--plain").stdout.splitlines()
    assert lines[0].startswith("sample for the interview on 14 Dec, 0 due, 1 new")
    assert "The plan leaves 2 new questions for later; --new asks for more today." in lines


def test_a_limit_of_the_command_line_beats_the_plan(path: str) -> None:
    ptquiz("plan", "--interview", "2026-12-14", "--minutes", "20")
    asked = ptquiz("practice", "-t", "sample", "--new", "5", "--plain", keys=["1", "3"])
    assert asked.stdout.startswith("sample, 0 due, 3 new")
    assert "The plan leaves" not in asked.stdout
