"""Put the pieces of `ptquiz check` together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ptquiz.banks.collection import Collection, deck_files
from ptquiz.banks.edits import fix_ids, update_shows
from ptquiz.banks.nodes import UnreadableError
from ptquiz.banks.reader import read_deck
from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import open_screen
from ptquiz.commands.check import Bench, CheckReport, check, read_for_check, units
from ptquiz.commands.proofs import Proofs
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.proving.prove import chosen, section_program
from ptquiz.domain.snippets import Ran
from ptquiz.errors import ExitCode
from ptquiz.runner.client import LiveRunner
from ptquiz.ui.check_view import CheckProgress, check_as_json, show_check, show_check_table
from ptquiz.ui.terminal.screen import Screen

ELSEWHERE = {"ATEN_CPU_CAPABILITY": "default", "PYTHONHASHSEED": "4242"}
"""Other circumstances, which must not matter: arithmetic without wide vectors, another order of sets."""

GLANCE = 0.5
"""Seconds between two looks at the files that are watched."""


@dataclass(frozen=True)
class CheckOptions:
    """What `ptquiz check` was asked for."""

    paths: list[Path]
    jobs: int = 2
    everything: bool = False
    """Prove again what has not changed."""
    quick: bool = False
    """Neither elsewhere nor on mutants."""
    json: bool = False
    fix: bool = False
    update: bool = False
    watch: bool = False
    pythons: tuple[str, ...] = ()


def run_check(environment: Environment, options: CheckOptions) -> int:
    """Check decks and print what does not hold."""
    screen = open_screen(environment)
    if options.fix:
        _fix(screen, options.paths)
    if options.update:
        _update(environment, screen, options.paths)
    if options.watch:
        return _watch(environment, screen, options)
    pythons = options.pythons or (environment.python,)
    reports = [_check_on(environment, screen, options, python) for python in pythons]
    if len(reports) > 1 and not options.json:
        screen.blank()
        show_check_table(screen, reports)
    if any(report.collection.broken for _, report in reports):
        return ExitCode.BROKEN_DECK
    return ExitCode.DONE if all(report.holds for _, report in reports) else ExitCode.FAILED


def _check_on(environment: Environment, screen: Screen, options: CheckOptions, python: str) -> tuple[str, CheckReport]:
    started = time.monotonic()
    collection = read_for_check(options.paths, read_deck)
    torch, report = "not needed", CheckReport(collection)
    if collection.decks:
        torch, report = _prove(environment, options, collection, python)
    seconds = time.monotonic() - started
    if options.json:
        screen.line(check_as_json(report, torch=torch, seconds=seconds))
    else:
        show_check(screen, report, torch=torch, seconds=seconds)
    return torch, report


def _prove(
    environment: Environment, options: CheckOptions, collection: Collection, python: str
) -> tuple[str, CheckReport]:
    proofs = Proofs.load(environment.paths.cache / "proofs.json")
    progress = CheckProgress(environment.stderr)
    with ExitStack() as stack:
        benches = [_bench(stack, python, quick=options.quick) for _ in range(options.jobs)]
        torch = benches[0][1].torch_version
        salt = f"{torch} {'quick' if options.quick else 'whole'}"
        try:
            report = check(
                collection,
                [bench for bench, _ in benches],
                torch=torch,
                known=lambda unit: not options.everything and unit.fingerprint(salt) in proofs,
                mutate=not options.quick,
                progress=progress,
            )
        finally:
            progress.end()
    failed = {finding.name for finding in report.failed}

    proofs.add(unit.fingerprint(salt) for unit in units(collection.decks) if unit.name not in failed)
    return torch, report


def _bench(stack: ExitStack, python: str, *, quick: bool) -> tuple[Bench, LiveRunner]:
    here = stack.enter_context(LiveRunner(python))
    if quick:
        return Bench(here.run), here
    return Bench(here.run, stack.enter_context(LiveRunner(python, variables=ELSEWHERE)).run), here


def _fix(screen: Screen, paths: Sequence[Path]) -> None:
    for file in deck_files(paths):
        try:
            made = fix_ids(file)
        except (UnreadableError, OSError):
            continue  # the check that follows says what is wrong with it
        if made:
            screen.line(f"{file}: wrote {', '.join(made)}")


def _update(environment: Environment, screen: Screen, paths: Sequence[Path]) -> None:
    """Write what sections print into their `shows`."""
    with LiveRunner(environment.python) as runner:
        for file in deck_files(paths):
            deck = read_deck(file).deck
            if deck is None:
                continue
            outputs = {}
            for place, section in enumerate(deck.explain):
                if section.shows is None:
                    continue
                outcome = runner.run(section_program(chosen(section), deck))
                if isinstance(outcome, Ran) and fold(outcome.stdout) != fold(section.shows):
                    outputs[place] = outcome.stdout
            if outputs and update_shows(file, outputs):
                screen.line(f"{file}: updated what {len(outputs)} of its sections show")


def _watch(environment: Environment, screen: Screen, options: CheckOptions) -> int:
    """Check again whenever a file changes, until Ctrl-C."""
    once = CheckOptions(options.paths, jobs=1, quick=options.quick)
    seen: dict[Path, int] = {}
    while True:
        now = {file: file.stat().st_mtime_ns for file in deck_files(options.paths) if file.exists()}
        if now != seen:
            seen = now
            run_check(environment, once)
            screen.line("watching; Ctrl-C ends")
        time.sleep(GLANCE)
