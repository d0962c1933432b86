"""The command tree of the real program: every command, a line of it that works, and what its values can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
import typer.main

from ptquiz.cli.app import app

Path = tuple[str, ...]


def commands(command: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every command and group with the words that name it."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


EVERY: dict[Path, Any] = dict(commands(typer.main.get_command(app)))
LEAVES = {path: command for path, command in EVERY.items() if not hasattr(command, "commands")}

WORKING: dict[Path, tuple[str, ...]] = {
    ("practice",): ("--plain",),
    ("explain",): ("sample",),
    ("check",): ("good.yaml", "--quick"),
    ("interview",): ("--plain", "--new"),
    ("course", "show"): ("track",),
    ("deck", "new"): ("fresh",),
    ("deck", "add"): ("good.yaml", "--trust"),
    ("deck", "remove"): ("own",),
    ("deck", "trust"): ("own", "--yes"),
    ("deck", "untrust"): ("own",),
    ("deck", "preview"): ("o-flashcard",),
    ("deck", "import"): ("cards.csv",),
    ("deck", "export"): ("own", "--to", "own.csv"),
    ("state", "import"): ("lines.jsonl",),
    ("state", "merge"): ("other.sqlite3",),
    ("state", "resume"): ("s-flashcard",),
}
"""What makes a command work; one that is not here works without, or gets what fits the types of its arguments."""


def working(path: Path) -> tuple[str, ...]:
    """Return a command line that should work."""
    required = (example(one) for one in LEAVES[path].params if one.required)
    return (*path, *WORKING.get(path, tuple(word for words in required for word in words)))


def example(parameter: Any) -> tuple[str, ...]:
    """Return words for a parameter that has to be given."""
    value = "good.yaml" if takes_path(parameter) else "7" if takes_number(parameter) else "sample"
    return (parameter.opts[0], value) if is_option(parameter) else (value,)


def is_option(parameter: Any) -> bool:
    """Whether it is named on the command line."""
    return bool(parameter.param_type_name == "option")


def takes_path(parameter: Any) -> bool:
    """Whether its value is a file or a folder."""
    return "Path" in type(parameter.type).__name__


def takes_number(parameter: Any) -> bool:
    """Whether its value is a whole number."""
    return "Int" in type(parameter.type).__name__
