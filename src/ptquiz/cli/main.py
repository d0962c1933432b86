"""The one place that prints errors and picks exit codes."""

from __future__ import annotations

import io
import itertools
import os
import sys
import traceback
from collections.abc import Sequence

import typer
import typer.main

from ptquiz.cli.app import app
from ptquiz.cli.environment import Environment, system_environment
from ptquiz.errors import ExitCode, PtquizError

ANYWHERE = ("--lang", "--color")
"""Options of the program that may follow its command."""


def main(argv: Sequence[str], environment: Environment | None = None) -> int:
    """Run a command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    surroundings = environment
    try:
        surroundings = environment or system_environment()
        return _run(argv, surroundings)
    except PtquizError as error:
        _complain(error.message, error.details, environment)
        from ptquiz.ui.terminal.screen import OutputError

        if isinstance(error, OutputError) and surroundings:
            _silence(surroundings)
        return error.exit_code


def _run(argv: Sequence[str], environment: Environment) -> int:
    if "_PTQUIZ_COMPLETE" in environment.environ:
        app(list(argv), prog_name="ptquiz")
    try:
        # Not app(): it would turn a closed pipe into exit code 1.
        command = typer.main.get_command(app)
        with command.make_context("ptquiz", flags_first(argv), obj=environment) as context:
            code = command.invoke(context)
        environment.stdout.flush()
        return int(code or ExitCode.DONE)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        _complain(error.format_message(), ("ptquiz --help lists what there is",), environment)
        return ExitCode.USAGE
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _silence(environment)
        return ExitCode.CLOSED_PIPE
    except PtquizError:
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: a defect must not look like a crash
        if environment.environ.get("PTQUIZ_DEBUG"):
            traceback.print_exc(file=environment.stderr)
        details = (
            "What was rated before is saved.",
            "PTQUIZ_DEBUG=1 shows where it happened; please report it.",
        )
        _complain(f"unexpected error: {type(error).__name__}: {error}", details, environment)
        return ExitCode.INTERNAL


def flags_first(argv: Sequence[str]) -> list[str]:
    """Move the options that hold for every command to the front, where the parser wants them."""
    first: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name, equals, _ = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name in ANYWHERE:
            first += [word] if equals else [word, *itertools.islice(words, 1)]
        else:
            rest.append(word)
    return [*first, *rest]


def _complain(message: str, details: Sequence[str], environment: Environment | None) -> None:
    stream = environment.stderr if environment else sys.stderr
    print(f"ptquiz: {message}", file=stream)
    for line in details:
        print(f"  {line}", file=stream)


def _silence(environment: Environment) -> None:
    """Give the interpreter nothing to flush at exit into what takes no more."""
    if environment.stdout is sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
