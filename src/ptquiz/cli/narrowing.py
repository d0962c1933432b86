"""Build the parser of one command: that of all of them takes longer than drawing a question."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import typer
from typer.main import get_command_name
from typer.models import CommandInfo

WITH_VALUE = frozenset({"--lang", "--color", "--python"})
"""The options of the program, before its command, that take the next word."""

HELP = frozenset({"--help", "-h"})


def narrowed(app: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """Return the program with only the command that the words name; whole where the others matter, too."""
    named = _first(words)
    if not named and not HELP.isdisjoint(words):
        return app
    commands = [command for command in app.registered_commands if _name(command) == named]
    groups = [group for group in app.registered_groups if group.name == named]
    if named and not commands and not groups:
        return app
    one = copy.copy(app)
    one.registered_commands, one.registered_groups = commands, groups
    return one


def _first(words: Sequence[str]) -> str:
    """Return the first word that is neither an option nor the value of one; empty when there is none."""
    left = iter(words)
    for word in left:
        if not word.startswith("-"):
            return word
        if word in WITH_VALUE:
            next(left, None)
    return ""


def _name(command: CommandInfo) -> str:
    function = command.callback
    return command.name or (get_command_name(function.__name__) if function else "")
