"""Put the pieces of the commands about memory together: due, plan, stats, tune."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from msgspec import structs

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import for_this_torch, history_of, open_decks, open_journal, open_screen, read_plan_in_force
from ptquiz.commands import stats
from ptquiz.commands.due import list_due
from ptquiz.commands.explain import know_topics
from ptquiz.commands.plan import begin, read_day, report
from ptquiz.commands.tune import go_back, tune
from ptquiz.commands.writing import write_whole
from ptquiz.errors import ExitCode
from ptquiz.store.backups import back_up
from ptquiz.store.planfile import SCHEMA, StoredPlan, clear_plan, write_plan
from ptquiz.ui.due_view import show_due
from ptquiz.ui.json_view import SCHEMA as JSON_SCHEMA
from ptquiz.ui.json_view import show_json, show_report
from ptquiz.ui.plan_view import show_cleared, show_no_plan, show_plan
from ptquiz.ui.stats_view import show_stats
from ptquiz.ui.tuning_view import show_gone_back, show_tuning


def run_due(environment: Environment, *, topics: list[str], as_json: bool, exit_code: bool) -> int:
    """List what is due; with `exit_code` the code is 1 when nothing is."""
    screen, library = open_screen(environment), open_decks(environment)
    know_topics(library.collection.heads, topics)
    with closing(open_journal(environment)) as journal:
        outlines = for_this_torch(environment, library.collection.outlines, topics, silent=exit_code)
        listed = list_due(outlines, history_of(journal, library), now=environment.clock(), topics=topics)
    if as_json:
        show_report(screen, listed)
    elif listed.due or not exit_code:
        show_due(screen, listed)
    return ExitCode.FAILED if exit_code and not listed.due else ExitCode.DONE


def run_plan(environment: Environment, *, interview: str | None, minutes: int, topics: list[str], as_json: bool) -> int:
    """Make a plan, or show the one there is."""
    screen, library = open_screen(environment), open_decks(environment)
    if interview is None:
        plan = read_plan_in_force(environment)
        if plan is None:
            show_json(screen, {"schema": JSON_SCHEMA, "plan": None}) if as_json else show_no_plan(screen)
            return ExitCode.DONE
    else:
        know_topics(library.collection.heads, topics)
        day = read_day(interview, now=environment.clock())
        plan = begin(day, minutes=minutes, topics=topics, now=environment.clock())
        stored = StoredPlan(schema=SCHEMA, **structs.asdict(plan))
        write_plan(environment.paths.plan, stored)
    with closing(open_journal(environment)) as journal:
        outlines = for_this_torch(environment, library.collection.outlines, plan.topics)
        made = report(outlines, history_of(journal, library), plan, now=environment.clock())
    (show_report if as_json else show_plan)(screen, made)
    return ExitCode.DONE


def run_plan_clear(environment: Environment) -> int:
    """Forget the plan."""
    show_cleared(open_screen(environment), existed=clear_plan(environment.paths.plan))
    return ExitCode.DONE


def run_stats(environment: Environment, *, topics: list[str], as_json: bool, html: Path | None = None) -> int:
    """Report what was learned: printed, or as a page."""
    screen, library = open_screen(environment), open_decks(environment)
    decks = library.collection.decks
    know_topics(library.collection.heads, topics)
    plan = read_plan_in_force(environment)
    with closing(open_journal(environment)) as journal:
        made = stats.report(decks, history_of(journal, library), now=environment.clock(), topics=topics, plan=plan)
    if html is not None:
        from ptquiz.ui.page.stats_page import stats_page

        write_whole(html, stats_page(made, screen.words, lang=environment.lang).encode())
    if as_json:
        show_report(screen, made)
    elif html is not None:
        screen.line(screen.words("the page is written: {file}", file=html))
    else:
        show_stats(screen, made)
    return ExitCode.DONE


def run_tune(environment: Environment, *, dry_run: bool, as_json: bool) -> int:
    """Fit weights and use them if they are better."""
    screen, library = open_screen(environment), open_decks(environment)
    with closing(open_journal(environment)) as journal:
        if not dry_run:
            back_up(journal.path, journal.backups, now=environment.clock())
        history = history_of(journal, library)
        found = tune(journal, now=environment.clock(), dry_run=dry_run, history=history)
    (show_report if as_json else show_tuning)(screen, found)
    return ExitCode.DONE


def run_tune_back(environment: Environment) -> int:
    """Use the weights from before."""
    with closing(open_journal(environment)) as journal:
        rebuilt = go_back(journal, now=environment.clock())
    show_gone_back(open_screen(environment), rebuilt)
    return ExitCode.DONE
