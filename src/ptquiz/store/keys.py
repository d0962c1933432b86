"""The short keys that stand for what repeats: questions and their editions, texts, sessions.

Names, texts and keys are part of the log: rows are added and never changed.
"""

from __future__ import annotations

import sqlite3
from zlib import crc32

from ptquiz.domain.questions import QuestionId
from ptquiz.store.packing import Short

_Value = int | Short


class Keys:
    """The keys in one transaction that writes; one that is missing is made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[_Value, ...], int] = {}

    def question(self, id: QuestionId) -> int:
        """Return the key of a question."""
        return self._key("question", id=id)

    def edition(self, question: QuestionId, wording: Short, meaning: Short) -> int:
        """Return the key of a question as it was printed and meant at one time."""
        return self._key("edition", question=self.question(question), wording=wording, meaning=meaning)

    def text(self, content: str) -> int:
        """Return the key of a frame or of an answer."""
        # An index on the texts themselves would hold each of them once more.
        return self._key("text", hash=_hash(content), content=content)

    def session(self, name: Short) -> int:
        """Return the key of a session."""
        return self._key("session", name=name)

    def _key(self, table: str, **values: _Value) -> int:
        name = (table, *values.values())
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._found(table, values) or self._made(table, values)
        return known

    def _found(self, table: str, values: dict[str, _Value]) -> int | None:
        where = " AND ".join(f"{column} = ?" for column in values)
        row = self._connection.execute(f"SELECT key FROM {table} WHERE {where}", tuple(values.values())).fetchone()
        return None if row is None else int(row[0])

    def _made(self, table: str, values: dict[str, _Value]) -> int:
        query = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        return self._connection.execute(query, tuple(values.values())).lastrowid or 0


def _hash(text: str) -> int:
    """Return 32 bits of a text, signed, as SQLite stores them in four bytes."""
    return crc32(text.encode()) - 2**31
