"""Put the pieces of each command together: files, runner, journal, screen."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import structs

from ptquiz.cli.environment import Environment
from ptquiz.errors import EnvironmentProblem, ExitCode, StoreError, UsageError, said
from ptquiz.ui.terminal.abilities import ColorChoice, GlyphChoice
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import words_for

if TYPE_CHECKING:
    from ptquiz.commands.agenda import Wishes
    from ptquiz.commands.drafts import Drafts
    from ptquiz.commands.library import Library
    from ptquiz.domain.outlines import Outlines
    from ptquiz.domain.reviews import Journal
    from ptquiz.runner.client import LiveRunner
    from ptquiz.scheduling.plan import Plan
    from ptquiz.store.journal import SqliteJournal
    from ptquiz.ui.prompting import Prompting
    from ptquiz.ui.terminal.keys import Keys


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
        words=words_for(environment.ui_lang),
    )


def open_decks(environment: Environment, extra: list[Path] | None = None) -> Library:
    """Read the decks in use, or only those named on the command line."""
    from ptquiz.banks.compiled import open_collection
    from ptquiz.banks.index import DeckIndex
    from ptquiz.banks.registry import Registry
    from ptquiz.commands.library import open_library

    paths = environment.paths
    gather = partial(open_collection, DeckIndex(paths.index))
    with _keeping_everything():
        return open_library(gather, environment.questions, Registry(paths.registry), extra or [])


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """Let the garbage collector rest: all questions stay until the end, and searching them takes long."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def open_journal(environment: Environment) -> SqliteJournal:
    """Name the review log; it is opened at its first use."""
    from ptquiz.scheduling.memory import Fsrs
    from ptquiz.scheduling.replay import replay, replayer
    from ptquiz.store.journal import SqliteJournal

    return SqliteJournal(environment.paths.journal, replay, replay_with=lambda weights: replayer(Fsrs(weights)))


def history_of(journal: SqliteJournal, library: Library) -> Journal:
    """Return the review log as the decks call their questions now: a renamed question keeps its history."""
    names = library.collection.renamed
    if not names:
        return journal
    from ptquiz.commands.agenda import model
    from ptquiz.commands.renames import RenamedJournal
    from ptquiz.scheduling.replay import replayer

    return RenamedJournal(journal, names, lambda: replayer(model(journal)))


def for_this_torch(
    environment: Environment,
    outlines: Outlines,
    topics: Collection[str] = (),
    *,
    silent: bool = False,
) -> Outlines:
    """Return the questions, of some topics or of all, that are true for the torch at hand.

    How many are not is told on stderr, unless that is to be silent.
    """
    from ptquiz.commands.requirements import reasons, suited
    from ptquiz.runner.discovery import torch_version

    wanted = outlines.of_topics(topics) if topics else outlines
    found = suited(wanted, lambda: torch_version(environment.python))
    for reason in () if silent else reasons(found):
        environment.narrate(reason)
    return found.outlines


def open_runner(environment: Environment) -> LiveRunner:
    """Make what runs code, with the interpreter and the time limit of the settings; it starts at its first use."""
    from ptquiz.runner.client import LiveRunner

    return LiveRunner(environment.python, seconds=environment.settings.number("run_timeout"))


def open_prompting(environment: Environment, screen: Screen, keys: Keys) -> Prompting:
    """Make what asks on a screen, by the key map of the settings; what is wrong in that was told before."""
    from ptquiz.ui.keymap import key_map
    from ptquiz.ui.prompting import Prompting

    settings = environment.settings
    return Prompting(screen, keys, key_map(settings.preset, settings.keys)[0])


def open_drafts(environment: Environment, library: Library) -> Drafts:
    """Return the unfinished code answers; those to renamed questions are under their names of today."""
    from ptquiz.commands.drafts import Drafts

    drafts = Drafts(environment.paths.drafts)
    drafts.follow(library.collection.renamed)
    return drafts


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
    broken = library.collection.broken
    if not broken:
        return
    from ptquiz.banks.report import show_problems

    for line in show_problems(library.collection, hint=environment.words("hint")):
        print(line, file=environment.stderr)
    files = " ".join(str(reading.path) for reading in broken)
    environment.narrate(said("left out what cannot be read; check it with: ptquiz check {files}", files=files))


