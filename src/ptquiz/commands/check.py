"""Prove every claim of some decks by running it."""

from __future__ import annotations

import queue
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path

import msgspec

from ptquiz import __version__
from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.reading import Reading
from ptquiz.domain.decks import Deck, Problem, Section
from ptquiz.domain.judging.judge import runs
from ptquiz.domain.plain import plain_question, plain_section
from ptquiz.domain.proving.mutants import Survey, survey
from ptquiz.domain.proving.prove import prove_question, prove_section
from ptquiz.domain.proving.suspicion import suspect_wrongs
from ptquiz.domain.questions import CodeTask, Predict, Question
from ptquiz.domain.requirements import satisfied
from ptquiz.domain.snippets import Outcome, Place, Program, Ran, Trial, conduct
from ptquiz.errors import UsageError, said

Run = Callable[[Program], Outcome]


@dataclass(frozen=True)
class Bench:
    """Where units are proven: here, and elsewhere, under other circumstances that must not matter."""

    here: Run
    elsewhere: Run | None = None


@dataclass(frozen=True)
class Unit:
    """One thing to prove."""

    name: str
    place: Place
    trial: Callable[[], Trial[tuple[Problem, ...]]]
    content: object
    """What the proof depends on; where it stands in its file does not matter."""
    task: CodeTask | None = None
    """Code whose checks are tried on mutants."""
    requires: str | None = None
    prints: bool = False
    """Whether what it prints is the answer, and so must be the same everywhere."""

    def fingerprint(self, torch: str) -> str:
        """Identify the unit, the torch and the program that prove it."""
        content = msgspec.msgpack.encode((__version__, torch, self.content))
        return blake2b(content, digest_size=16).hexdigest()


@dataclass(frozen=True)
class Finding:
    """What proving one unit found."""

    name: str
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """What holds and still looks like a mistake."""
    survey: Survey | None = None
    known: bool = False
    """Whether it was proven before and has not changed since."""
    skipped: str = ""
    """The requirement that this torch does not meet."""
    fingerprint: str = ""
    """Of the unit, the torch and how it was proven; empty when it was not asked for."""

    @property
    def settled(self) -> bool:
        """Whether there is nothing to tell of the unit, now and as long as it does not change."""
        passing = self.survey.survivors if self.survey else ()
        return not (self.problems or self.warnings or passing or self.skipped)


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
        """How many questions are decided, or shown to be right, by a run."""
        return sum(runs(question) for question in self.collection.questions.values())

    @property
    def survey(self) -> Survey:
        """The mutants of all code tasks together."""
        surveys = [finding.survey for finding in self.findings if finding.survey]
        survivors = tuple(mutant for each in surveys for mutant in each.survivors)
        justified = tuple(mutant for each in surveys for mutant in each.justified)
        untried = sum(each.untried for each in surveys)
        return Survey(sum(each.mutants for each in surveys), survivors, justified, untried=untried)


def read_for_check(
    paths: Iterable[Path],
    read: Callable[[Path], Reading],
    *,
    elsewhere: Callable[[], Container[str]] | None = None,
) -> Collection:
    """Read the decks to check; `elsewhere` gives the topics in use, which courses may name as well.

    Raises UsageError for a path that does not exist and for folders without a deck.
    """
    named = tuple(paths)
    for path in named:
        if not path.exists():
            raise UsageError(
                said('there is no "{file}"', file=path),
                details=("ptquiz check PATH, where PATH is a deck or a folder",),
            )
    files = deck_files(named)
    if not files:
        raise UsageError(
            said("no deck below {files}", files=", ".join(map(str, named))), details=("a deck is a .yaml file",)
        )
    return collect(files, read, elsewhere=elsewhere)


def units(decks: Iterable[Deck]) -> Iterator[Unit]:
    """Yield everything that can be proven."""
    for deck in decks:
        for section in deck.explain:
            yield _section(section, deck)
        for question in deck.questions:
            yield _question(question)


def _section(section: Section, deck: Deck) -> Unit:
    place = section.run.place if section.run else deck.place
    name = f"{deck.deck}: {section.title}"
    trial = partial(prove_section, section, deck)
    content = (deck.deck, deck.setup.code if deck.setup else "", plain_section(section))
    return Unit(name, place, trial, content, requires=section.requires, prints=section.shows is not None)


