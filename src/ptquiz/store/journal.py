"""The journal on disk: an append-only log, which is the truth, and the states that follow from it.

Cursors are read to their end or closed: one left open by a failure would keep the file locked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, QuestionState, Rated, Replay, Undone
from ptquiz.errors import StoreError
from ptquiz.store.codec import canonical, decode_entry, decode_state, encode_entry, encode_state, microseconds
from ptquiz.store.connection import connect, transaction
from ptquiz.store.migrations import migrate
from ptquiz.store.trouble import damaged, explained, replaced


class Difference(Struct, frozen=True, kw_only=True):
    """A question whose stored state is not what its log says."""

    question: QuestionId
    stored: QuestionState | None
    replayed: QuestionState | None


class SqliteJournal:
    """A review log in one SQLite file, opened at the first use and made at the first entry."""

    def __init__(self, path: Path, replay: Replay, *, backups: Path | None = None) -> None:
        self.path = path
        self.backups = backups or path.parent / "backups"
        self._replay = replay
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def append(self, entry: Entry) -> QuestionState:
        """Write an entry and the state that follows, in one transaction that is on disk on return."""
        text = encode_entry(entry)
        with self._writing() as connection:
            if connection.execute("SELECT 1 FROM log WHERE id = ?", (entry.id,)).fetchone():
                raise StoreError(f"the review log already has an entry {entry.id}")
            _insert(connection, entry, text)
            return self._refreshed(connection, entry.question)

    def merge(self, entries: Iterable[Entry]) -> int:
        """Write the entries that are not in the log yet, all or none; return how many."""
        texts = [(entry, encode_entry(entry)) for entry in sorted(entries, key=canonical)]
        fresh = 0
        questions: set[QuestionId] = set()
        with self._writing() as connection:
            for entry, text in texts:
                ours = connection.execute("SELECT entry FROM log WHERE id = ?", (entry.id,)).fetchone()
                if ours is None:
                    _insert(connection, entry, text)
                    questions.add(entry.question)
                    fresh += 1
                elif decode_entry(ours[0]) != entry:
                    raise StoreError(f"the logs disagree on the entry {entry.id}")
            for question in questions:
                self._refreshed(connection, question)
        return fresh

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question; a fresh state when nothing is."""
        with self._reading() as connection:
            row = (
                connection and connection.execute("SELECT state FROM state WHERE question = ?", (question,)).fetchone()
            )
            return decode_state(row[0]) if row else QuestionState(question=question)

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""
        with self._reading() as connection:
            return _stored(connection) if connection else {}

    def entries(self, question: QuestionId | None = None) -> tuple[Entry, ...]:
        """Return the log, or one question's part of it, in canonical order."""
        with self._reading() as connection:
            if connection is None:
                return ()
            if question is not None:
                return _entries(connection, question)
            with closing(connection.execute("SELECT entry FROM log ORDER BY at, id")) as rows:
                return tuple(decode_entry(text) for (text,) in rows)

    def latest(self) -> Entry | None:
        """Return the entry written last that is no undoing and is not undone."""
        with self._reading() as connection:
            row = (
                connection
                and connection.execute(
                    """SELECT entry FROM log WHERE kind != 'undone' AND NOT EXISTS (
                    SELECT 1 FROM log AS other WHERE other.target = log.id AND other.question = log.question
                ) ORDER BY seq DESC LIMIT 1"""
                ).fetchone()
            )
            return decode_entry(row[0]) if row else None

    def prepare(self) -> None:
        """Write and take away a row, so that a log that cannot be written is told before the first answer."""
        with self._writing() as connection:
            connection.execute("INSERT INTO state VALUES ('', '')")
            connection.execute("DELETE FROM state WHERE question = ''")

    def check(self) -> tuple[Difference, ...]:
        """Return the questions whose stored state is not what a replay gives; StoreError for a damaged file."""
        with self._reading() as connection:
            if connection is None:
                return ()
            with transaction(connection, "DEFERRED"):
                if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)] or _mislabelled(connection):
                    raise damaged(self.path, self.backups)
                stored, replayed = _stored(connection), dict(self._replayed(connection))
        questions = sorted(stored.keys() | replayed.keys())
        pairs = ((question, stored.get(question), replayed.get(question)) for question in questions)
        return tuple(Difference(question=q, stored=s, replayed=r) for q, s, r in pairs if s != r)

    def rebuild(self) -> int:
        """Replay the whole log into fresh states, in one transaction; return how many there are."""
        with self._writing() as connection:
            connection.execute("DELETE FROM state")
            rows = ((question, encode_state(state)) for question, state in self._replayed(connection))
            return connection.executemany("INSERT INTO state VALUES (?, ?)", rows).rowcount

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """Give the connection, or None while there is no file: reading does not make one."""
        with explained(self.path, self.backups):
            yield self._open() if self._file or self.path.exists() else None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction."""
        with explained(self.path, self.backups):
            connection = self._open()
            with transaction(connection):
                if self._file != _identity(self.path):
                    raise replaced(self.path)
                yield connection

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._file != _identity(self.path):
            self.close()  # A restore has put another file in its place.
        if self._connection is None:
            connection = connect(self.path)
            try:
                migrate(connection, self.path, self.backups)
            except BaseException:
                connection.close()
                raise
            self._connection, self._file = connection, _identity(self.path)
        return self._connection

    def _refreshed(self, connection: sqlite3.Connection, question: QuestionId) -> QuestionState:
        state = self._replay(question, _entries(connection, question))
        connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (question, encode_state(state)))
        return state

    def _replayed(self, connection: sqlite3.Connection) -> Iterator[tuple[QuestionId, QuestionState]]:
        with closing(connection.execute("SELECT question, entry FROM log ORDER BY question, at, id")) as rows:
            for question, group in groupby(rows, key=itemgetter(0)):
                yield question, self._replay(question, tuple(decode_entry(text) for _, text in group))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another that has taken its name."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _columns(entry: Entry) -> tuple[str, str, int, str, int | None, str | None]:
    return (
        entry.id,
        entry.question,
        microseconds(entry.at),
        str(entry.__struct_config__.tag),
        int(entry.rating) if isinstance(entry, Rated) else None,
        entry.target if isinstance(entry, Undone) else None,
    )


def _insert(connection: sqlite3.Connection, entry: Entry, text: str) -> None:
    connection.execute(
        "INSERT INTO log (id, question, at, kind, rating, target, entry) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*_columns(entry), text),
    )


def _entries(connection: sqlite3.Connection, question: QuestionId) -> tuple[Entry, ...]:
    rows = connection.execute("SELECT entry FROM log WHERE question = ? ORDER BY at, id", (question,)).fetchall()
    return tuple(decode_entry(text) for (text,) in rows)


def _stored(connection: sqlite3.Connection) -> dict[QuestionId, QuestionState]:
    with closing(connection.execute("SELECT question, state FROM state")) as rows:
        return {question: decode_state(text) for question, text in rows}


def _mislabelled(connection: sqlite3.Connection) -> bool:
    """Tell whether a row's columns contradict the entry beside them."""
    with closing(connection.execute("SELECT entry, id, question, at, kind, rating, target FROM log")) as rows:
        return any(_columns(decode_entry(text)) != tuple(columns) for text, *columns in rows)
