"""Put the pieces of each command together: files, runner, journal, screen."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ptquiz.cli.environment import Environment
from ptquiz.errors import EnvironmentProblem, ExitCode, StoreError, UsageError
from ptquiz.ui.terminal.screen import ColorChoice, GlyphChoice, Screen
from ptquiz.ui.words import words_for

if TYPE_CHECKING:
    from ptquiz.commands.agenda import Wishes
    from ptquiz.commands.library import Library
    from ptquiz.scheduling.plan import Plan
    from ptquiz.store.journal import SqliteJournal


def open_screen(environment: Environment, *, plain: bool = False) -> Screen:
    """Make the screen of this run."""
    settings = environment.settings
    return Screen.for_streams(
        environment.stdin,
        environment.stdout,
        environment.environ,
        plain or settings.on("accessible"),
        cast("ColorChoice", settings.text("color")),
        glyphs=cast("GlyphChoice", settings.text("glyphs")),
        words=words_for(environment.lang),
    )


def open_decks(environment: Environment, extra: list[Path] | None = None) -> Library:
    """Read the decks in use, or only those named on the command line."""
    from ptquiz.banks.index import DeckIndex
    from ptquiz.banks.registry import Registry
    from ptquiz.commands.library import open_library

    paths = environment.paths
    return open_library(DeckIndex(paths.index).read, environment.questions, Registry(paths.registry), extra or [])


def open_journal(environment: Environment) -> SqliteJournal:
    """Name the review log; it is opened at its first use."""
    from ptquiz.scheduling.memory import Fsrs
    from ptquiz.scheduling.replay import replay, replayer
    from ptquiz.store.journal import SqliteJournal

    return SqliteJournal(environment.paths.journal, replay, replay_with=lambda weights: replayer(Fsrs(weights)))


def read_plan_in_force(environment: Environment) -> Plan | None:
    """Return the plan for an interview that is today or to come."""
    if not environment.paths.plan.exists():
        return None
    from ptquiz.commands.plan import in_force
    from ptquiz.scheduling.plan import Plan
    from ptquiz.store.planfile import read_plan

    stored = read_plan(environment.paths.plan)
    if stored is None:
        return None
    plan = Plan(made=stored.made, interview=stored.interview, minutes=stored.minutes, topics=stored.topics)
    return in_force(plan, now=environment.clock())


def warn_of_broken_decks(environment: Environment, library: Library) -> None:
    """Tell on stderr which decks cannot be used, and why."""
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
    from ptquiz.commands.agenda import Wishes, draw_up
    from ptquiz.ui.summary_view import show_overview

    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        questions = library.collection.questions
        wishes = Wishes(environment.settings.number("new_per_day"), plan=read_plan_in_force(environment))
        agenda = draw_up(questions, journal, wishes, now=environment.clock())
    show_overview(open_screen(environment), agenda, environment.clock())


def run_practice(
    environment: Environment, wishes: Wishes, *, decks: list[Path], plain: bool, json: bool = False
) -> int:
    """Practise until the queue is empty or the learner leaves."""
    from ptquiz.commands.explain import find_topic

    screen = open_screen(environment, plain=plain)
    terminal = environment.stdin.isatty() and environment.stdout.isatty()
    if not (terminal or plain or json or environment.settings.on("accessible")):
        details = ("--plain reads one answer per line, --json is the protocol for programs",)
        raise UsageError("practice needs a terminal", details=details)
    library = open_decks(environment, decks)
    warn_of_broken_decks(environment, library)
    if decks and not library.collection.decks:
        return ExitCode.BROKEN_DECK
    for topic in wishes.topics:
        find_topic(library.collection.decks, topic)
    from ptquiz.store.backups import back_up_daily

    with closing(open_journal(environment)) as journal:
        back_up_daily(journal.path, journal.backups, now=environment.clock())
        journal.prepare()
        planned = replace(wishes, plan=read_plan_in_force(environment))
        if json:
            from ptquiz.cli.protocol import talk

            return talk(environment, library, journal, planned)
        from ptquiz.cli.practising import practise

        return practise(environment, screen, library, journal, planned)


def run_explain(
    environment: Environment, *, topic: str | None, values: list[str], plain: bool, pager: bool = True
) -> int:
    """Show an explanation, or the topics."""
    from ptquiz.commands.explain import explain, find_topic, read_values
    from ptquiz.runner.client import LiveRunner
    from ptquiz.ui.explain_view import show_explanation, show_topics
    from ptquiz.ui.terminal.pager import paged

    screen = open_screen(environment, plain=plain)
    library = open_decks(environment)
    warn_of_broken_decks(environment, library)
    if topic is None:
        show_topics(screen, library.collection.in_language(environment.lang).decks)
        return ExitCode.DONE
    deck = find_topic(library.collection.in_language(environment.lang).decks, topic)
    settings = read_values(values, deck)
    with LiveRunner(environment.python) as runner:
        runner.start()
        sections = explain(deck, runner.run, settings, may_run=deck.deck in library.trusted)
        with paged(screen, environment.for_editors, wanted=pager) as pages:
            show_explanation(pages, deck, sections, lambda: runner.torch_version)
    return ExitCode.DONE


def run_doctor(environment: Environment) -> int:
    """Print what works here; the exit code says whether answers can be run."""
    from ptquiz.runner.client import LiveRunner
    from ptquiz.ui.doctor_view import show_installation, show_machine

    screen = open_screen(environment)
    library = open_decks(environment)
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
