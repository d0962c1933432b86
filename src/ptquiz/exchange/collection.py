"""The database of an Anki package, legacy or current, read as data that somebody else wrote.

It is opened read-only and unchanging, its schema is not trusted, only real tables are read, and a
query that works too long is stopped.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ptquiz.exchange.cards import MAX_CARDS, UnreadableCardsError
from ptquiz.exchange.note_types import NoteType, from_json, from_rows

MAX_STEPS = 2_000
"""Calls of the progress handler, each after STEP virtual instructions."""
STEP = 100_000
SUBDECK = "\x1f"
"""What separates the names of a deck path in a current collection."""
NEEDED = ("col", "notes", "cards")


@dataclass(frozen=True)
class NoteRow:
    """One note with the cards that exist of it."""

    guid: str
    type: NoteType
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    cards: tuple[tuple[int, str], ...]
    """The place of the card in its note type, and the name of its deck."""


def read_notes(database: Path, source: Path) -> tuple[NoteRow, ...]:
    """Read every note of an unpacked collection, in the order in which they were made.

    Raises UnreadableCardsError, which names `source`.
    """
    try:
        with _opened(database) as connection:
            return tuple(_notes(connection, source))
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableCardsError(source, f"the collection in it is damaged: {error}") from None


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    steps = iter(range(MAX_STEPS))
    uri = f"file:{quote(str(database))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = _lenient
        connection.create_collation(
            "unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold())
        )
        connection.set_progress_handler(lambda: int(next(steps, None) is None), STEP)
        yield connection


def _unicase(one: str, other: str) -> int:
    """Compare names as Anki's own collation does; its tables cannot be read without one of this name."""
    return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())


def _lenient(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _notes(connection: sqlite3.Connection, source: Path) -> Iterator[NoteRow]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if missing := [name for name in NEEDED if name not in tables]:
        raise UnreadableCardsError(source, f"the collection in it has no table {', '.join(missing)}")
    current = "notetypes" in tables
    types = _current_types(connection) if current else from_json(_column(connection, "models"))
    decks = _current_decks(connection) if current else _legacy_decks(connection)
    cards: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for note, deck, place in connection.execute("SELECT nid, did, ord FROM cards ORDER BY nid, ord"):
        cards[int(note)].append((int(place), decks.get(int(deck), "")))
    query = "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"
    for count, (id_, guid, type_, tags, fields) in enumerate(connection.execute(query)):
        if count >= MAX_CARDS:
            raise UnreadableCardsError(source, f"there are more than {MAX_CARDS:,} notes; export fewer decks")
        if int(type_) in types:
            yield NoteRow(
                str(guid), types[int(type_)], tuple(str(tags).split()), tuple(str(fields).split("\x1f")),
                tuple(cards[int(id_)]),
            )  # fmt: skip


def _column(connection: sqlite3.Connection, name: str) -> str:
    (value,) = connection.execute(f"SELECT {name} FROM col").fetchone()
    return str(value)


def _legacy_decks(connection: sqlite3.Connection) -> dict[int, str]:
    return {int(id_): str(deck["name"]) for id_, deck in json.loads(_column(connection, "decks")).items()}


def _current_decks(connection: sqlite3.Connection) -> dict[int, str]:
    rows = connection.execute("SELECT id, name FROM decks")
    return {int(id_): str(name).replace(SUBDECK, "::") for id_, name in rows}


def _current_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    fields: defaultdict[int, list[str]] = defaultdict(list)
    for type_, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields[int(type_)].append(str(name))
    templates: defaultdict[int, list[bytes]] = defaultdict(list)
    for type_, config in connection.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        templates[int(type_)].append(bytes(config))
    return {
        int(id_): from_rows(str(name), bytes(config), fields[int(id_)], templates[int(id_)])
        for id_, name, config in connection.execute("SELECT id, name, config FROM notetypes")
    }
