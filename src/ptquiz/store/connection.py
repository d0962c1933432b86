"""Connections and transactions, as durable as SQLite makes them.

The rollback journal is used and not the write-ahead log: the log is then one file that can be copied, and it
works on network drives. `synchronous=EXTRA` also syncs the folder, so that a commit is on disk when it returns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EISDIR
from os import strerror
from pathlib import Path

CACHE_KB = 16_000
"""How much of a large log is kept in memory, so that no page is read twice to draw up a queue."""

BUSY_SECONDS = 2.0
"""How long to wait for another process that writes."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a database, making an empty one and its folder if there is none; only the user may read them."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, strerror(EISDIR), str(path))
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open an existing database without any right to change it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def keep_journal(connection: sqlite3.Connection) -> None:
    """Use one rollback journal for many commits: making and deleting one takes longer than everything else."""
    connection.execute("PRAGMA journal_mode = PERSIST").fetchone()


def disconnect(connection: sqlite3.Connection) -> None:
    """Close a database and leave nothing beside it."""
    with suppress(sqlite3.Error):  # A journal that stays behind is empty, and does no harm.
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Do everything inside or nothing; take the lock at the beginning, so that two writers never deadlock."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
