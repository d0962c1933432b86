"""What SQL cannot say in the migrations: reading and writing the tables of older schemas."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

from msgspec import DecodeError
from msgspec.json import Decoder

from ptquiz.domain.reviews import QuestionState
from ptquiz.store.codec import decode_entry, microseconds
from ptquiz.store.log import LogWriter, note_early_undoing
from ptquiz.store.packing import framed
from ptquiz.store.states import put_states

_states: Decoder[QuestionState] = Decoder(QuestionState)


def label_states(connection: sqlite3.Connection) -> None:
    """Write the columns of schema 3 beside every state from the state itself."""
    query = """UPDATE state SET due = ?, due_on = ?, suspended = ?, buried_until = ?, reviewed_on = ?, stability = ?
        WHERE question = ?"""
    connection.executemany(query, [_labels(_states.decode(text)) for (text,) in _texts(connection, "state")])


def repack(connection: sqlite3.Connection) -> None:
    """Write the log and the states of schema 3, which are JSON, as rows of schema 4.

    A state that cannot be read is left out: it follows from the log, and `state rebuild` makes it anew.
    """
    writer = LogWriter(connection)
    with closing(connection.execute("SELECT entry FROM log_3 ORDER BY seq")) as rows:
        for (text,) in rows:
            writer.put(decode_entry(text))
    states = []
    for (text,) in _texts(connection, "state_3"):
        with suppress(DecodeError):
            states.append(_states.decode(text))
    put_states(connection, states)


def note_early_undoings(connection: sqlite3.Connection) -> None:
    """Remember the entries that schema 4 holds an undoing of and not the entry itself."""
    frames = connection.execute("SELECT content FROM text WHERE content LIKE '{%\"undone\"%'").fetchall()
    for (frame,) in frames:
        with suppress(DecodeError):  # an answer may look like it
            note_early_undoing(connection, framed(frame))


def _texts(connection: sqlite3.Connection, table: str) -> list[tuple[str]]:
    return connection.execute(f"SELECT state FROM {table}").fetchall()


def _labels(state: QuestionState) -> tuple[object, ...]:
    days = (state.due_on, state.buried_until, state.reviewed_on)
    due_on, buried_until, reviewed_on = (None if day is None else day.toordinal() for day in days)
    due = None if state.due is None else microseconds(state.due)
    stability = None if state.memory is None else state.memory.stability
    return due, due_on, int(state.suspended), buried_until, reviewed_on, stability, state.question