def run_overview(environment: Environment) -> None:
    """Show what is due and the most useful commands."""
    from ptquiz.commands.agenda import Wishes, draw_up
    from ptquiz.ui.summary_view import show_overview

    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        outlines = for_this_torch(environment, library.collection.outlines)
        wishes = Wishes(environment.settings.number("new_per_day"), plan=read_plan_in_force(environment))
        agenda = draw_up(outlines, history_of(journal, library), wishes, now=environment.clock())
    show_overview(open_screen(environment), agenda, environment.clock())


def run_practice(
    environment: Environment,
    wishes: Wishes,
    *,
    decks: list[Path],
    course: str | None = None,
    plain: bool,
    json: bool = False,
) -> int:
    """Practise until the queue is empty or the learner leaves."""
    screen = open_screen(environment, plain=plain)
    terminal = environment.stdin.isatty() and environment.stdout.isatty()
    if not (terminal or plain or json or environment.settings.on("accessible")):
        details = ("--plain reads one answer per line, --json is the protocol for programs",)
        raise UsageError("practice needs a terminal", details=details)
    library = open_decks(environment, decks)
    warn_of_broken_decks(environment, library)
    if decks and not library.collection.decks:
        return ExitCode.BROKEN_DECK
    if course is not None:
        from ptquiz.commands.courses import find_course

        wishes = structs.replace(wishes, course=find_course(library.collection.courses, course))
    if wishes.topics:
        from ptquiz.commands.explain import know_topics

        know_topics(library.collection.heads, wishes.topics)
    with closing(open_journal(environment)) as journal:
        journal.prepare()
        planned = structs.replace(wishes, plan=read_plan_in_force(environment))
        if json:
            from ptquiz.cli.protocol import talk

            _settle(environment, journal)
            return talk(environment, library, history_of(journal, library), planned)
        from ptquiz.cli.practising import practise

        history, settle = history_of(journal, library), partial(_settle, environment, journal)
        return practise(environment, screen, library, history, planned, settle)


def _settle(environment: Environment, journal: SqliteJournal) -> None:
    """Make the backup of the day before anything is rated, and what the first rating would else wait for."""
    from ptquiz.store.backups import back_up_daily

    journal.rehearse()
    back_up_daily(journal.path, journal.backups, now=environment.clock())


def run_explain(
    environment: Environment,
    *,
    topic: str | None,
    values: list[str],
    plain: bool,
    pager: bool = True,
    json: bool = False,
) -> int:
    """Show an explanation, or the topics."""
    from ptquiz.commands.explain import explain, find_topic, read_values
    from ptquiz.runner.discovery import torch_version
    from ptquiz.ui.explain_data import explanation_as_data, topics_as_data
    from ptquiz.ui.explain_view import show_explanation, show_topics
    from ptquiz.ui.json_view import show_json
    from ptquiz.ui.terminal.pager import paged

    screen = open_screen(environment, plain=plain)
    library = open_decks(environment)
    warn_of_broken_decks(environment, library)
    collection = library.collection.in_language(environment.lang)
    if topic is None:
        decks = collection.decks
        show_json(screen, topics_as_data(decks)) if json else show_topics(screen, decks)
        return ExitCode.DONE
    deck = collection.deck(topic) or find_topic(collection.decks, topic)
    settings = read_values(values, deck)
    with open_runner(environment) as runner:
        runner.start()
        may_run, torch = deck.deck in library.trusted, partial(torch_version, environment.python)
        sections = explain(deck, runner.run, settings, may_run=may_run, torch=torch)
        if json:
            seen = list(sections)
            ran = any(shown.outcome or shown.source for shown in seen)
            show_json(screen, explanation_as_data(deck, seen, runner.torch_version if ran else ""))
            return ExitCode.DONE
        with paged(screen, environment.for_editors, wanted=pager) as pages:
            show_explanation(pages, deck, sections, lambda: runner.torch_version)
    return ExitCode.DONE


def run_doctor(environment: Environment) -> int:
    """Print what works here; the exit code says whether answers can be run."""
    from ptquiz.ui.doctor_view import show_installation, show_machine, show_no_torch

    screen = open_screen(environment)
    library = open_decks(environment)
    code = ExitCode.DONE
    with closing(open_journal(environment)) as journal:
        reviews: int | StoreError
        try:
            reviews = journal.count()
        except StoreError as error:
            reviews, code = error, ExitCode.STORE
    show_installation(screen, environment.paths, library, reviews)
    try:
        with open_runner(environment) as runner:
            show_machine(screen, runner.describe())
    except EnvironmentProblem as problem:
        show_no_torch(screen, problem)
        return ExitCode.ENVIRONMENT
    return code
