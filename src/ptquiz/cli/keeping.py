"""Put the pieces of `ptquiz state` together."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import open_journal, open_screen
from ptquiz.errors import ExitCode, UsageError
from ptquiz.store.backups import back_up, restore
from ptquiz.store.copies import newest_good_backup


def run_state_check(environment: Environment) -> int:
    """Compare the stored states with a replay of the log."""
    screen = open_screen(environment)
    with closing(open_journal(environment)) as journal:
        differences = journal.check()
        count = len(journal.entries())
    for difference in differences:
        screen.line(f"{difference.question}: the stored state is not what the log says")
    if differences:
        screen.line("the log is the truth; replay it with: ptquiz state rebuild")
        return ExitCode.FAILED
    screen.line(f"{count} entries, every state is what the log says")
    return ExitCode.DONE


def run_state_rebuild(environment: Environment) -> int:
    """Replay the log into fresh states."""
    with closing(open_journal(environment)) as journal:
        open_screen(environment).line(f"rebuilt the states of {journal.rebuild()} questions from the log")
    return ExitCode.DONE


def run_state_backup(environment: Environment) -> int:
    """Copy the log."""
    journal = open_journal(environment)
    made = back_up(journal.path, journal.backups, now=environment.clock())
    open_screen(environment).line(f"copied to {made}" if made else "there is no review log yet")
    return ExitCode.DONE


def run_state_restore(environment: Environment, *, backup: Path | None) -> int:
    """Put a backup in the place of the log.

    Raises UsageError when there is none.
    """
    journal = open_journal(environment)
    chosen = backup or newest_good_backup(journal.backups)
    if chosen is None or not chosen.exists():
        raise UsageError(f"there is no backup {chosen or 'in ' + str(journal.backups)}")
    kept = restore(chosen, journal.path, journal.backups, now=environment.clock())
    screen = open_screen(environment)
    screen.line(f"restored {chosen}")
    if kept:
        screen.line(f"the log that was there is kept: {kept}")
    return ExitCode.DONE
