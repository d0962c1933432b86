"""The one place that prints errors and picks exit codes."""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Sequence
from dataclasses import replace

import typer
import typer.main

from ptquiz.cli.app import app
from ptquiz.cli.environment import Environment, system_environment
from ptquiz.cli.narrowing import narrowed
from ptquiz.cli.streams import fill_closed, silence
from ptquiz.errors import ExitCode, PtquizError, said

ANYWHERE = ("--lang", "--color")
"""Options of the program that may follow its command, with their values."""
DEBUG = "--debug"
"""May follow it, too: show where an error was raised."""


def main(argv: Sequence[str], environment: Environment | None = None) -> int:
    """Run a command line and return the exit code."""
    fill_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    words = flags_first(argv)
    surroundings = speaking(environment or system_environment(), words)
    try:
        return _run(words, surroundings)
    except PtquizError as error:
        _show_traceback(words, surroundings)
        surroundings.narrate(error.told, error.advice)
        from ptquiz.ui.terminal.screen import OutputError

        if isinstance(error, OutputError):
            silence(surroundings.stdout)
        return error.exit_code


def _run(words: list[str], environment: Environment) -> int:
    if "_PTQUIZ_COMPLETE" in environment.environ:
        app(words, prog_name="ptquiz")
    try:
        # Not app(): it would turn a closed pipe into exit code 1.
        command = typer.main.get_command(narrowed(app, words))
        with command.make_context("ptquiz", [*words], obj=environment) as context:
            code = command.invoke(context)
        environment.stdout.flush()
        return int(code or ExitCode.DONE)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        from ptquiz.cli.misuse import misuse  # only for a mistake

        environment.narrate(*misuse(error))
        return ExitCode.USAGE
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        silence(environment.stdout)
        return ExitCode.CLOSED_PIPE
    except PtquizError:
        raise
    except (OSError, MemoryError, UnicodeEncodeError) as error:
        from ptquiz.cli.outside import refused  # only where the system refuses something

        raise refused(error, environment.stdout) from error
    except Exception as error:  # noqa: BLE001 - the last resort: a defect must not look like a crash
        _show_traceback(words, environment)
        details = (
            "What was rated before is saved.",
            "--debug shows where it happened; please report it.",
        )
        environment.narrate(said("unexpected error: {kind}: {error}", kind=type(error).__name__, error=error), details)
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
        elif word == DEBUG:
            first.append(word)
        elif name in ANYWHERE:
            first += [word] if equals else [word, *itertools.islice(words, 1)]
        else:
            rest.append(word)
    return [*first, *rest]


def speaking(environment: Environment, words: Sequence[str]) -> Environment:
    """Return surroundings whose errors are in the language of the command line already, before it is parsed."""
    chosen = ""
    for word, following in itertools.pairwise((*words, "")):
        name, _, value = word.partition("=")
        if word == "--":
            break
        if name == "--lang":
            chosen = value or following
    flags = {"lang": chosen, "ui_lang": chosen} if chosen else {}
    return replace(environment, flags={**environment.flags, **flags})


def _show_traceback(words: Sequence[str], environment: Environment) -> None:
    """Print where the error at hand was raised, for those who asked to see it."""
    if DEBUG in words or environment.environ.get("PTQUIZ_DEBUG"):
        import traceback

        traceback.print_exc(file=environment.stderr)
