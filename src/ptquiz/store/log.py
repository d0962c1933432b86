"""The log in SQL: adding entries, and finding them again.

The entries of a session lie close together, since they were written one after the other: its row says from where
to where, which takes the place of an index of all ids and of one of all times. It also has a checksum over
its entries, by which a changed row is found. Cursors are read to their end or closed: one left open by a failure
would keep the file locked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from zlib import crc32

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, EntryId, Undone
from ptquiz.store.codec import canonical, microseconds
from ptquiz.store.keys import Keys
from ptquiz.store.packing import EPOCH, Packed, pack, split_id, unpack

_COLUMNS = """session.name, log.number, question.id, edition.wording, edition.meaning, log.at, frame.content,
    log.tenths, answer.content"""
# Not inner joins: an entry of which a part is missing is damage, and must not be passed over.
_JOINED = """log LEFT JOIN edition ON edition.key = log.edition LEFT JOIN question ON question.key = edition.question
    LEFT JOIN session ON session.key = log.session
    LEFT JOIN text AS frame ON frame.key = log.frame LEFT JOIN text AS answer ON answer.key = log.answer"""
_ENTRIES = f"SELECT {_COLUMNS} FROM {_JOINED}"
_BY_QUESTION = f"""SELECT {_COLUMNS} FROM question
    CROSS JOIN edition ON edition.question = question.key CROSS JOIN log ON log.edition = edition.key
    LEFT JOIN session ON session.key = log.session
    LEFT JOIN text AS frame ON frame.key = log.frame LEFT JOIN text AS answer ON answer.key = log.answer
    ORDER BY question.key"""


class LogWriter:
    """Adds entries in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._keys = Keys(connection)

    def put(self, entry: Entry) -> None:
        """Add an entry to the log, and to the checksum of its session."""
        packed, keys = pack(entry), self._keys
        session = keys.session(packed.session)
        edition = keys.edition(packed.question, packed.wording, packed.meaning)
        frame, answer = keys.text(packed.frame), keys.text(packed.answer)
        seq = self._connection.execute(
            "INSERT INTO log (session, number, edition, at, frame, tenths, answer) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (session, packed.number, edition, packed.at, frame, packed.tenths, answer),
        ).lastrowid
        (before,) = self._connection.execute("SELECT checksum FROM session WHERE key = ?", (session,)).fetchone()
        self._connection.execute(
            """UPDATE session SET first = ifnull(first, :seq), last = :seq, checksum = :checksum,
                newest = max(ifnull(newest, :at), :at) WHERE key = :session""",
            {"seq": seq, "at": packed.at, "checksum": _checksum(packed, before), "session": session},
        )


def entry_with(connection: sqlite3.Connection, id: EntryId) -> Entry | None:
    """Return the entry that has an id."""
    name, number = split_id(id)
    query = f"""{_ENTRIES} WHERE log.number IS :number
        AND log.session = (SELECT key FROM session WHERE name = :name)
        AND log.seq BETWEEN (SELECT first FROM session WHERE name = :name)
            AND (SELECT last FROM session WHERE name = :name)"""
    with closing(_read(connection, query, {"name": name, "number": number})) as found:
        return next(found, None)


def entries(
    connection: sqlite3.Connection, *, question: QuestionId | None = None, since: datetime | None = None
) -> tuple[Entry, ...]:
    """Return the log, one question's part of it, or what is not older than an instant; in canonical order."""
    conditions = []
    if question is not None:
        conditions.append(
            """log.edition IN (SELECT key FROM edition
                WHERE question = (SELECT key FROM question WHERE id = :question))"""
        )
    if since is not None:
        conditions.append("log.seq >= (SELECT min(first) FROM session WHERE newest >= :since) AND log.at >= :since")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    values = {"question": question, "since": None if since is None else microseconds(since)}
    return tuple(sorted(_read(connection, f"{_ENTRIES}{where}", values), key=canonical))


def last_instant(connection: sqlite3.Connection, question: QuestionId) -> datetime | None:
    """Return the latest instant of a question's entries, aware, UTC, from the index alone; None without entries."""
    query = """SELECT max(log.at) FROM question JOIN edition ON edition.question = question.key
        JOIN log ON log.edition = edition.key WHERE question.id = ?"""
    (at,) = connection.execute(query, (question,)).fetchone()
    return None if at is None else EPOCH + timedelta(microseconds=at)


def note_early_undoing(connection: sqlite3.Connection, entry: Entry) -> None:
    """Remember what an entry undoes, if that is not in the log yet: two logs can be joined in any order."""
    if isinstance(entry, Undone) and entry_with(connection, entry.target) is None:
        connection.execute("INSERT OR IGNORE INTO undone_early VALUES (?)", (entry.target,))


def is_undone_early(connection: sqlite3.Connection, id: EntryId) -> bool:
    """Tell whether an entry was undone before it was written."""
    return connection.execute("SELECT 1 FROM undone_early WHERE target = ?", (id,)).fetchone() is not None


def histories(connection: sqlite3.Connection) -> Generator[tuple[QuestionId, tuple[Entry, ...]], None, None]:
    """Yield each question that has entries, and these in canonical order."""
    for question, log in groupby(_read(connection, _BY_QUESTION), key=attrgetter("question")):
        yield question, tuple(sorted(log, key=canonical))


def newest_entries(connection: sqlite3.Connection, count: int) -> tuple[Entry, ...]:
    """Return the entries written last, newest first."""
    return tuple(_read(connection, f"{_ENTRIES} ORDER BY log.seq DESC LIMIT :count", {"count": count}))


def latest_entry(connection: sqlite3.Connection) -> Entry | None:
    """Return the entry written last that is no undoing and is not undone."""
    with closing(_read(connection, f"{_ENTRIES} ORDER BY log.seq DESC")) as log:
        return next((e for e in log if not isinstance(e, Undone) and not _is_undone(connection, e)), None)


def count_entries(connection: sqlite3.Connection) -> int:
    """Return how many entries the log has."""
    return int(connection.execute("SELECT count(*) FROM log").fetchone()[0])


def is_altered(connection: sqlite3.Connection) -> bool:
    """Tell whether the log is another than the checksums of its sessions are of."""
    found: dict[object, int] = {}
    with closing(connection.execute(f"SELECT log.session, {_COLUMNS} FROM {_JOINED} ORDER BY log.seq")) as rows:
        for session, *columns in rows:
            found[session] = _checksum(columns, found.get(session, 0))
    return found != dict(connection.execute("SELECT key, checksum FROM session"))


def _checksum(columns: Iterable[object], before: int) -> int:
    """Return the checksum of a session's entries up to one of these columns, from that of those before it."""
    # `ascii` writes numbers, texts and bytes the same way whatever the version of Python.
    return crc32(ascii(tuple(columns)).encode(), before)


def _is_undone(connection: sqlite3.Connection, entry: Entry) -> bool:
    history = entries(connection, question=entry.question)
    return any(isinstance(other, Undone) and other.target == entry.id for other in history)


def _read(
    connection: sqlite3.Connection, query: str, values: Mapping[str, object] | None = None
) -> Generator[Entry, None, None]:
    with closing(connection.execute(query, values or {})) as rows:
        for row in rows:
            yield unpack(Packed(*row))