def _question(question: Question) -> Unit:
    return Unit(
        question.id,
        question.place,
        partial(prove_question, question),
        (question.deck, plain_question(question)),
        task=question if isinstance(question, CodeTask) else None,
        requires=question.requires,
        prints=isinstance(question, Predict),
    )


def check(
    collection: Collection,
    benches: Sequence[Bench],
    *,
    torch: str,
    identify: Callable[[Unit], str] = lambda _: "",
    known: Container[str] = (),
    mutate: bool = True,
    progress: Callable[[int, int, Finding], None] = lambda *_: None,
    stop: Callable[[], None] = lambda: None,
) -> CheckReport:
    """Prove all decks of a collection, as many units at once as there are benches.

    Units whose fingerprint, which `identify` gives, is known are not proven again. `stop` ends what runs on the
    benches, so that an interrupt does not wait for it.
    """
    free: queue.SimpleQueue[Bench] = queue.SimpleQueue()
    for bench in benches:
        free.put(bench)

    def prove(unit: Unit) -> Finding:
        if not satisfied(unit.requires, torch):
            return Finding(unit.name, skipped=unit.requires or "")
        fingerprint = identify(unit)
        if fingerprint in known:
            return Finding(unit.name, known=True, fingerprint=fingerprint)
        bench = free.get()
        try:
            return replace(prove_unit(unit, bench, mutate=mutate), fingerprint=fingerprint)
        finally:
            free.put(bench)

    todo = list(units(collection.decks))
    with ThreadPoolExecutor(max_workers=len(benches)) as pool:
        futures = [pool.submit(prove, unit) for unit in todo]
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                progress(done, len(todo), future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            stop()
            raise
    findings = [future.result() for future in futures]
    untranslated = [Finding("translation", (problem,)) for problem in collection.untranslated]
    return CheckReport(collection, (*findings, *untranslated))


def prove_unit(unit: Unit, bench: Bench, *, mutate: bool) -> Finding:
    """Prove one unit here, then elsewhere, then look twice at the checks and wrong solutions of a code task."""
    printed: list[str] = []
    here = _remembering(bench.here)
    problems = conduct(unit.trial(), _listening(here, printed))
    if not problems and bench.elsewhere is not None:
        problems = _elsewhere(unit, _remembering(bench.elsewhere), printed)
    if unit.task is None or problems:
        return Finding(unit.name, problems)
    warnings = conduct(suspect_wrongs(unit.task), here)
    if not mutate:
        return Finding(unit.name, warnings=warnings)
    surveyed = conduct(survey(unit.task), here)
    return Finding(unit.name, surveyed.stale, warnings, surveyed)


def _elsewhere(unit: Unit, run: Run, printed: list[str]) -> tuple[Problem, ...]:
    """Prove a unit again with other threads, another hash seed and plainer arithmetic."""
    other: list[str] = []
    problems = conduct(unit.trial(), _listening(run, other))
    if problems:
        return tuple(
            msgspec.structs.replace(problem, message=f"{problem.message} (elsewhere: it held here)")
            for problem in problems
        )
    if unit.prints and printed != other:
        pair = next((a, b) for a, b in zip(printed, other, strict=True) if a != b)
        hint = f"{pair[0].rstrip()!r} here, {pair[1].rstrip()!r} elsewhere: print fewer digits, or exact values"
        return (Problem(unit.place, "the output depends on the machine", hint),)
    return ()


def _remembering(run: Run) -> Run:
    """Run each program once: every wrong solution and every mutant of a task is held against the same oracle."""
    known: dict[bytes, Outcome] = {}

    def remember(program: Program) -> Outcome:
        key = msgspec.msgpack.encode(program)
        outcome = known.get(key)
        if outcome is None:
            outcome = known[key] = run(program)
        return outcome

    return remember


def _listening(run: Run, printed: list[str]) -> Run:
    def listen(program: Program) -> Outcome:
        outcome = run(program)
        printed.append(outcome.stdout if isinstance(outcome, Ran) else "")
        return outcome

    return listen
