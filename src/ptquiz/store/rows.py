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
from ptquiz.store.codec import (
    decode_entry,
    decode_names,
    decode_state,
    decode_states,
    decode_weights,
    encode_state,
    microseconds,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

EntryRow = tuple[str, str, int, str, int | None, str | None]
StateRow = tuple[str, int | None, int | None, int, int | None, int | None, float | None]
_STATE_COLUMNS = "question, due, due_on, suspended, buried_until, reviewed_on, stability"


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
    query = f"INSERT OR REPLACE INTO state ({_STATE_COLUMNS}, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    return connection.executemany(query, rows).rowcount


def label_states(connection: sqlite3.Connection) -> None:
    """Write the columns of every state anew from the state itself."""
    put_states(connection, all_states(connection).values())


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
    with closing(connection.execute(f"SELECT state, {_STATE_COLUMNS} FROM state")) as rows:
        return {columns[0] for text, *columns in rows if _state_row(decode_state(text)) != tuple(columns)}


_OVERDUE = "due_on <= :day AND NOT suspended AND ifnull(buried_until, 0) <= :day"


def pertinent_states(
    connection: sqlite3.Connection, *, until: datetime, day: date, reviews: bool = True
) -> dict[QuestionId, QuestionState]:
    """Return the states that are due at an instant of a study day, were rated on it, or have no due time.

    Without `reviews` what `overdue_questions` returns is left out, unless it was rated on the day.
    """
    # The indexes alone tell which: of the states only those that are wanted are read.
    due_on = "due_on <= :day" if reviews else f"due_on <= :day AND NOT ({_OVERDUE})"
    query = f"""SELECT group_concat(state) FROM state WHERE question IN (
        SELECT question FROM state WHERE {due_on}
        UNION SELECT question FROM state WHERE due_on IS NULL AND due <= :until
        UNION SELECT question FROM state WHERE due_on IS NULL AND due IS NULL
        UNION SELECT question FROM state WHERE reviewed_on = :day
    )"""
    (texts,) = connection.execute(query, {"until": microseconds(until), "day": day.toordinal()}).fetchone()
    return {state.question: state for state in decode_states(f"[{texts or ''}]")}


def overdue_questions(connection: sqlite3.Connection, *, day: date) -> tuple[QuestionId, ...]:
    """Return the reviews that are due, and may be asked, on a study day, least remembered first.

    An index holds every column that is looked at, and one row comes back: the states of all would take long to read.
    """
    query = f"""SELECT json_group_array(question) FROM (
        SELECT question FROM state WHERE {_OVERDUE}
        ORDER BY max(:day - reviewed_on, 0) / stability DESC, due_on, question
    )"""
    (names,) = connection.execute(query, {"day": day.toordinal()}).fetchone()
    return tuple(decode_names(names))


def scheduled_questions(connection: sqlite3.Connection) -> set[QuestionId]:
    """Return every question that has a due time."""
    # One row with all of them: fetched one by one they would take most of the time of a start.
    query = "SELECT json_group_array(question) FROM state WHERE due IS NOT NULL"
    (names,) = connection.execute(query).fetchone()
    return set(decode_names(names))


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
        None if state.due_on is None else state.due_on.toordinal(),
        int(state.suspended),
        None if state.buried_until is None else state.buried_until.toordinal(),
        None if state.reviewed_on is None else state.reviewed_on.toordinal(),
        None if state.memory is None else state.memory.stability,
    )
