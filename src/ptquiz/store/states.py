"""The states in SQL: what follows from the log, as columns, so that the queue is found without reading them all.

Cursors are read to their end or closed: one left open by a failure would keep the file locked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta

from msgspec import DecodeError

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Memory, Phase, QuestionState
from ptquiz.store.codec import decode_names, microseconds
from ptquiz.store.keys import Keys
from ptquiz.store.packing import EPOCH, Short, lengthened, shortened

_PHASES = tuple(Phase)
# The first column but one is for finding what is due and follows from the others.
_WRITTEN = """state.question, state.due_on, phase, stability, difficulty, due, interval, reviewed, reviewed_on,
    introduced_on, repetitions, lapses, suspended, buried_until, starred, state.edition"""
_READ = f"edition.wording, edition.meaning, {_WRITTEN}"
_STATES = f"""SELECT question.id, {_READ} FROM state
    LEFT JOIN question ON question.key = state.question LEFT JOIN edition ON edition.key = state.edition"""
# The index of the names is enough to find a question: its row is one more page that may have to be read.
_STATE = f"""SELECT :question, {_READ} FROM state LEFT JOIN edition ON edition.key = state.edition
    WHERE state.question = (SELECT key FROM question WHERE id = :question)"""
_OVERDUE = "due_on <= :day AND NOT suspended AND ifnull(buried_until, 0) <= :day"


def put_states(connection: sqlite3.Connection, states: Iterable[QuestionState]) -> int:
    """Write states in the place of older ones; return how many."""
    keys = Keys(connection)
    columns = _WRITTEN.replace("state.", "")
    query = f"INSERT OR REPLACE INTO state ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})"
    return connection.executemany(query, (_row(state, keys) for state in states)).rowcount


def clear_states(connection: sqlite3.Connection) -> None:
    """Forget every state; the log has what they follow from."""
    connection.execute("DELETE FROM state")


def state_of(connection: sqlite3.Connection, question: QuestionId) -> QuestionState | None:
    """Return the stored state of a question."""
    return _states(connection, _STATE, {"question": question}).get(question)


def all_states(connection: sqlite3.Connection) -> dict[QuestionId, QuestionState]:
    """Return every stored state."""
    return _states(connection)


def mislabelled_states(connection: sqlite3.Connection) -> set[QuestionId]:
    """Return the questions whose day of being due contradicts the state beside it."""
    stored = connection.execute(
        "SELECT id, due_on FROM state JOIN question ON question.key = state.question"
    ).fetchall()
    states = all_states(connection)
    return {id for id, due_on in stored if _day_number(states[id].due_on) != due_on}


def pertinent_states(
    connection: sqlite3.Connection, *, until: datetime, day: date, reviews: bool = True
) -> dict[QuestionId, QuestionState]:
    """Return the states that are due at an instant of a study day, were rated on it, or have no due time.

    Without `reviews` what `overdue_questions` returns is left out, unless it was rated on the day.
    """
    # The indexes alone tell which: of the states only those that are wanted are read.
    due_on = "due_on <= :day" if reviews else f"due_on <= :day AND NOT ({_OVERDUE})"
    query = f"""{_STATES} WHERE state.question IN (
        SELECT question FROM state WHERE {due_on}
        UNION SELECT question FROM state WHERE due_on IS NULL AND due <= :until
        UNION SELECT question FROM state WHERE due_on IS NULL AND due IS NULL
        UNION SELECT question FROM state WHERE reviewed_on = :day
    )"""
    return _states(connection, query, {"until": microseconds(until), "day": day.toordinal()})


def overdue_questions(connection: sqlite3.Connection, *, day: date) -> tuple[QuestionId, ...]:
    """Return the reviews that are due, and may be asked, on a study day, least remembered first.

    An index holds every column that is looked at, and one row comes back: the states of all would take long to read.
    """
    query = f"""SELECT json_group_array(id) FROM (
        SELECT id FROM state INDEXED BY state_overdue JOIN question ON question.key = state.question WHERE {_OVERDUE}
        ORDER BY max(:day - reviewed_on, 0) / stability DESC, due_on, id
    )"""
    (names,) = connection.execute(query, {"day": day.toordinal()}).fetchone()
    return tuple(decode_names(names))


def scheduled_questions(connection: sqlite3.Connection) -> set[QuestionId]:
    """Return every question that has a due time."""
    # Every question of the log has a state, and nearly all are scheduled: it is quickest to read all names, in one
    # row since fetching them one by one would take most of the time of a start, and to leave out the few.
    (names,) = connection.execute("SELECT json_group_array(id) FROM question").fetchone()
    query = "SELECT id FROM question WHERE key IN (SELECT question FROM state WHERE due IS NULL)"
    scheduled = set(decode_names(names))
    scheduled.difference_update(id for (id,) in connection.execute(query).fetchall())
    return scheduled


def first_due(connection: sqlite3.Connection, after: datetime) -> datetime | None:
    """Return the first due time after an instant, of the questions that are not suspended."""
    query = "SELECT min(due) FROM state WHERE due > ? AND NOT suspended"
    (due,) = connection.execute(query, (microseconds(after),)).fetchone()
    return _moment(due)


def _states(
    connection: sqlite3.Connection, query: str = _STATES, values: Mapping[str, object] | None = None
) -> dict[QuestionId, QuestionState]:
    with closing(connection.execute(query, values or {})) as rows:
        try:
            return {row[0]: _state(*row) for row in rows}
        except (AttributeError, IndexError, OverflowError, TypeError, ValueError) as error:
            raise DecodeError(f"a row of the states is no state: {error}") from error


def _row(state: QuestionState, keys: Keys) -> tuple[object, ...]:
    edition = keys.edition(state.question, shortened(state.wording), shortened(state.meaning))
    return (
        keys.question(state.question),
        _day_number(state.due_on),
        _PHASES.index(state.phase),
        None if state.memory is None else state.memory.stability,
        None if state.memory is None else state.memory.difficulty,
        None if state.due is None else microseconds(state.due),
        state.interval,
        None if state.reviewed is None else microseconds(state.reviewed),
        _day_number(state.reviewed_on),
        _day_number(state.introduced_on),
        state.repetitions,
        state.lapses,
        state.suspended,
        _day_number(state.buried_until),
        state.starred,
        edition,
    )


def _state(
    question: QuestionId | None,
    wording: Short | None,
    meaning: Short | None,
    _question: int,
    _due_on: int | None,
    phase: int,
    stability: float | None,
    difficulty: float | None,
    due: int | None,
    interval: float,
    reviewed: int | None,
    reviewed_on: int | None,
    introduced_on: int | None,
    repetitions: int,
    lapses: int,
    suspended: int,
    buried_until: int | None,
    starred: int,
    _edition: int,
) -> QuestionState:
    if question is None or wording is None or meaning is None:
        raise TypeError("a part is lost")
    return QuestionState(
        question=question,
        phase=_PHASES[phase],
        memory=None if stability is None or difficulty is None else Memory(stability, difficulty),
        due=_moment(due),
        interval=interval,
        reviewed=_moment(reviewed),
        reviewed_on=_day(reviewed_on),
        introduced_on=_day(introduced_on),
        repetitions=repetitions,
        lapses=lapses,
        suspended=bool(suspended),
        buried_until=_day(buried_until),
        starred=bool(starred),
        wording=lengthened(wording),
        meaning=lengthened(meaning),
    )


def _day(number: int | None) -> date | None:
    """Return a day from its number; the first of January of the year 1 is 1."""
    return None if number is None else date.fromordinal(number)


def _day_number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _moment(at: int | None) -> datetime | None:
    return None if at is None else EPOCH + timedelta(microseconds=at)
