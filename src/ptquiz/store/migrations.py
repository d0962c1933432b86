"""The tables of the review log, and how an older file becomes a newer one.

A migration is never edited once it has been released; a change of the tables is a new one at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ptquiz.store.connection import transaction
from ptquiz.store.copies import APPLICATION_ID, copy
from ptquiz.store.older import label_states, note_early_undoings, repack
from ptquiz.store.trouble import foreign, too_new

_NEVER = "SELECT RAISE(ABORT, 'the review log is append-only')"


def _append_only(table: str, key: str, columns: str) -> tuple[str, ...]:
    """Return the triggers by which no program can change, delete or replace what a table of the log holds."""
    return (
        f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OF {columns} ON {table} BEGIN {_NEVER}; END",
        f"CREATE TRIGGER {table}_is_never_shortened BEFORE DELETE ON {table} BEGIN {_NEVER}; END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"""CREATE TRIGGER {table}_is_never_replaced BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN {_NEVER}; END""",
    )


Migration = tuple[str | Callable[[sqlite3.Connection], object], ...]
"""The statements that lead from one schema to the next, and what SQL cannot say."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        # `at` is microseconds since 1970; `entry` is the whole entry as JSON, the other columns are what is asked for.
        """CREATE TABLE log (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            question TEXT NOT NULL,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            rating INTEGER,
            target TEXT,
            entry TEXT NOT NULL
        )""",
        "CREATE INDEX log_by_question ON log (question, at, id)",
        "CREATE INDEX log_by_time ON log (at, id)",
        "CREATE INDEX log_by_target ON log (target) WHERE target IS NOT NULL",
        """CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
            BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END""",
        """CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
            BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END""",
        # INSERT OR REPLACE deletes without asking the trigger above.
        """CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
            WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id OR seq = NEW.seq)
            BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END""",
        "CREATE TABLE state (question TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        # What the queue asks for, beside each state: `due` in microseconds since 1970, `reviewed_on` as YYYY-MM-DD.
        """CREATE TABLE state_2 (
            question TEXT PRIMARY KEY,
            due INTEGER,
            reviewed_on TEXT,
            suspended INTEGER NOT NULL,
            state TEXT NOT NULL
        ) WITHOUT ROWID""",
        """INSERT INTO state_2 SELECT
            question,
            CAST(strftime('%s', substr(json_extract(state, '$.due'), 1, 19)) AS INTEGER) * 1000000
                + CAST(substr(json_extract(state, '$.due'), 21, 6) AS INTEGER),
            json_extract(state, '$.reviewed_on'),
            coalesce(json_extract(state, '$.suspended'), 0),
            state
        FROM state""",
        "DROP TABLE state",
        "ALTER TABLE state_2 RENAME TO state",
        "CREATE INDEX state_by_due ON state (due, suspended)",
        "CREATE INDEX state_by_day ON state (reviewed_on)",
        # Entries of one instant are few: their ids need not lie in the indexes.
        "DROP INDEX log_by_question",
        "CREATE INDEX log_by_question ON log (question, at)",
        "DROP INDEX log_by_time",
        "CREATE INDEX log_by_time ON log (at)",
        # The newest row is what the states are computed with; without one it is the published weights.
        "CREATE TABLE weights (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, weights TEXT NOT NULL)",
    ),
    (
        # Days are counted from the first of January of the year 1, which is 1; `stability` is in days.
        """CREATE TABLE state_3 (
            question TEXT PRIMARY KEY,
            due INTEGER,
            due_on INTEGER,
            suspended INTEGER NOT NULL,
            buried_until INTEGER,
            reviewed_on INTEGER,
            stability REAL,
            state TEXT NOT NULL
        ) WITHOUT ROWID""",
        "INSERT INTO state_3 (question, suspended, state) SELECT question, 0, state FROM state",
        "DROP TABLE state",
        "ALTER TABLE state_3 RENAME TO state",
        # Not by json_extract: what it makes of a fraction may differ from it in the last digit.
        label_states,
        "CREATE INDEX state_by_due ON state (due, suspended)",
        "CREATE INDEX state_being_learned ON state (due) WHERE due_on IS NULL",
        # All that tells what is overdue, so that the states themselves need not be read.
        "CREATE INDEX state_overdue ON state (due_on, suspended, buried_until, reviewed_on, stability)",
        "CREATE INDEX state_by_day ON state (reviewed_on)",
    ),
    (
        # What repeats is written once and has a key: see packing.py for the columns of an entry.
        "DROP TRIGGER log_is_never_changed",
        "DROP TRIGGER log_is_never_shortened",
        "DROP TRIGGER log_is_never_replaced",
        "ALTER TABLE log RENAME TO log_3",
        "ALTER TABLE state RENAME TO state_3",
        "CREATE TABLE question (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
        # A question as it was printed and meant at one time: fingerprints, as bytes where they are hexadecimal.
        """CREATE TABLE edition (
            key INTEGER PRIMARY KEY,
            question INTEGER NOT NULL REFERENCES question,
            wording BLOB NOT NULL,
            meaning BLOB NOT NULL
        )""",
        "CREATE INDEX edition_by_question ON edition (question)",
        "CREATE TABLE text (key INTEGER PRIMARY KEY, hash INTEGER NOT NULL, content TEXT NOT NULL)",
        "CREATE INDEX text_by_hash ON text (hash)",
        # `first` and `last` are the rows of the log between which its entries lie; `newest` is the latest instant.
        """CREATE TABLE session (
            key INTEGER PRIMARY KEY,
            name BLOB NOT NULL UNIQUE,
            first INTEGER,
            last INTEGER,
            newest INTEGER,
            checksum INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE log (
            seq INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session,
            number INTEGER,
            edition INTEGER NOT NULL REFERENCES edition,
            at INTEGER NOT NULL,
            frame INTEGER NOT NULL REFERENCES text,
            tenths INTEGER,
            answer INTEGER NOT NULL REFERENCES text
        )""",
        """CREATE TABLE state (
            question INTEGER PRIMARY KEY REFERENCES question,
            due_on INTEGER,
            phase INTEGER NOT NULL,
            stability REAL,
            difficulty REAL,
            due INTEGER,
            interval REAL NOT NULL,
            reviewed INTEGER,
            reviewed_on INTEGER,
            introduced_on INTEGER,
            repetitions INTEGER NOT NULL,
            lapses INTEGER NOT NULL,
            suspended INTEGER NOT NULL,
            buried_until INTEGER,
            starred INTEGER NOT NULL,
            edition INTEGER NOT NULL REFERENCES edition
        )""",
        repack,
        "DROP TABLE log_3",
        "DROP TABLE state_3",
        "CREATE INDEX log_by_edition ON log (edition)",
        "CREATE INDEX state_by_due ON state (due, suspended)",
        "CREATE INDEX state_being_learned ON state (due) WHERE due_on IS NULL",
        "CREATE INDEX state_overdue ON state (due_on, suspended, buried_until, reviewed_on, stability)",
        "CREATE INDEX state_by_day ON state (reviewed_on)",
        *_append_only("question", "key", "key, id"),
        *_append_only("edition", "key", "key, question, wording, meaning"),
        *_append_only("text", "key", "key, hash, content"),
        *_append_only("session", "key", "key, name"),
        *_append_only("log", "seq", "seq, session, number, edition, at, frame, tenths, answer"),
        f"""CREATE TRIGGER log_has_every_id_once BEFORE INSERT ON log WHEN EXISTS (
                SELECT 1 FROM session JOIN log AS other ON other.seq BETWEEN session.first AND session.last
                WHERE session.key = NEW.session AND other.session = NEW.session AND other.number IS NEW.number
            ) BEGIN {_NEVER}; END""",
    ),
    (
        # With the instants in it, the index alone tells when a question was last written about.
        "DROP INDEX log_by_edition",
        "CREATE INDEX log_by_edition ON log (edition, at)",
        # Ids of entries that were not in the log yet when they were undone: two logs can be joined in any order.
        "CREATE TABLE undone_early (target TEXT PRIMARY KEY) WITHOUT ROWID",
        note_early_undoings,
    ),
)


