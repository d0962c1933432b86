"""What an author changes in a deck, as a learner meets it: renamed questions, requirements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import TUESDAY, ptquiz, write_deck

DAYS_LATER = "2026-12-20T09:00:00+00:00"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def practise(path: Path, *keys: str, now: str = TUESDAY) -> str:
    ended = ptquiz("practice", "--plain", "-d", str(path), keys=keys, PTQUIZ_NOW=now)
    assert ended.returncode == ExitCode.DONE, ended.stderr
    return ended.stdout


def rename(path: Path) -> None:
    change(path, "id: s-flashcard", "id: s-card\n    aliases: [s-flashcard]")


def added(tmp_path: Path, *kinds: str) -> Path:
    path = write_deck(tmp_path, *kinds)
    ptquiz("deck", "add", str(path), "--trust")
    return path


def test_a_renamed_question_is_asked_when_its_old_self_would_be(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    practise(path, "", "3")
    rename(path)
    assert "Nothing is due." in practise(path)
    assert "1 due, 0 new" in practise(path, "q", now=DAYS_LATER)


def test_reports_count_a_renamed_question_once(tmp_path: Path) -> None:
    path = added(tmp_path, "flashcard")
    practise(path, "", "3")
    rename(path)
    due = json.loads(ptquiz("due", "-t", "sample", "--json", PTQUIZ_NOW=DAYS_LATER).stdout)
    assert [item["question"] for item in due["due"]] == ["s-card"]
    stats = json.loads(ptquiz("stats", "-t", "sample", "--json", PTQUIZ_NOW=DAYS_LATER).stdout)
    assert (stats["topics"][0]["new"], stats["archived"]) == (0, 0)
    assert "every question with a history is in a deck" in ptquiz("state", "archived").stdout


def test_undoing_reaches_what_was_rated_under_the_old_id(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard", "number")
    practise(path, "", "3", "q")
    rename(path)
    assert "undone: s-card is back" in practise(path, "u", "q")
    assert "0 due, 2 new" in practise(path, "q")
    assert "every state is what the log says" in ptquiz("state", "check").stdout


@pytest.fixture
def demanding(tmp_path: Path) -> Path:
    path = added(tmp_path, "flashcard", "number")
    change(path, "    ask: What is eval()?", "    requires: torch>=2.99\n    ask: What is eval()?")
    return path


def test_a_question_for_another_torch_is_not_asked_and_is_counted(demanding: Path) -> None:
    ended = ptquiz("practice", "--plain", "-d", str(demanding), keys=["q"])
    assert "0 due, 1 new" in ended.stdout
    assert ended.stderr.startswith("ptquiz: 1 question needs torch>=2.99, this is torch 2.")


def test_topics_that_need_no_other_torch_are_not_bothered_with_it(demanding: Path) -> None:
    assert ptquiz("practice", "--plain", "-t", "dropout", keys=["q"]).stderr == ""


def test_what_is_due_leaves_out_what_needs_another_torch(demanding: Path) -> None:
    change(demanding, "torch>=2.99", "torch>=2")
    practise(demanding, "", "3", "q")
    change(demanding, "torch>=2\n", "torch>=2.99\n")
    ended = ptquiz("due", "-t", "sample", PTQUIZ_NOW=DAYS_LATER)
    assert "s-flashcard" not in ended.stdout
    assert "1 question needs torch>=2.99" in ended.stderr
    silent = ptquiz("due", "--exit-code", PTQUIZ_NOW=DAYS_LATER)
    assert (silent.returncode, silent.stdout, silent.stderr) == (ExitCode.FAILED, "", "")


def test_a_preview_for_another_torch_says_so_and_proves_nothing(demanding: Path) -> None:
    ended = ptquiz("deck", "preview", "s-flashcard", "-d", str(demanding))
    assert ended.returncode == ExitCode.DONE
    assert "not proven here: it needs torch>=2.99, this is torch 2." in ended.stdout
