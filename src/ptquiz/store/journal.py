"""The journal on disk: an append-only log, which is the truth, and the states that follow from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, QuestionState, Rated, Rating, Replay, Undone
from ptquiz.errors import StoreError, said
from ptquiz.store import log, states
from ptquiz.store.adopted import Weights, all_weights, put_weights
from ptquiz.store.codec import canonical, encode_entry
from ptquiz.store.connection import connect, disconnect, keep_journal, transaction
from ptquiz.store.migrations import migrate
from ptquiz.store.trouble import damaged, explained, replaced


class Difference(Struct, frozen=True, kw_only=True):
    """A question whose stored state is not what its log says."""

    question: QuestionId
    stored: QuestionState | None
    replayed: QuestionState | None


class _RehearsedError(Exception):
    """Takes back what was written."""


_REHEARSED = Rated(
    id="rehearsal", question="rehearsal", at=datetime(1970, 1, 1, tzinfo=UTC), rating=Rating.GOOD, retention=0.9
)


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
            disconnect(self._connection)
            self._connection = None

    def append(self, entry: Entry) -> QuestionState:
        """Write an entry and the state that follows, in one transaction that is on disk on return."""
        with self._writing() as connection:
            return self._appended(connection, entry)

    def merge(self, entries: Iterable[Entry]) -> int:
        """Write the entries that are not in the log yet, all or none; return how many."""
        ordered = sorted(entries, key=canonical)
        for entry in ordered:
            encode_entry(entry)
        fresh = 0
        questions: set[QuestionId] = set()
        with self._writing() as connection:
            writer = log.LogWriter(connection)
            for entry in ordered:
                ours = log.entry_with(connection, entry.id)
                if ours is None:
                    writer.put(entry)
                    log.note_early_undoing(connection, entry)
                    questions.add(entry.question)
                    fresh += 1
                elif ours != entry:
                    raise StoreError(said("the logs disagree on the entry {entry}", entry=entry.id))
            self._refreshed(connection, questions)
        return fresh

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question; a fresh state when nothing is."""
        with self._reading() as connection:
            state = states.state_of(connection, question) if connection else None
            return state or QuestionState(question=question)

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""
        with self._reading() as connection:
            return states.all_states(connection) if connection else {}

    def pertinent(self, *, until: datetime, day: date, reviews: bool = True) -> dict[QuestionId, QuestionState]:
        """Return the states a queue is made of: due at an instant of a study day, rated on it, or never."""
        with self._reading() as connection:
            return states.pertinent_states(connection, until=until, day=day, reviews=reviews) if connection else {}

    def overdue(self, *, day: date) -> tuple[QuestionId, ...]:
        """Return the reviews that are due, and may be asked, on a study day, least remembered first."""
        with self._reading() as connection:
            return states.overdue_questions(connection, day=day) if connection else ()

    def scheduled(self) -> set[QuestionId]:
        """Return every question that has a due time."""
        with self._reading() as connection:
            return states.scheduled_questions(connection) if connection else set()

    def first_due(self, after: datetime) -> datetime | None:
        """Return the first due time after an instant, of the questions that are not suspended."""
        with self._reading() as connection:
            return states.first_due(connection, after) if connection else None

    def entries(self, question: QuestionId | None = None, *, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the log, one question's part of it, or what is not older than an instant; in canonical order."""
        with self._reading() as connection:
            return log.entries(connection, question=question, since=since) if connection else ()

    def count(self) -> int:
        """Return how many entries there are."""
        with self._reading() as connection:
            return log.count_entries(connection) if connection else 0

    def newest(self, count: int) -> tuple[Entry, ...]:
        """Return the entries written last, newest first."""
        with self._reading() as connection:
            return log.newest_entries(connection, count) if connection else ()

    def latest(self) -> Entry | None:
        """Return the entry written last that is no undoing and is not undone."""
        with self._reading() as connection:
            return log.latest_entry(connection) if connection else None

    def weights(self) -> tuple[Weights, ...]:
        """Return every set of weights that was adopted, oldest first; an empty one is the published one."""
        with self._reading() as connection:
            return all_weights(connection) if connection else ()

    def adopt(self, weights: Weights, *, at: datetime) -> int:
        """Use other weights from now on, empty for the published ones; return how many states were rebuilt.

        The weights and every state change in one transaction; the older weights are kept.
        """
        with self._writing() as connection:
            put_weights(connection, weights, at=at)
            return self._rebuilt(connection)

    def prepare(self) -> None:
        """Write and take away a row, so that a log that cannot be written is told before the first answer."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('probe', '')")
            connection.execute("DELETE FROM meta WHERE key = 'probe'")

    def rehearse(self) -> None:
        """Write a rating and take it back, while the learner reads: the first one then waits for nothing."""
        with suppress(_RehearsedError), self._writing() as connection:
            self._appended(connection, _REHEARSED)
            raise _RehearsedError

    def check(self) -> tuple[Difference, ...]:
        """Return the questions whose stored state is not what a replay gives; StoreError for a damaged file."""
        with self._reading() as connection:
            if connection is None:
                return ()
            with transaction(connection, "DEFERRED"):
                sound = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
                if not sound or log.is_altered(connection):
                    raise damaged(self.path, self.backups)
                stored, wrong = states.all_states(connection), states.mislabelled_states(connection)
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
                keep_journal(connection)
            except BaseException:
                connection.close()
                raise
            self._connection, self._file = connection, _identity(self.path)
        return self._connection

    def _replay(self, connection: sqlite3.Connection) -> Replay:
        """Return the replay of the newest weights; another process may have adopted some a moment ago."""
        adopted = all_weights(connection)
        return self._replay_with(adopted[-1]) if adopted and adopted[-1] and self._replay_with else self._published

    def _appended(self, connection: sqlite3.Connection, entry: Entry) -> QuestionState:
        encode_entry(entry)
        if log.entry_with(connection, entry.id):
            raise StoreError(said("the review log already has an entry {entry}", entry=entry.id))
        before = self._state_before(connection, entry)
        log.LogWriter(connection).put(entry)
        log.note_early_undoing(connection, entry)
        if before is None:
            return self._refreshed(connection, (entry.question,))[0]
        state = self._replay(connection)(entry.question, (entry,), before)
        states.put_states(connection, (state,))
        return state

    def _state_before(self, connection: sqlite3.Connection, entry: Entry) -> QuestionState | None:
        """Return the state that an entry goes on from; None where the whole history has to be replayed."""
        last = log.last_instant(connection, entry.question)
        if last is None or last >= entry.at or isinstance(entry, Undone):
            return None
        if log.is_undone_early(connection, entry.id):
            return None
        return states.state_of(connection, entry.question)

    def _refreshed(self, connection: sqlite3.Connection, questions: Iterable[QuestionId]) -> list[QuestionState]:
        replay = self._replay(connection)
        found = [replay(question, log.entries(connection, question=question)) for question in questions]
        states.put_states(connection, found)
        return found

    def _rebuilt(self, connection: sqlite3.Connection) -> int:
        states.clear_states(connection)
        return states.put_states(connection, (state for _, state in self._replayed(connection)))

    def _replayed(self, connection: sqlite3.Connection) -> Iterator[tuple[QuestionId, QuestionState]]:
        replay = self._replay(connection)
        with closing(log.histories(connection)) as histories:
            for question, entries in histories:
                yield question, replay(question, entries)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another that has taken its name."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
