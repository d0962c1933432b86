"""Put the pieces of each command together: files, runner, journal, screen."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from ptquiz.cli.environment import Environment
from ptquiz.errors import ExitCode
from ptquiz.ui.terminal.screen import Screen


def _screen(environment: Environment, *, plain: bool = False) -> Screen:
    return Screen.for_streams(environment.stdin, environment.stdout, environment.environ, plain)


def run_check(environment: Environment, *, paths: list[Path], jobs: int) -> int:
    """Check decks and print what does not hold."""
    from ptquiz.banks.reader import read_deck
    from ptquiz.commands.check import CheckReport, check, read_for_check
    from ptquiz.runner.client import LiveRunner
    from ptquiz.ui.check_view import CheckProgress, show_check

    started = time.monotonic()
    screen = _screen(environment)
    collection = read_for_check(paths, read_deck)
    torch = "not needed"
    report = CheckReport(collection)
    if collection.decks:
        with ExitStack() as stack:
            runners = [stack.enter_context(LiveRunner()) for _ in range(jobs)]
            for runner in runners:
                runner.start()
            torch = runners[0].torch_version
            progress = CheckProgress(environment.stderr)
            try:
                report = check(collection, [runner.run for runner in runners], progress)
            finally:
                progress.end()
    show_check(screen, report, torch=torch, seconds=time.monotonic() - started)
    if collection.broken:
        return ExitCode.BROKEN_DECK
    return ExitCode.DONE if report.holds else ExitCode.FAILED
