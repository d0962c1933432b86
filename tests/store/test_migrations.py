"""A file becomes newer step by step, each step whole or not at all, with a copy of what was before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ptquiz.errors import StoreError
from ptquiz.scheduling.replay import replay
from ptquiz.store.connection import connect
from ptquiz.store.copies import is_sound
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.migrations import MIGRATIONS, migrate, schema
from tests.scheduling.logs import rated

SECOND = ("ALTER TABLE log ADD COLUMN device TEXT NOT NULL DEFAULT ''",)
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
        migrate(connection, path, backups, (*MIGRATIONS, SECOND))
        assert schema(connection, path, backups) == len(MIGRATIONS) + 1
    assert not backups.exists()


def test_an_older_file_is_copied_first_and_keeps_its_log(path: Path, connection: sqlite3.Connection) -> None:
    backups = path.parent / "backups"
    migrate(connection, path, backups, (*MIGRATIONS, SECOND))
    assert connection.execute("SELECT id, device FROM log").fetchall() == [("1", "")]
    (copy,) = backups.iterdir()
    assert copy.name == "before-schema-2.db"
    with SqliteJournal(copy, replay) as before:
        assert before.entries() == (rated("1"),)


def test_a_step_that_fails_leaves_the_steps_before_it(path: Path, connection: sqlite3.Connection) -> None:
    backups = path.parent / "backups"
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, backups, (*MIGRATIONS, SECOND, FAILING))
    assert schema(connection, path, backups) == len(MIGRATIONS) + 1
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"log", "meta", "state"}
    assert is_sound(path)


def test_a_file_of_the_newest_schema_is_not_written(path: Path, connection: sqlite3.Connection) -> None:
    content = path.read_bytes()
    migrate(connection, path, path.parent / "backups")
    assert path.read_bytes() == content
    assert not (path.parent / "backups").exists()


def test_after_a_migration_an_older_program_refuses_the_file(path: Path, connection: sqlite3.Connection) -> None:
    migrate(connection, path, path.parent / "backups", (*MIGRATIONS, SECOND))
    with SqliteJournal(path, replay) as journal, pytest.raises(StoreError) as caught:
        journal.append(rated("2"))
    assert caught.value.message == (
        f"the review log {path} was written by a newer ptquiz: it has schema 2, this one knows 1"
    )
