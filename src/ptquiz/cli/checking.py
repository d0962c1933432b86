"""Put the pieces of `ptquiz check` together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from ptquiz.banks.collection import Collection, deck_files
from ptquiz.banks.edits import fix_ids, update_shows
from ptquiz.banks.nodes import UnreadableError
from ptquiz.banks.reader import read_deck
from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import open_decks, open_screen
from ptquiz.commands.check import Bench, CheckReport, Unit, check, read_for_check
from ptquiz.commands.proofs import Proofs
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.proving.prove import chosen, section_program
from ptquiz.domain.snippets import Outcome, Program, Ran
from ptquiz.errors import ExitCode
from ptquiz.runner.client import LiveRunner
from ptquiz.runner.discovery import torch_version
from ptquiz.ui.check_view import CheckProgress, check_as_json, show_check, show_check_table
from ptquiz.ui.json_view import show_json
from ptquiz.ui.terminal.screen import Screen

ELSEWHERE = {"ATEN_CPU_CAPABILITY": "default", "PYTHONHASHSEED": "4242"}
"""Other circumstances, which must not matter: arithmetic without wide vectors, another order of sets."""


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


@dataclass
class Workshop:
    """The runners of a check, which stay warm for the next one."""

    options: CheckOptions
    _stack: ExitStack = field(default_factory=ExitStack)
    _runners: dict[str, list[tuple[Bench, LiveRunner]]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """End the runners, whatever they run."""
        self._stack.close()

    def torch(self, python: str) -> str:
        """Return the version of an interpreter's torch, which nothing has to start for if its files tell it."""
        return torch_version(python) or self.runner(python).torch_version

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def benches(self, python: str) -> tuple[Bench, ...]:
        """Return where units are proven with an interpreter, as many as there are jobs."""
        return tuple(bench for bench, _ in self._made(python))

    def runner(self, python: str) -> LiveRunner:
        """Return the first runner of an interpreter."""
        return self._made(python)[0][1]

    def _made(self, python: str) -> list[tuple[Bench, LiveRunner]]:
        if python not in self._runners:
            self._runners[python] = [self._bench(python) for _ in range(self.options.jobs)]
        return self._runners[python]

    def _bench(self, python: str) -> tuple[Bench, LiveRunner]:
        here = self._stack.enter_context(closing(LiveRunner(python)))
        if self.options.quick:
            return Bench(here.run), here
        elsewhere = self._stack.enter_context(closing(LiveRunner(python, variables=ELSEWHERE)))

        def run(program: Program) -> Outcome:
            elsewhere.start()  # it gets ready while the first program runs here
            return here.run(program)

        return Bench(run, elsewhere.run), here


@dataclass(frozen=True)
class Checked:
    """What a check found on one torch."""

    torch: str
    report: CheckReport
    seconds: float


def run_check(environment: Environment, options: CheckOptions) -> int:
    """Check decks and print what does not hold."""
    screen = open_screen(environment)
    if options.watch:
        from ptquiz.cli.watching import watch

        watch(environment, screen, options)
    write_what_is_asked(environment, options)
    found = []
    for python in options.pythons or (environment.python,):
        with Workshop(options) as workshop:
            found.append(check_on(environment, workshop, python))
            show_one(screen, options, found[-1])
    show_all(screen, options, found)
    if any(checked.report.collection.broken for checked in found):
        return ExitCode.BROKEN_DECK
    return ExitCode.DONE if all(checked.report.holds for checked in found) else ExitCode.FAILED


def write_what_is_asked(environment: Environment, options: CheckOptions) -> None:
    """Write ids and outputs into the files, as far as the options ask for it."""
    if options.fix:
        _fix(environment, options.paths)
    if options.update:
        _update(environment, options.paths)


def check_on(environment: Environment, workshop: Workshop, python: str) -> Checked:
    """Check decks on one torch."""
    options = workshop.options
    started = time.monotonic()
    collection = read_for_check(options.paths, read_deck, elsewhere=partial(_topics_in_use, environment))
    torch, report = "not needed", CheckReport(collection)
    if collection.decks:
        torch, report = _prove(environment, workshop, collection, python)
    return Checked(torch, report, time.monotonic() - started)


def _topics_in_use(environment: Environment) -> frozenset[str]:
    """Return the topics of the decks in use."""
    return frozenset(head.deck for head in open_decks(environment).collection.heads)


def show_one(screen: Screen, options: CheckOptions, checked: Checked) -> None:
    """Print what was found on one torch, as soon as it is known."""
    if not options.json:
        show_check(screen, checked.report, torch=checked.torch, seconds=checked.seconds)


def show_all(screen: Screen, options: CheckOptions, found: Sequence[Checked]) -> None:
    """Print one JSON document, a list where there are several torches; or what fails on which of them."""
    if options.json:
        documents = [check_as_json(each.report, torch=each.torch, seconds=each.seconds) for each in found]
        show_json(screen, documents if len(documents) > 1 else documents[0])
    elif len(found) > 1:
        screen.blank()
        show_check_table(screen, [(each.torch, each.report) for each in found])


def tell(environment: Environment, text: str) -> None:
    """Say on stderr what happens beside the result."""
    print(text, file=environment.stderr, flush=True)


def _prove(
    environment: Environment, workshop: Workshop, collection: Collection, python: str
) -> tuple[str, CheckReport]:
    options = workshop.options
    proofs = Proofs.load(environment.paths.cache / "proofs.json")
    progress = CheckProgress(environment.stderr)
    benches, torch = workshop.benches(python), workshop.torch(python)
    try:
        report = check(
            collection,
            benches,
            torch=torch,
            identify=partial(Unit.fingerprint, torch=f"{torch} {'quick' if options.quick else 'whole'}"),
            known=frozenset[str]() if options.everything else proofs,
            mutate=not options.quick,
            progress=progress,
            stop=workshop.close,
        )
    finally:
        progress.end()
    proofs.add(finding.fingerprint for finding in report.findings if finding.fingerprint and finding.settled)
    return torch, report


def _fix(environment: Environment, paths: Sequence[Path]) -> None:
    for file in deck_files(paths):
        try:
            made = fix_ids(file)
        except (UnreadableError, OSError):
            continue  # the check that follows says what is wrong with it
        if made:
            tell(environment, f"{file}: {environment.words('wrote {names}', names=', '.join(made))}")


def _update(environment: Environment, paths: Sequence[Path]) -> None:
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
                written = environment.words("updated what {n} of its sections show", n=len(outputs))
                tell(environment, f"{file}: {written}")
