"""What every --help says: something to type that works, in 80 columns; and what a mistyped command line is told."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from ptquiz.cli.app import app
from ptquiz.cli.misuse import SENTENCES
from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz

ROOT: Any = typer.main.get_command(app)


def commands(command: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    yield context.command_path, command, context
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, typer.Context(inner, info_name=name, parent=context))


EVERY = {path: (command, context) for path, command, context in commands(ROOT, typer.Context(ROOT, info_name="ptquiz"))}


@pytest.mark.parametrize("path", EVERY)
def test_every_help_fits_80_columns_and_has_an_example_of_its_command(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    command, context = EVERY[path]
    lines = command.get_help(context).splitlines()
    assert max(map(len, lines)) <= 80
    assert "Example:" in " ".join(lines)
    assert example_of(path).startswith(path)


def example_of(path: str) -> str:
    return " ".join((EVERY[path][0].help or "").partition("Example:")[2].split())


@pytest.mark.parametrize("path", EVERY)
def test_the_parser_takes_every_example(path: str) -> None:
    for part in example_of(path).split(" && "):
        words = shlex.split(part.partition(" > ")[0])
        assert words.pop(0) == "ptquiz"
        command = ROOT
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        command.make_context("ptquiz", [word for word in words if word not in ("--lang", "zh")])


def test_the_program_alone_says_what_is_due_and_three_commands() -> None:
    shown = ptquiz().stdout.splitlines()
    assert shown[0].startswith("0 due, 10 new")
    assert [line.split()[1] for line in shown[2:]] == ["practice", "explain", "stats", "--help"]


def test_help_has_no_colour_where_none_is_wanted() -> None:
    assert "\x1b[" not in ptquiz("practice", "--help", NO_COLOR="1", FORCE_COLOR="1").stdout


MISTAKES = {
    "a command": (["practise"], 'there is no command "practise". Did you mean practice', "ptquiz --help"),
    "a command of a group": (["deck", "lst"], 'there is no command "lst". Did you mean list?', "ptquiz deck --help"),
    "an option": (["stats", "--jsn"], "there is no option --jsn. Did you mean --json?", "ptquiz stats --help"),
    "no argument": (["check"], "missing argument", "ptquiz check --help"),
    "an argument too many": (["due", "x"], "there is an argument too many: x", "ptquiz due --help"),
    "no number": (["practice", "--new", "x"], "--new is 'x', which is no whole number", "ptquiz practice --help"),
    "no value": (["practice", "--new"], "the option --new needs a value", "ptquiz --help"),
    "out of range": (
        ["plan", "--minutes", "1"],
        "--minutes is 1; it has to be from 5 to 600",
        "ptquiz plan --help",
    ),
    "a topic": (["stats", "-t", "dropuot"], 'no topic "dropuot". Did you mean dropout?', "ptquiz explain lists all"),
}


@pytest.mark.parametrize(("words", "message", "advice"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_what_to_type_next(words: list[str], message: str, advice: str) -> None:
    ended = ptquiz(*words)
    assert (ended.returncode, ended.stdout) == (ExitCode.USAGE, "")
    first, second = ended.stderr.splitlines()
    assert first.startswith(f"ptquiz: {message}")
    assert second.startswith(f"  {advice}")


@pytest.mark.parametrize("words", [words for words, _, _ in MISTAKES.values()], ids=MISTAKES)
def test_a_mistake_is_named_in_chinese(words: list[str]) -> None:
    first, second = ptquiz(*words, "--lang", "zh").stderr.splitlines()
    assert any("\u4e00" <= character <= "\u9fff" for character in first)
    assert any("\u4e00" <= character <= "\u9fff" for character in second)


def test_every_sentence_about_a_mistake_is_made_of_what_the_parser_said() -> None:
    for pattern, sentence in SENTENCES:
        for place in ("name", "close", "value", "range", "reason", "names"):
            assert ("{" + place + "}" in sentence) <= (f"?P<{place}>" in pattern)
