"""Put the pieces of `ptquiz state` together that join logs, or list and resume questions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import open_decks, open_journal, open_screen
from ptquiz.commands.history import archived, resume, suspended
from ptquiz.domain.reviews import Entry
from ptquiz.errors import ExitCode, UsageError
from ptquiz.store.backups import back_up
from ptquiz.store.copies import sync
from ptquiz.store.exchange import exported, read_export, read_log
from ptquiz.ui.put_away_view import show_put_away
from ptquiz.ui.tables_view import counted


def run_state_export(environment: Environment, *, file: Path | None) -> int:
    """Write the log as JSON Lines."""
    with closing(open_journal(environment)) as journal:
        log = journal.entries()
    if file is None:
        for line in exported(log):
            environment.stdout.write(f"{line}\n")
        return ExitCode.DONE
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_text("".join(f"{line}\n" for line in exported(log)), "utf-8")
        sync(draft)
        draft.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
    open_screen(environment).line(f"{_counted(len(log))} written to {file}")
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
    screen.line(f"{_counted(fresh)} added, {len(entries) - fresh} of {len(entries)} were there already")
    return ExitCode.DONE


def run_state_archived(environment: Environment) -> int:
    """List what is in no deck now."""
    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        found = archived(library.collection.questions.keys(), journal)
    show_put_away(open_screen(environment), found, none="every question with a history is in a deck")
    return ExitCode.DONE


def run_state_suspended(environment: Environment) -> int:
    """List what is suspended."""
    library = open_decks(environment)
    with closing(open_journal(environment)) as journal:
        found = suspended(library.collection.questions, journal)
    screen = open_screen(environment)
    show_put_away(screen, found, none="no question is suspended")
    if found:
        screen.blank()
        screen.line("ptquiz state resume ID asks one again")
    return ExitCode.DONE


def run_state_resume(environment: Environment, *, ids: list[str]) -> int:
    """Ask questions again."""
    with closing(open_journal(environment)) as journal:
        count = resume(journal, ids, now=environment.clock(), new_id=environment.new_id)
    open_screen(environment).line(f"{counted(count, 'question')} resumed")
    return ExitCode.DONE


def _counted(entries: int) -> str:
    return f"{entries} entr{'y' if entries == 1 else 'ies'}"
