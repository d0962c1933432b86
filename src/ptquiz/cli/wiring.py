"""Put the pieces of each command together: files, runner, journal, screen."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from ptquiz.cli.environment import Environment
from ptquiz.errors import EnvironmentProblem, ExitCode, StoreError, UsageError
from ptquiz.ui.terminal.screen import Screen

if TYPE_CHECKING:
    from ptquiz.commands.library import Library
    from ptquiz.store.journal import SqliteJournal


def open_screen(environment: Environment, *, plain: bool = False) -> Screen:
    """Make the screen of this run."""
    return Screen.for_streams(environment.stdin, environment.stdout, environment.environ, plain)


def _library(environment: Environment, extra: list[Path] | None = None) -> Library:
    from ptquiz.banks.index import DeckIndex
    from ptquiz.banks.registry import Registry
    from ptquiz.commands.library import open_library

    paths = environment.paths
    return open_library(DeckIndex(paths.index).read, environment.questions, Registry(paths.registry), extra or [])


def open_journal(environment: Environment) -> SqliteJournal:
    """Name the review log; it is opened at its first use."""
    from ptquiz.scheduling.replay import replay
    from ptquiz.store.journal import SqliteJournal

    return SqliteJournal(environment.paths.journal, replay)


def _warn_of_broken_decks(environment: Environment, library: Library) -> None:
    from ptquiz.banks.report import show_problems

    broken = library.collection.broken
    if not broken:
        return
    for line in show_problems(library.collection):
        print(line, file=environment.stderr)
    files = " ".join(str(reading.path) for reading in broken)
    print(f"ptquiz: left out what cannot be read; check it with: ptquiz check {files}", file=environment.stderr)


def run_overview(environment: Environment) -> None:
    """Show what is due and the most useful commands."""
    from ptquiz.cli.app import NEW_PER_DAY
    from ptquiz.commands.agenda import draw_up
    from ptquiz.ui.summary_view import show_overview

    library = _library(environment)
    with closing(open_journal(environment)) as journal:
        questions = library.collection.questions
        agenda = draw_up(questions, journal, now=environment.clock(), new_per_day=NEW_PER_DAY)
    show_overview(open_screen(environment), agenda, environment.clock())


def run_practice(environment: Environment, *, topics: list[str], decks: list[Path], new: int, plain: bool) -> int:
    """Practise until the queue is empty or the learner leaves."""
    from ptquiz.cli.practising import practise
    from ptquiz.commands.explain import find_topic

    screen = open_screen(environment, plain=plain)
    accessible = environment.environ.get("ACCESSIBLE", "").lower() not in ("", "0", "false")
    if not (screen.is_live or plain or accessible or environment.stdin.isatty()):
        raise UsageError("practice needs a terminal", details=("--plain reads one answer per line",))
    library = _library(environment, decks)
    _warn_of_broken_decks(environment, library)
    if decks and not library.collection.decks:
        return ExitCode.BROKEN_DECK
    for topic in topics:
        find_topic(library.collection.decks, topic)
    from ptquiz.store.backups import back_up_daily

    with closing(open_journal(environment)) as journal:
        back_up_daily(journal.path, journal.backups, now=environment.clock())
        journal.prepare()
        return practise(environment, screen, library, journal, topics=topics, new=new)


def run_explain(environment: Environment, *, topic: str | None, values: list[str], plain: bool) -> int:
    """Show an explanation, or the topics."""
    from ptquiz.commands.explain import explain, find_topic, read_values
    from ptquiz.runner.client import LiveRunner
    from ptquiz.ui.explain_view import show_explanation, show_topics

    screen = open_screen(environment, plain=plain)
    library = _library(environment)
    _warn_of_broken_decks(environment, library)
    if topic is None:
        show_topics(screen, library.collection.decks)
        return ExitCode.DONE
    deck = find_topic(library.collection.decks, topic)
    settings = read_values(values, deck)
    with LiveRunner(environment.python) as runner:
        runner.start()
        sections = explain(deck, runner.run, settings, may_run=deck.deck in library.trusted)
        show_explanation(screen, deck, sections, lambda: runner.torch_version)
    return ExitCode.DONE


def run_check(environment: Environment, *, paths: list[Path], jobs: int) -> int:
    """Check decks and print what does not hold."""
    from ptquiz.banks.reader import read_deck
    from ptquiz.commands.check import CheckReport, check, read_for_check
    from ptquiz.runner.client import LiveRunner
    from ptquiz.ui.check_view import CheckProgress, show_check

    started = time.monotonic()
    screen = open_screen(environment)
    collection = read_for_check(paths, read_deck)
    torch = "not needed"
    report = CheckReport(collection)
    if collection.decks:
        with ExitStack() as stack:
            runners = [stack.enter_context(LiveRunner(environment.python)) for _ in range(jobs)]
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


def run_stats(environment: Environment) -> int:
    """Print counts."""
    from ptquiz.commands.stats import count
    from ptquiz.ui.tables_view import show_stats

    library = _library(environment)
    with closing(open_journal(environment)) as journal:
        show_stats(open_screen(environment), count(library.collection.decks, journal, environment.clock()))
    return ExitCode.DONE


def run_doctor(environment: Environment) -> int:
    """Print what works here; the exit code says whether answers can be run."""
    from ptquiz.runner.client import LiveRunner
    from ptquiz.ui.doctor_view import show_installation, show_machine

    screen = open_screen(environment)
    library = _library(environment)
    code = ExitCode.DONE
    with closing(open_journal(environment)) as journal:
        try:
            reviews = f"{len(journal.entries())} entries"
        except StoreError as error:
            reviews, code = error.message, ExitCode.STORE
    show_installation(screen, environment.paths, library, reviews)
    try:
        with LiveRunner(environment.python) as runner:
            show_machine(screen, runner.describe())
    except EnvironmentProblem as problem:
        screen.line(f"torch      {problem.message}")
        for line in problem.details:
            screen.line(f"           {line}")
        return ExitCode.ENVIRONMENT
    return code


def run_deck_list(environment: Environment) -> int:
    """List the decks in use."""
    from ptquiz.ui.tables_view import show_decks

    library = _library(environment)
    show_decks(open_screen(environment), library, environment.questions)
    _warn_of_broken_decks(environment, library)
    return ExitCode.BROKEN_DECK if library.collection.broken else ExitCode.DONE


def run_deck_add(environment: Environment, *, path: Path, trust: bool | None) -> int:
    """Add a deck after showing what its code contains."""
    from ptquiz.banks.index import DeckIndex
    from ptquiz.banks.registry import Registry
    from ptquiz.commands.library import examine
    from ptquiz.ui.adding import ask_for_trust, show_added, show_candidate
    from ptquiz.ui.terminal.keys import open_keys

    screen = open_screen(environment)
    paths = environment.paths
    candidate = examine(path, DeckIndex(paths.index).read, _library(environment))
    show_candidate(screen, candidate)
    if trust is None and screen.is_live:
        with open_keys(environment.stdin, environment.stdout, live=True) as keys:
            trust = ask_for_trust(screen, keys)
    consent = tuple(inventory.fingerprint for inventory in candidate.inventories) if trust else ()
    Registry(paths.registry).put(candidate.path, consent)
    show_added(screen, candidate, trusted=bool(trust))
    return ExitCode.DONE
