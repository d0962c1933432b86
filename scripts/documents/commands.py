"""Every command with its arguments and options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from documents import GENERATED, cell
from ptquiz.cli.app import app


def command_reference() -> str:
    """Render every command with its arguments and options."""
    command = typer.main.get_command(app)
    lines = ["# Commands", "", GENERATED, "", *_commands(command, typer.Context(command, info_name="ptquiz"))]
    lines += ["", "How each of them ends: [exit codes](exit-codes.md)."]
    return "\n".join(lines) + "\n"


def _commands(command: Any, context: Any) -> Iterator[str]:
    yield from _one_command(command, context)
    for name, inner in getattr(command, "commands", {}).items():
        yield ""
        yield from _commands(inner, typer.Context(inner, info_name=name, parent=context))


def _one_command(command: Any, context: Any) -> Iterator[str]:
    text, _, example = (command.help or "").partition("Example:")
    yield f"## {context.command_path}"
    yield ""
    yield " ".join(text.split())
    if example:
        yield from ("", "```sh", " ".join(example.split()), "```")
    parameters = [p for p in command.params if not getattr(p, "hidden", False)]
    if parameters:
        yield from ("", "| | |", "|---|---|")
    for parameter in parameters:
        yield f"| `{_spelled(parameter, context)}` | {cell(parameter.help or '')}{_default(parameter)} |"


def _spelled(parameter: Any, context: Any) -> str:
    if parameter.param_type_name == "argument":
        name = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
        return name if parameter.required else f"[{name}]"
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {parameter.make_metavar(context).strip('<>').split()[0].upper()}"


def _default(parameter: Any) -> str:
    default = parameter.default
    shown = default is not None and not isinstance(default, bool) and default != [] and not parameter.required
    return f" Default: {default}." if shown else ""
