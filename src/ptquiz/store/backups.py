"""Backups of the review log: one a day, fewer the older they get, and the way back."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

from ptquiz.errors import StoreError, said
from ptquiz.files import sync
from ptquiz.store.connection import connect, connect_to_read, transaction
from ptquiz.store.copies import (
    SCHEMA,
    all_backups,
    backup_name,
    copy,
    dated_backups,
    is_damage,
    is_restorable,
    is_sound,
    schema_of,
)
from ptquiz.store.trouble import explained

_ALL = timedelta(days=2)
_DAILY = timedelta(days=14)
_WEEKLY = timedelta(days=61)


def back_up(path: Path, folder: Path, *, now: datetime) -> Path | None:
    """Copy a review log into the folder and return the copy; None when there is no log yet."""
    with explained(path, folder):
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return None
        target = folder / backup_name(now)
        with closing(connect(path)) as connection:
            copy(connection, target)
        return target


def back_up_daily(path: Path, folder: Path, *, now: datetime) -> Path | None:
    """Make the backup of a UTC day if there is none yet, then thin the older ones; return what was made."""
    if any(at.date() == now.astimezone(UTC).date() for at in dated_backups(folder)):
        return None
    with explained(path, folder):
        if path.is_file() and _is_empty(path):
            return None  # Before the first rating there is nothing to lose.
    made = back_up(path, folder, now=now)
    with explained(path, folder):
        backups = dated_backups(folder)
        for at in backups.keys() - kept(backups, now=now):
            backups[at].unlink(missing_ok=True)
    return made


def _is_empty(path: Path) -> bool:
    with closing(connect_to_read(path)) as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'log'").fetchone() is None:
            return False  # Something else than a review log is not passed over.
        return connection.execute("SELECT 1 FROM log LIMIT 1").fetchone() is None


def kept(times: Iterable[datetime], *, now: datetime) -> set[datetime]:
    """Return which backups to keep.

    All of the last 2 days, then the first of each UTC day for 2 weeks, of each ISO week for 2 months
    (61 days), and of each month for ever.
    """
    firsts: dict[Hashable, datetime] = {}
    for at in sorted(times):
        firsts.setdefault(_period(at, age=now - at), at)
    return set(firsts.values())


def _period(at: datetime, *, age: timedelta) -> Hashable:
    if age < _ALL:
        return at
    if age < _DAILY:
        return at.date()
    if age < _WEEKLY:
        return at.isocalendar()[:2]
    return at.year, "month", at.month


def unusable(folder: Path) -> tuple[Path, ...]:
    """Return the backups that could not be restored: damaged, no review log, or of a newer ptquiz; none is changed."""
    return tuple(path for path in all_backups(folder) if not is_restorable(path))


def restore(backup: Path, path: Path, folder: Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of the review log; return where the replaced log is kept, None if there was none.

    The replaced log becomes a backup, or when it is damaged it stays beside the new one, with its rollback
    journal, under another name. At every instant the path holds one of the two, whole. Raises StoreError,
    before anything is touched, for a backup that is damaged or of a newer ptquiz.
    """
    if not is_sound(backup):
        raise StoreError(
            said("the backup {backup} is damaged or is no backup", backup=backup),
            details=(said("see what there is: ls {folder}", folder=folder),),
        )
    if (newer := schema_of(backup)) > SCHEMA:
        raise StoreError(
            said(
                "the backup {backup} was written by a newer ptquiz: it has schema {schema}, this one knows {known}",
                backup=backup,
                schema=newer,
                known=SCHEMA,
            ),
            details=("nothing was restored", "upgrade: pip install --upgrade ptquiz"),
        )
    draft = path.with_name(f".{path.name}.restored")
    with explained(path, folder):
        with closing(connect_to_read(backup)) as source:
            copy(source, draft)
        try:
            return _exchange(draft, path, folder, now=now)
        finally:
            draft.unlink(missing_ok=True)


def _exchange(draft: Path, path: Path, folder: Path, *, now: datetime) -> Path | None:
    saved = folder / backup_name(now) if path.exists() else None
    try:
        if saved is None:
            draft.replace(path)
        else:
            _back_up_and_exchange(draft, path, saved)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        saved = _set_aside(path, now=now)
        draft.replace(path)
    sync(path.parent)
    return saved


def _back_up_and_exchange(draft: Path, path: Path, saved: Path) -> None:
    """Keep a lock meanwhile, so that nothing can be rated between the copy and the exchange."""
    with closing(connect(path)) as lock, closing(connect(path)) as old, transaction(lock):
        copy(old, saved)
        draft.replace(path)


def _set_aside(path: Path, *, now: datetime) -> Path:
    """Keep a damaged log, and the rollback journal that would otherwise be played into the restored one."""
    aside = path.with_name(f"{path.name}.damaged-{backup_name(now)}")
    copyfile(path, aside)
    sync(aside)
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.replace(aside.with_name(f"{aside.name}-journal"))
    return aside
