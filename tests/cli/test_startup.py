"""What is built at a start: only the parser that is needed; test_imports.py tells what is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.program import surroundings


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
