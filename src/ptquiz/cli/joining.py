"""Put the pieces of `ptquiz state` together that join logs, or list and resume questions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import history_of, open_decks, open_journal, open_screen
from ptquiz.commands.history import archived, resume, suspended
from ptquiz.commands.writing import write_whole
from ptquiz.domain.reviews import Entry
from ptquiz.errors import ExitCode
from ptquiz.store.backups import back_up
from ptquiz.store.exchange import exported, read_export, read_log
from ptquiz.ui.put_away_view import show_put_away
from ptquiz.ui.terminal.screen import Screen


def run_state_export(environment: Environment, *, file: Path | None) -> int:
    """Write the log as JSON Lines."""
    with closing(open_journal(environment)) as journal:
        log = journal.entries()
    if file is None:
        for line in exported(log):
            environment.stdout.write(f"{line}\n")
        return ExitCode.DONE
    write_whole(file, "".join(f"{line}\n" for line in exported(log)).encode())
    screen = open_screen(environment)
    screen.line(screen.words("{entries} written to {file}", entries=_counted(screen, len(log)), file=file))
    return ExitCode.DONE


def run_state_import(environment: Environment, *, file: Path) -> int:
    """Add what an exported file has more."""
    return _join(environment, read_export(file))


def run_state_merge(environment: Environment, *, other: Path) -> int:
    """Add what another log has more."""
    return _join(environment, read_log(other))


def _join(environment: Environment, entries: Sequence[Entry]) -> int:
    screen = open_screen(environment)
    with closing(open_journal(environment)) as journal:
        back_up(journal.path, journal.backups, now=environment.clock())
        fresh = journal.merge(entries)
    added = screen.words(
        "{entries} added, {n} of {of} were there already",
        entries=_counted(screen, fresh),
        n=len(entries) - fresh,
        of=len(entries),
    )
    screen.line(added)
    return ExitCode.DONE


def run_state_archived(environment: Environment) -> int:
    """List what is in no deck now."""
    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        found = archived(library.collection.questions.keys(), history_of(journal, library))
    screen = open_screen(environment)
    show_put_away(screen, found, none=screen.words("every question with a history is in a deck"))
    return ExitCode.DONE


def run_state_suspended(environment: Environment) -> int:
    """List what is suspended."""
    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        found = suspended(library.collection.questions, history_of(journal, library))
    screen = open_screen(environment)
    show_put_away(screen, found, none=screen.words("no question is suspended"))
    if found:
        screen.blank()
        screen.line(screen.words("ptquiz state resume ID asks one again"))
    return ExitCode.DONE


def run_state_resume(environment: Environment, *, ids: list[str]) -> int:
    """Ask questions again."""
    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        count = resume(history_of(journal, library), ids, now=environment.clock(), new_id=environment.new_id)
    screen = open_screen(environment)
    screen.line(screen.words.count("{n} question resumed", "{n} questions resumed", count))
    return ExitCode.DONE


def _counted(screen: Screen, entries: int) -> str:
    return screen.words.count("{n} entry", "{n} entries", entries)
