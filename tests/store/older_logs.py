"""Review logs as earlier releases wrote them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from msgspec.json import encode

from ptquiz.domain.reviews import Entry
from ptquiz.scheduling.replay import replay
from ptquiz.store.codec import encode_entry, microseconds
from ptquiz.store.connection import connect
from ptquiz.store.migrations import MIGRATIONS, migrate


def of_schema(number: int, path: Path, log: list[Entry]) -> None:
    """Write a log as the release did that had a schema from 1 to 4."""
    with closing(connect(path)) as connection:
        migrate(connection, path, path.parent / "backups", MIGRATIONS[:1])
        for entry in log:
            columns = (entry.id, entry.question, microseconds(entry.at), str(entry.__struct_config__.tag))
            rating, target = getattr(entry, "rating", None), getattr(entry, "target", None)
            connection.execute(
                "INSERT INTO log (id, question, at, kind, rating, target, entry) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*columns, rating, target, encode_entry(entry)),
            )
        for question in {entry.question for entry in log}:
            entries = sorted((e for e in log if e.question == question), key=lambda e: (e.at, e.id))
            state = encode(replay(question, entries)).decode()
            connection.execute("INSERT INTO state VALUES (?, ?)", (question, state))
        migrate(connection, path, path.parent / "backups", MIGRATIONS[:number])
