"""What each command loads, seen from a fresh interpreter: only what it needs, since loading is most of a start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.program import ptquiz, surroundings, write_deck
from tests.ui.terminal.pty_driver import Pty

NEVER = {
    *("torch", "numpy", "yaml", "jinja2", "pydantic", "genanki", "zstandard", "snowballstemmer", "platformdirs"),
    *("prompt_toolkit", "pygments", "rich.markdown", "rich.syntax", "rich.panel", "asyncio", "concurrent.futures"),
    *("multiprocessing", "importlib.metadata", "ssl", "http", "urllib.request", "socket", "hashlib", "tomllib"),
    *("logging", "tempfile", "zipfile", "csv", "email", "_strptime", "ptquiz.runner.client", "ptquiz.pytest_plugin"),
}
"""Loaded by none of the commands below."""
DATABASE = {"sqlite3", "ptquiz.store"}
MEMORY = {"fsrs_rs_python"}
DECKS = {"ptquiz.banks", "ptquiz.domain.questions"}
SCREEN = {"rich", "rich.console", "rich.table", "ptquiz.ui.terminal.screen"}
VALUES = {"msgspec", "json", "random", "decimal", "statistics"}
WITHOUT_WORK = DATABASE | MEMORY | DECKS | SCREEN | VALUES

COMMANDS: dict[str, set[str]] = {
    "--version": WITHOUT_WORK,
    "--help": WITHOUT_WORK,
    "check --help": WITHOUT_WORK,
    "practice --help": WITHOUT_WORK,
    "deck --help": WITHOUT_WORK,
    "": MEMORY | {"rich.table", "json", "statistics"},
    "due": MEMORY | {"rich.table"},
    "due --json": MEMORY | {"rich.table"},
    "stats": {"ptquiz.runner"},
    "plan": {"ptquiz.runner"},
    "explain": DATABASE | MEMORY,
    "deck list": DATABASE | MEMORY,
    "course list": MEMORY,
    "paths": DATABASE | MEMORY,
}
"""What each must not load besides."""

COMPLETIONS = {
    "practice --": SCREEN | DATABASE | MEMORY | {"ptquiz.domain.questions", "json"},
    "explain sam": SCREEN | DATABASE | MEMORY | {"ptquiz.domain.questions", "json"},
    "deck preview s-": SCREEN | DATABASE | MEMORY | {"ptquiz.domain.questions", "json"},
    "practice --course just": SCREEN | DATABASE | MEMORY | {"ptquiz.domain.questions", "json"},
}

BEFORE_THE_FIRST_QUESTION = {
    *(NEVER - {"ptquiz.runner.client"}),
    *("fsrs_rs_python", "rich.table", "_hashlib", "subprocess", "difflib", "statistics", "tokenize", "traceback"),
    *("ptquiz.ui.asides", "ptquiz.ui.experimenting", "ptquiz.ui.verdict_view", "ptquiz.ui.words.tables"),
    *("ptquiz.ui.explain_view", "ptquiz.commands.explain", "ptquiz.commands.telling", "ptquiz.commands.plan"),
    *("ptquiz.store.backups", "ptquiz.runner.interpreter", "ptquiz.runner.protocol", "ptquiz.cli.protocol"),
}
"""Besides what typer and rich.console load for themselves."""

DRAW = """
import io, sys
from pathlib import Path
import typer, rich.console
libraries = set(sys.modules)

class Terminal(io.TextIOWrapper):
    def write(self, text):
        told = Path(sys.argv[2])
        if "q quit" in text and not told.exists():
            told.write_text("\\n".join(sorted(set(sys.modules) - libraries)), "utf-8")
        return super().write(text)

sys.stdout = Terminal(sys.stdout.buffer, encoding="utf-8", line_buffering=True)
from ptquiz.cli.main import main
main(["practice", "-d", sys.argv[1]])
"""


@pytest.fixture
def practised(tmp_path: Path) -> Path:
    """A deck that was read before, which takes yaml, and of which one question was answered."""
    deck = write_deck(tmp_path, "choice", "true-false")
    ptquiz("deck", "add", str(deck), "--yes")
    assert "1 answered" in ptquiz("practice", "--plain", "-d", str(deck), keys=["1", "3", "q"]).stdout
    ptquiz("due")
    return deck


def loaded(*words: str, env: Mapping[str, str]) -> set[str]:
    """Return the modules that a command loads from its start to its end."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ptquiz", *words],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout
    lines = ended.stderr.splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def test_each_command_loads_only_what_it_needs(practised: Path) -> None:
    found = {line: loaded(*line.split(), env=surroundings()) for line in COMMANDS}
    assert all("ptquiz.cli.app" in modules for modules in found.values())
    too_much = {line: modules & (NEVER | COMMANDS[line]) for line, modules in found.items()}
    assert too_much == {line: set() for line in COMMANDS}


def test_completing_loads_only_names(practised: Path) -> None:
    too_much = {}
    for line, forbidden in COMPLETIONS.items():
        words = f"ptquiz {line}"
        asked = {"_PTQUIZ_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        too_much[line] = loaded(env=surroundings(**asked)) & (NEVER | forbidden)
    assert too_much == {line: set() for line in COMPLETIONS}


def test_the_first_choice_question_is_drawn_in_a_terminal_without_anything_that_comes_later(tmp_path: Path) -> None:
    deck, told = write_deck(tmp_path, "choice"), tmp_path / "loaded.txt"
    ptquiz("practice", "--plain", "-d", str(deck))
    with Pty([sys.executable, "-c", DRAW, str(deck), str(told)], env=surroundings()) as terminal:
        terminal.wait_for("q quit")
        assert "What is 1 / (1 - p) for p = 0.2?" in terminal.transcript
    found = set(told.read_text("utf-8").split())
    assert "ptquiz.ui.practice" in found
    assert found & BEFORE_THE_FIRST_QUESTION == set()
