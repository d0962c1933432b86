"""The rows of a review log: every statement of SQL that reads or writes an entry or a state.

Cursors are read to their end or closed: one left open by a failure would keep the file locked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, EntryId, QuestionState, Rated, Undone
from ptquiz.store.codec import decode_entry, decode_state, decode_weights, encode_state, microseconds

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

EntryRow = tuple[str, str, int, str, int | None, str | None]
StateRow = tuple[str, int | None, str | None, int]


def put_entry(connection: sqlite3.Connection, entry: Entry, text: str) -> None:
    """Add an entry and its JSON to the log."""
    connection.execute(
        "INSERT INTO log (id, question, at, kind, rating, target, entry) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*_entry_row(entry), text),
    )


def entry_with(connection: sqlite3.Connection, id: EntryId) -> Entry | None:
    """Return the entry that has an id."""
    row = connection.execute("SELECT entry FROM log WHERE id = ?", (id,)).fetchone()
    return decode_entry(row[0]) if row else None


def entries(
    connection: sqlite3.Connection, *, question: QuestionId | None = None, since: datetime | None = None
) -> tuple[Entry, ...]:
    """Return the log, one question's part of it, or what is not older than an instant; in canonical order."""
    conditions = {"question = ?": question, "at >= ?": None if since is None else microseconds(since)}
    asked = {condition: value for condition, value in conditions.items() if value is not None}
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    with closing(connection.execute(f"SELECT entry FROM log{where} ORDER BY at, id", tuple(asked.values()))) as rows:
        return tuple(decode_entry(text) for (text,) in rows)


def newest_entries(connection: sqlite3.Connection, count: int) -> tuple[Entry, ...]:
    """Return the entries written last, newest first."""
    with closing(connection.execute("SELECT entry FROM log ORDER BY seq DESC LIMIT ?", (count,))) as rows:
        return tuple(decode_entry(text) for (text,) in rows)


def latest_entry(connection: sqlite3.Connection) -> Entry | None:
    """Return the entry written last that is no undoing and is not undone."""
    row = connection.execute(
        """SELECT entry FROM log WHERE kind != 'undone' AND NOT EXISTS (
            SELECT 1 FROM log AS other WHERE other.target = log.id AND other.question = log.question
        ) ORDER BY seq DESC LIMIT 1"""
    ).fetchone()
    return decode_entry(row[0]) if row else None


def mislabelled(connection: sqlite3.Connection) -> bool:
    """Tell whether a row's columns contradict the entry beside them."""
    with closing(connection.execute("SELECT entry, id, question, at, kind, rating, target FROM log")) as rows:
        return any(_entry_row(decode_entry(text)) != tuple(columns) for text, *columns in rows)


def put_states(connection: sqlite3.Connection, states: Iterable[QuestionState]) -> int:
    """Write states in the place of older ones; return how many."""
    rows = ((*_state_row(state), encode_state(state)) for state in states)
    return connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?, ?)", rows).rowcount


def state_of(connection: sqlite3.Connection, question: QuestionId) -> QuestionState | None:
    """Return the stored state of a question."""
    row = connection.execute("SELECT state FROM state WHERE question = ?", (question,)).fetchone()
    return decode_state(row[0]) if row else None


def all_states(connection: sqlite3.Connection) -> dict[QuestionId, QuestionState]:
    """Return every stored state."""
    with closing(connection.execute("SELECT state FROM state")) as rows:
        return _by_question(rows)


def mislabelled_states(connection: sqlite3.Connection) -> set[QuestionId]:
    """Return the questions whose columns contradict the state beside them."""
    with closing(connection.execute("SELECT state, question, due, reviewed_on, suspended FROM state")) as rows:
        return {columns[0] for text, *columns in rows if _state_row(decode_state(text)) != tuple(columns)}


def pertinent_states(connection: sqlite3.Connection, *, until: datetime, day: date) -> dict[QuestionId, QuestionState]:
    """Return the states that are due by an instant, were rated on a study day, or have no due time."""
    rows = connection.execute(
        """SELECT state FROM state WHERE due <= ?
        UNION ALL SELECT state FROM state WHERE reviewed_on = ? AND due > ?
        UNION ALL SELECT state FROM state WHERE due IS NULL""",
        (microseconds(until), day.isoformat(), microseconds(until)),
    )
    with closing(rows):
        return _by_question(rows)


def scheduled_questions(connection: sqlite3.Connection) -> set[QuestionId]:
    """Return every question that has a due time."""
    query = "SELECT question FROM state WHERE due IS NOT NULL"
    with closing(connection.execute(query)) as rows:
        return {question for (question,) in rows}


def first_due(connection: sqlite3.Connection, after: datetime) -> datetime | None:
    """Return the first due time after an instant, of the questions that are not suspended."""
    query = "SELECT min(due) FROM state WHERE due > ? AND NOT suspended"
    (due,) = connection.execute(query, (microseconds(after),)).fetchone()
    return None if due is None else _EPOCH + timedelta(microseconds=due)


def all_weights(connection: sqlite3.Connection) -> tuple[tuple[float, ...], ...]:
    """Return every set of weights that was adopted, oldest first; an empty one stands for the published weights."""
    with closing(connection.execute("SELECT weights FROM weights ORDER BY seq")) as rows:
        return tuple(decode_weights(text) for (text,) in rows)


def _by_question(rows: Iterator[tuple[str]]) -> dict[QuestionId, QuestionState]:
    states = (decode_state(text) for (text,) in rows)
    return {state.question: state for state in states}


def _entry_row(entry: Entry) -> EntryRow:
    return (
        entry.id,
        entry.question,
        microseconds(entry.at),
        str(entry.__struct_config__.tag),
        int(entry.rating) if isinstance(entry, Rated) else None,
        entry.target if isinstance(entry, Undone) else None,
    )


def _state_row(state: QuestionState) -> StateRow:
    return (
        state.question,
        None if state.due is None else microseconds(state.due),
        None if state.reviewed_on is None else state.reviewed_on.isoformat(),
        int(state.suspended),
    )
