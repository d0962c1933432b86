"""Copies of a review log: how they are named, made and judged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from ptquiz.files import sync
from ptquiz.store.connection import connect_to_read, transaction

APPLICATION_ID = 0x70747178
"""Marks a SQLite file as a review log: `ptqx`."""

SCHEMA = 5
"""The newest schema that this program knows: there are as many migrations."""

_STAMP = "%Y-%m-%dT%H%M%SZ"


def backup_name(at: datetime) -> str:
    """Return the file name of a backup made at an instant."""
    return f"{at.astimezone(UTC).strftime(_STAMP)}.db"


def backup_time(path: Path) -> datetime | None:
    """Return when a backup was made, aware, UTC; None for a file that is no dated backup."""
    with suppress(ValueError):
        at = datetime.strptime(path.stem, _STAMP).replace(tzinfo=UTC)
        return at if path.suffix == ".db" else None
    return None


def dated_backups(folder: Path) -> dict[datetime, Path]:
    """Return the dated backups in a folder, oldest first."""
    found = {at: path for path in folder.glob("*.db") if (at := backup_time(path)) is not None}
    return dict(sorted(found.items()))


def newest_good_backup(folder: Path) -> Path | None:
    """Return the newest dated backup that can be restored, else the newest one made before a migration."""
    dated = reversed(dated_backups(folder).values())
    migrated = sorted(folder.glob("before-schema-*.db"), reverse=True)
    return next((path for path in (*dated, *migrated) if is_restorable(path)), None)


def all_backups(folder: Path) -> tuple[Path, ...]:
    """Return every backup in a folder, dated ones oldest first, then those made before migrations."""
    return (*dated_backups(folder).values(), *sorted(folder.glob("before-schema-*.db")))


def is_sound(path: Path) -> bool:
    """Tell whether a file is a whole review log."""
    try:
        with closing(connect_to_read(path)) as connection:
            return _flaw(connection) is None
    except sqlite3.Error:
        return False


def is_restorable(path: Path) -> bool:
    """Tell whether a file is a whole review log of this ptquiz or an older one."""
    return is_sound(path) and 0 < schema_of(path) <= SCHEMA


def schema_of(path: Path) -> int:
    """Return the schema of a whole review log; 0 for one that tells none."""
    try:
        with closing(connect_to_read(path)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            return int(row[0]) if row else 0
    except sqlite3.Error:
        return 0


def entries_in(path: Path) -> int:
    """Count the entries of a whole review log."""
    with closing(connect_to_read(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM log").fetchone()
    return int(count)


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error says that the file itself is broken, or something else altogether."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database that is not in a transaction so that the target is either whole and on disk or not there."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as copied:
            # Take the read lock first: `backup` would wait for it for ever.
            with transaction(source, "DEFERRED"):
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copied)
            if (flaw := _flaw(copied)) is not None:
                error = sqlite3.DatabaseError(f"{target} would not be a whole review log")
                error.sqlite_errorcode = flaw
                raise error
        sync(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    sync(target.parent)


def _flaw(connection: sqlite3.Connection) -> int | None:
    """Return SQLite's error code for what is wrong with a database, None for a whole review log."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        return sqlite3.SQLITE_NOTADB
    problems: list[tuple[str]] = connection.execute("PRAGMA quick_check(1)").fetchall()
    return None if problems == [("ok",)] else sqlite3.SQLITE_CORRUPT
