"""The journal on disk: an append-only log, which is the truth, and the states that follow from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, QuestionState, Replay
from ptquiz.errors import StoreError, said
from ptquiz.store import rows
from ptquiz.store.codec import canonical, decode_entry, encode_entry, encode_weights, microseconds
from ptquiz.store.connection import connect, transaction
from ptquiz.store.migrations import migrate
from ptquiz.store.trouble import damaged, explained, replaced

Weights = tuple[float, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """A question whose stored state is not what its log says."""

    question: QuestionId
    stored: QuestionState | None
    replayed: QuestionState | None


class SqliteJournal:
    """A review log in one SQLite file, opened at the first use and made at the first entry."""

    def __init__(
        self,
        path: Path,
        replay: Replay,
        *,
        backups: Path | None = None,
        replay_with: Callable[[Weights], Replay] | None = None,
    ) -> None:
        """Name a log; `replay_with` makes the replay of adopted weights, `replay` is that of the published ones."""
        self.path = path
        self.backups = backups or path.parent / "backups"
        self._published = replay
        self._replay_with = replay_with
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
            if rows.entry_with(connection, entry.id):
                raise StoreError(said("the review log already has an entry {entry}", entry=entry.id))
            rows.put_entry(connection, entry, text)
            return self._refreshed(connection, (entry.question,))[0]

    def merge(self, entries: Iterable[Entry]) -> int:
        """Write the entries that are not in the log yet, all or none; return how many."""
        texts = [(entry, encode_entry(entry)) for entry in sorted(entries, key=canonical)]
        fresh = 0
        questions: set[QuestionId] = set()
        with self._writing() as connection:
            for entry, text in texts:
                ours = rows.entry_with(connection, entry.id)
                if ours is None:
                    rows.put_entry(connection, entry, text)
                    questions.add(entry.question)
                    fresh += 1
                elif ours != entry:
                    raise StoreError(said("the logs disagree on the entry {entry}", entry=entry.id))
            self._refreshed(connection, questions)
        return fresh

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question; a fresh state when nothing is."""
        with self._reading() as connection:
            state = rows.state_of(connection, question) if connection else None
            return state or QuestionState(question=question)

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""
        with self._reading() as connection:
            return rows.all_states(connection) if connection else {}

    def pertinent(self, *, until: datetime, day: date, reviews: bool = True) -> dict[QuestionId, QuestionState]:
        """Return the states a queue is made of: due at an instant of a study day, rated on it, or never."""
        with self._reading() as connection:
            return rows.pertinent_states(connection, until=until, day=day, reviews=reviews) if connection else {}

    def overdue(self, *, day: date) -> tuple[QuestionId, ...]:
        """Return the reviews that are due, and may be asked, on a study day, least remembered first."""
        with self._reading() as connection:
            return rows.overdue_questions(connection, day=day) if connection else ()

    def scheduled(self) -> set[QuestionId]:
        """Return every question that has a due time."""
        with self._reading() as connection:
            return rows.scheduled_questions(connection) if connection else set()

    def first_due(self, after: datetime) -> datetime | None:
        """Return the first due time after an instant, of the questions that are not suspended."""
        with self._reading() as connection:
            return rows.first_due(connection, after) if connection else None

    def entries(self, question: QuestionId | None = None, *, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the log, one question's part of it, or what is not older than an instant; in canonical order."""
        with self._reading() as connection:
            return rows.entries(connection, question=question, since=since) if connection else ()

    def newest(self, count: int) -> tuple[Entry, ...]:
        """Return the entries written last, newest first."""
        with self._reading() as connection:
            return rows.newest_entries(connection, count) if connection else ()

    def latest(self) -> Entry | None:
        """Return the entry written last that is no undoing and is not undone."""
        with self._reading() as connection:
            return rows.latest_entry(connection) if connection else None

    def weights(self) -> tuple[Weights, ...]:
        """Return every set of weights that was adopted, oldest first; an empty one is the published one."""
        with self._reading() as connection:
            return rows.all_weights(connection) if connection else ()

    def adopt(self, weights: Weights, *, at: datetime) -> int:
        """Use other weights from now on, empty for the published ones; return how many states were rebuilt.

        The weights and every state change in one transaction; the older weights are kept.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO weights (at, weights) VALUES (?, ?)", (microseconds(at), encode_weights(weights))
            )
            return self._rebuilt(connection)

    def prepare(self) -> None:
        """Write and take away a row, so that a log that cannot be written is told before the first answer."""
        with self._writing() as connection:
            rows.put_states(connection, (QuestionState(question=""),))
            connection.execute("DELETE FROM state WHERE question = ''")

    def check(self) -> tuple[Difference, ...]:
        """Return the questions whose stored state is not what a replay gives; StoreError for a damaged file."""
        with self._reading() as connection:
            if connection is None:
                return ()
            with transaction(connection, "DEFERRED"):
                if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)] or rows.mislabelled(
                    connection
                ):
                    raise damaged(self.path, self.backups)
                stored, wrong = rows.all_states(connection), rows.mislabelled_states(connection)
                replayed = dict(self._replayed(connection))
        questions = sorted(stored.keys() | replayed.keys())
        pairs = ((question, stored.get(question), replayed.get(question)) for question in questions)
        return tuple(Difference(question=q, stored=s, replayed=r) for q, s, r in pairs if s != r or q in wrong)

    def rebuild(self) -> int:
        """Replay the whole log into fresh states, in one transaction; return how many there are."""
        with self._writing() as connection:
            return self._rebuilt(connection)

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

    def _replay(self, connection: sqlite3.Connection) -> Replay:
        """Return the replay of the newest weights; another process may have adopted some a moment ago."""
        adopted = rows.all_weights(connection)
        return self._replay_with(adopted[-1]) if adopted and adopted[-1] and self._replay_with else self._published

    def _refreshed(self, connection: sqlite3.Connection, questions: Iterable[QuestionId]) -> list[QuestionState]:
        replay = self._replay(connection)
        states = [replay(question, rows.entries(connection, question=question)) for question in questions]
        rows.put_states(connection, states)
        return states

    def _rebuilt(self, connection: sqlite3.Connection) -> int:
        connection.execute("DELETE FROM state")
        return rows.put_states(connection, (state for _, state in self._replayed(connection)))

    def _replayed(self, connection: sqlite3.Connection) -> Iterator[tuple[QuestionId, QuestionState]]:
        replay = self._replay(connection)
        with closing(connection.execute("SELECT question, entry FROM log ORDER BY question, at, id")) as log:
            for question, group in groupby(log, key=itemgetter(0)):
                yield question, replay(question, tuple(decode_entry(text) for _, text in group))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another that has taken its name."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
