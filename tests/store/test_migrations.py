"""A file becomes newer step by step, each step whole or not at all, with a copy of what was before."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from ptquiz.domain.reviews import Entry, Rating
from ptquiz.errors import StoreError
from ptquiz.scheduling.replay import replay
from ptquiz.store.codec import encode_entry, encode_state, microseconds
from ptquiz.store.connection import connect
from ptquiz.store.copies import is_sound
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.migrations import MIGRATIONS, migrate, schema
from ptquiz.store.rows import mislabelled_states
from tests.scheduling.logs import NOON, logs, rated

NEXT = ("ALTER TABLE log ADD COLUMN device TEXT NOT NULL DEFAULT ''",)
FAILING = ("CREATE TABLE half_done (x)", "CREATE TABLE log (x)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.db"
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("1"))
    return path


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        yield connection


def test_a_new_file_gets_the_newest_schema_and_no_backup(tmp_path: Path) -> None:
    path, backups = tmp_path / "new.db", tmp_path / "backups"
    with closing(connect(path)) as connection:
        migrate(connection, path, backups, (*MIGRATIONS, NEXT))
        assert schema(connection, path, backups) == len(MIGRATIONS) + 1
    assert not backups.exists()


def test_an_older_file_is_copied_first_and_keeps_its_log(path: Path, connection: sqlite3.Connection) -> None:
    backups = path.parent / "backups"
    migrate(connection, path, backups, (*MIGRATIONS, NEXT))
    assert connection.execute("SELECT id, device FROM log").fetchall() == [("1", "")]
    (copy,) = backups.iterdir()
    assert copy.name == "before-schema-4.db"
    with SqliteJournal(copy, replay) as before:
        assert before.entries() == (rated("1"),)


def test_a_step_that_fails_leaves_the_steps_before_it(path: Path, connection: sqlite3.Connection) -> None:
    backups = path.parent / "backups"
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, backups, (*MIGRATIONS, NEXT, FAILING))
    assert schema(connection, path, backups) == len(MIGRATIONS) + 1
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"log", "meta", "state", "weights"}
    assert is_sound(path)


def test_a_file_of_the_newest_schema_is_not_written(path: Path, connection: sqlite3.Connection) -> None:
    content = path.read_bytes()
    migrate(connection, path, path.parent / "backups")
    assert path.read_bytes() == content
    assert not (path.parent / "backups").exists()


def test_after_a_migration_an_older_program_refuses_the_file(path: Path, connection: sqlite3.Connection) -> None:
    migrate(connection, path, path.parent / "backups", (*MIGRATIONS, NEXT))
    with SqliteJournal(path, replay) as journal, pytest.raises(StoreError) as caught:
        journal.append(rated("2"))
    assert caught.value.message == (
        f"the review log {path} was written by a newer ptquiz: "
        f"it has schema {len(MIGRATIONS) + 1}, this one knows {len(MIGRATIONS)}"
    )


def of_schema(number: int, path: Path, log: list[Entry]) -> None:
    """Write a log as the release did that had schema 1 or 2."""
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
            state = encode_state(replay(question, entries))
            connection.execute("INSERT INTO state VALUES (?, ?)", (question, state))
        migrate(connection, path, path.parent / "backups", MIGRATIONS[:number])


@pytest.mark.parametrize("number", [1, 2])
@settings(max_examples=15)
@given(log=logs(questions=("a", "b", "c")))
def test_a_log_of_an_earlier_schema_keeps_every_review_and_state(number: int, log: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "reviews.db"
        of_schema(number, path, log)
        with SqliteJournal(path, replay) as journal:
            assert sorted(journal.entries(), key=lambda entry: entry.id) == sorted(log, key=lambda entry: entry.id)
            assert journal.check() == ()
        with closing(connect(path)) as connection:
            assert mislabelled_states(connection) == set()


@pytest.mark.parametrize("number", [1, 2])
def test_due_times_of_an_earlier_schema_keep_their_microseconds(tmp_path: Path, number: int) -> None:
    path = tmp_path / "reviews.db"
    of_schema(number, path, [rated("1", NOON + timedelta(microseconds=123_407), Rating.AGAIN)])
    with SqliteJournal(path, replay) as journal:
        due = NOON + timedelta(minutes=10, microseconds=123_407)
        assert journal.first_due(NOON) == due
        assert journal.pertinent(until=due - timedelta(microseconds=1), day=NOON.date() - timedelta(days=1)) == {}
        assert set(journal.pertinent(until=due, day=NOON.date() - timedelta(days=1))) == {"q"}
