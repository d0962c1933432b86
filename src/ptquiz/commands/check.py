"""Prove every claim of some decks by running it."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.reading import Reading
from ptquiz.banks.report import show_problem, show_problems
from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.judging.judge import runs
from ptquiz.domain.proving.prove import prove_question, prove_section
from ptquiz.domain.snippets import Outcome, Program, Trial, conduct
from ptquiz.errors import UsageError

Run = Callable[[Program], Outcome]


@dataclass(frozen=True)
class Unit:
    """One thing to prove."""

    name: str
    trial: Callable[[], Trial[tuple[Problem, ...]]]


@dataclass(frozen=True)
class Finding:
    """What proving one unit found."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class CheckReport:
    """What a check found."""

    collection: Collection
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The units that do not hold."""
        return tuple(finding for finding in self.findings if finding.problems)

    @property
    def holds(self) -> bool:
        """Whether every deck could be read and everything in it holds."""
        return not self.failed and not self.collection.broken

    @property
    def code_backed(self) -> int:
        """How many questions are decided by a run."""
        return sum(runs(question) for question in self.collection.questions.values())

    def lines(self) -> Iterator[str]:
        """Yield the problems as a compiler would print them."""
        yield from show_problems(self.collection)
        texts: dict[str, Sequence[str]] = {}
        for finding in self.failed:
            for problem in finding.problems:
                file = problem.place.file
                if file not in texts:
                    texts[file] = Path(file).read_text("utf-8").splitlines()
                first, *rest = show_problem(problem, texts[file])
                yield f"{first} [{finding.name}]"
                yield from rest


def read_for_check(paths: Iterable[Path], read: Callable[[Path], Reading]) -> Collection:
    """Read the decks to check.

    Raises UsageError for a path that does not exist and for folders without a deck.
    """
    named = tuple(paths)
    for path in named:
        if not path.exists():
            raise UsageError(f'there is no "{path}"', details=("ptquiz check PATH, where PATH is a deck or a folder",))
    files = deck_files(named)
    if not files:
        raise UsageError(f"no deck below {', '.join(map(str, named))}", details=("a deck is a .yaml file",))
    return collect(files, read)


def units(decks: Iterable[Deck]) -> Iterator[Unit]:
    """Yield everything that can be proven."""
    for deck in decks:
        for section in deck.explain:
            yield Unit(f"{deck.deck}: {section.title}", partial(prove_section, section, deck))
        for question in deck.questions:
            yield Unit(question.id, partial(prove_question, question))


def check(
    collection: Collection, runners: Sequence[Run], progress: Callable[[int, int, Finding], None] = lambda *_: None
) -> CheckReport:
    """Prove all decks of a collection, as many units at once as there are runners."""
    free: queue.SimpleQueue[Run] = queue.SimpleQueue()
    for run in runners:
        free.put(run)

    def prove(unit: Unit) -> Finding:
        run = free.get()
        try:
            return Finding(unit.name, conduct(unit.trial(), run))
        finally:
            free.put(run)

    todo = list(units(collection.decks))
    with ThreadPoolExecutor(max_workers=len(runners)) as pool:
        futures = [pool.submit(prove, unit) for unit in todo]
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                progress(done, len(todo), future.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return CheckReport(collection, tuple(future.result() for future in futures))
