"""Completion in the shell, by the protocol that the shells speak."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ptquiz.commands.completion import Names
from ptquiz.paths import shipped_questions
from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck


@pytest.fixture(autouse=True)
def compiled_here(home: Path) -> None:
    """Compile decks for each test alone: whatever was compiled is offered."""
    index = home / "cache" / "index"
    index.unlink()
    index.mkdir()


def complete(shell: str, line: str) -> list[str]:
    """Ask for completions of the last word of a line, as a shell's script does."""
    words = line.split(" ")
    asked = {
        "_PTQUIZ_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
    }
    ended = subprocess.run(
        PTQUIZ, env=surroundings(**asked), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert "Traceback" not in ended.stderr
    return [line for line in ended.stdout.splitlines() if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_and_topics_are_completed(shell: str) -> None:
    assert any("practice" in word for word in complete(shell, "ptquiz prac"))
    assert any("dropout" in word for word in complete(shell, "ptquiz explain drop"))
    assert any("batchnorm" in word for word in complete(shell, "ptquiz practice -t batch"))


def test_own_decks_and_question_ids_are_completed_from_the_compiled_decks(tmp_path: Path) -> None:
    ptquiz("practice", "-d", str(write_deck(tmp_path, "choice", "true-false")), "--plain")
    assert complete("bash", "ptquiz explain samp") == ["sample"]
    assert complete("bash", "ptquiz deck preview s-") == ["s-choice", "s-claim"]
    assert complete("bash", "ptquiz deck preview s") == []


@pytest.mark.parametrize(
    "line", ["due -t samp", "stats -t samp", "plan -t samp", "deck coverage -t samp", "deck trust samp"]
)
def test_own_topics_are_completed_wherever_one_is_named(tmp_path: Path, line: str) -> None:
    ptquiz("practice", "-d", str(write_deck(tmp_path, "choice")), "--plain")
    assert complete("bash", f"ptquiz {line}") == ["sample"]


def test_at_most_fifty_ids_are_offered() -> None:
    ptquiz("due")  # compiles the shipped decks
    assert len(complete("bash", "ptquiz deck preview dropout-")) == 50


def test_languages_are_completed() -> None:
    assert complete("bash", "ptquiz --lang z") == ["zh"]
    assert any("中文" in line for line in complete("zsh", "ptquiz --lang z"))


def test_a_damaged_index_completes_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "broken.contents").write_bytes(b"\xc1 no index")
    assert ("dropout", "") in Names(tmp_path, shipped_questions()).topics("drop")
