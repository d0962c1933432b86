"""Put the pieces of `ptquiz state` together."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shlex import quote

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import open_journal, open_screen
from ptquiz.errors import ExitCode, UsageError, said
from ptquiz.store.backups import back_up, restore, unusable
from ptquiz.store.copies import all_backups, backup_time, entries_in, is_restorable, newest_good_backup
from ptquiz.ui.dates import full_day_in_week
from ptquiz.ui.words import Words


def run_state_check(environment: Environment) -> int:
    """Compare the stored states with a replay of the log, and look whether every backup could be restored."""
    screen = open_screen(environment)
    words = screen.words
    with closing(open_journal(environment)) as journal:
        differences = journal.check()
        count = journal.count()
        backups, bad = all_backups(journal.backups), unusable(journal.backups)
    for difference in differences:
        screen.line(f"{difference.question}: {words('the stored state is not what the log says')}")
    if differences:
        screen.line(words("the log is the truth; replay it with: ptquiz state rebuild"))
    else:
        entries = words.count("{n} entry", "{n} entries", count)
        screen.line(words("{entries}, every state is what the log says", entries=entries))
    for backup in bad:
        screen.line(words("the backup {backup} is damaged or was written by a newer ptquiz", backup=backup))
    if bad:
        delete = words.count(
            "delete it, and make a new one with: ptquiz state backup",
            "delete them, and make a new one with: ptquiz state backup",
            len(bad),
        )
        screen.line(delete)
    elif backups:
        n = len(backups)
        screen.line(words.count("{n} backup, each opens and is whole", "{n} backups, each opens and is whole", n))
    elif count:
        screen.line(words("there is no backup yet: ptquiz state backup"))
    for backup in reversed([each for each in backups if each not in bad]):
        screen.line(f"  {_of_backup(backup, words, environment)}")
    return ExitCode.FAILED if differences or bad else ExitCode.DONE


def _of_backup(backup: Path, words: Words, environment: Environment) -> str:
    """Say when a good backup was made, in local time, how much it holds, and where it is."""
    entries = words.count("{n} entry", "{n} entries", entries_in(backup))
    at = backup_time(backup)
    if at is None:
        return f"{entries}  {backup}"
    local = at.astimezone(environment.clock().tzinfo)
    return f"{full_day_in_week(words, local.date())} {local:%H:%M:%S}  {entries}  {backup}"


def run_state_rebuild(environment: Environment) -> int:
    """Replay the log into fresh states."""
    screen = open_screen(environment)
    with closing(open_journal(environment)) as journal:
        count = journal.rebuild()
    rebuilt = screen.words.count(
        "rebuilt the state of {n} question from the log", "rebuilt the states of {n} questions from the log", count
    )
    screen.line(rebuilt)
    return ExitCode.DONE


def run_state_backup(environment: Environment) -> int:
    """Copy the log."""
    journal = open_journal(environment)
    made = back_up(journal.path, journal.backups, now=environment.clock())
    screen = open_screen(environment)
    screen.line(screen.words("copied to {file}", file=made) if made else screen.words("there is no review log yet"))
    return ExitCode.DONE


def run_state_restore(environment: Environment, *, backup: Path | None) -> int:
    """Put a backup in the place of the log.

    Raises UsageError when there is none.
    """
    journal = open_journal(environment)
    chosen = backup or newest_good_backup(journal.backups)
    if chosen is None or not chosen.exists():
        if chosen is not None:
            raise UsageError(said("there is no backup {file}", file=chosen))
        raise UsageError(said("there is no backup in {folder}", folder=journal.backups))
    kept = restore(chosen, journal.path, journal.backups, now=environment.clock())
    screen = open_screen(environment)
    screen.line(screen.words("restored {file}", file=chosen))
    if kept:
        screen.line(screen.words("the log that was there is kept: {file}", file=kept))
        if is_restorable(kept):
            screen.line(
                "  " + screen.words("back to it: {command}", command=f"ptquiz state restore {quote(str(kept))}")
            )
    if len(all_backups(journal.backups)) > 1:
        screen.line("  " + screen.words("the other backups: ptquiz state check lists them, ptquiz state restore FILE"))
    return ExitCode.DONE