def migrate(
    connection: sqlite3.Connection, path: Path, backups: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring a file to the newest schema, one transaction a step, after a backup of what was there.

    A new file gets all its tables in one transaction.
    """
    found = schema(connection, path, backups)
    if found > len(migrations):
        raise too_new(path, schema=found, known=len(migrations))
    if found == len(migrations):
        return
    if not found:
        with transaction(connection):
            _advance(connection, schema(connection, path, backups), migrations)
        return
    copy(connection, backups / f"before-schema-{found + 1}.db")
    for number in range(found + 1, len(migrations) + 1):
        with transaction(connection):
            # Another process may have been faster.
            _advance(connection, schema(connection, path, backups), migrations[:number])
    # Give back what the older tables took. Where there is no room for it, the file is whole, only larger.
    with suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")


def _advance(connection: sqlite3.Connection, found: int, migrations: Sequence[Migration]) -> None:
    """Take every step from the schema that was found to the last one, in the transaction that is open."""
    for number, migration in enumerate(migrations[found:], start=found + 1):
        for step in migration:
            connection.execute(step) if isinstance(step, str) else step(connection)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (str(number),))


def schema(connection: sqlite3.Connection, path: Path, backups: Path) -> int:
    """Return the schema of an open file, 0 for an empty one; StoreError when it is not a review log."""
    # One statement, so that another process cannot make the tables between two looks.
    application, tables = connection.execute(
        "SELECT (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_master)"
    ).fetchone()
    if application == APPLICATION_ID:
        ((value,),) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall()
        return int(value)
    if application or tables:
        raise foreign(path, backups)
    return 0
