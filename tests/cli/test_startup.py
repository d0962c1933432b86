"""What is loaded before the first question: only what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ptquiz, surroundings, write_deck

HEAVY = {
    *("torch", "numpy", "yaml", "prompt_toolkit", "pygments", "asyncio", "fsrs_rs_python", "platformdirs", "tomllib"),
    *("rich.markdown", "rich.syntax", "rich.table", "rich.panel"),
    *("hashlib", "_hashlib", "socket", "subprocess", "difflib", "statistics", "tokenize", "_strptime", "traceback"),
}
LATER = {
    *("ptquiz.ui.asides", "ptquiz.ui.experimenting", "ptquiz.ui.verdict_view", "ptquiz.ui.words.tables"),
    *("ptquiz.ui.explain_view", "ptquiz.commands.explain", "ptquiz.commands.telling", "ptquiz.commands.plan"),
    *("ptquiz.store.backups", "ptquiz.runner.interpreter", "ptquiz.runner.protocol", "ptquiz.cli.protocol"),
}
LOOK = """
import io, sys
from dataclasses import replace
import typer, rich.console
libraries = set(sys.modules)
from ptquiz.cli.environment import system_environment
from ptquiz.cli.main import main

class Terminal(io.StringIO):
    loaded = None
    def write(self, text):
        if self.loaded is None and "q quit" in text:
            self.loaded = set(sys.modules) - libraries
        return super().write(text)

terminal = Terminal()
main(["practice", "--plain", "-d", sys.argv[1]], replace(system_environment(), stdin=io.StringIO(), stdout=terminal))
print(*sorted(terminal.loaded))
"""


@pytest.fixture
def compiled(tmp_path: Path) -> str:
    """The path of a deck that was read before; the first time takes yaml."""
    path = str(write_deck(tmp_path, "choice"))
    ptquiz("practice", "--plain", "-d", path)
    return path


def test_the_first_question_is_drawn_without_anything_that_comes_later(compiled: str) -> None:
    command = [sys.executable, "-c", LOOK, compiled]
    ended = subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())
    assert "ptquiz.ui.practice" in loaded
    assert loaded & (HEAVY | LATER) == set()


@pytest.mark.parametrize("words", [["--version"], ["practice", "--help"], ["due"]], ids=" ".join)
def test_only_the_parser_of_the_command_that_is_named_is_built(words: list[str]) -> None:
    look = """
import sys, typer.main
built = []
build = typer.main.get_command_from_info
def counted(info=None, **more):
    command = build(info or more.pop("command_info"), **more)
    built.append(command.name)
    return command
typer.main.get_command_from_info = counted
from ptquiz.cli.main import main
main(sys.argv[1:])
print(*built, file=sys.stderr)
"""
    command = [sys.executable, "-c", look, *words]
    ended = subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=True)
    assert ended.stderr.split() == [word for word in words if not word.startswith("-")]
