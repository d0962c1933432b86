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

from ptquiz.domain.reviews import Entry, Rating, Undone
from ptquiz.errors import StoreError
from ptquiz.scheduling.replay import replay
from ptquiz.store.connection import connect
from ptquiz.store.copies import is_sound
from ptquiz.store.exchange import exported
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.migrations import MIGRATIONS, migrate, schema
from ptquiz.store.states import mislabelled_states
from tests.scheduling.logs import NOON, in_order, logs, rated
from tests.store.older_logs import of_schema

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
    assert connection.execute("SELECT seq, device FROM log").fetchall() == [(1, "")]
    (copy,) = backups.iterdir()
    assert copy.name == f"before-schema-{len(MIGRATIONS) + 1}.db"
    with SqliteJournal(copy, replay) as before:
        assert before.entries() == (rated("1"),)


def test_a_step_that_fails_leaves_the_steps_before_it(path: Path, connection: sqlite3.Connection) -> None:
    backups = path.parent / "backups"
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, backups, (*MIGRATIONS, NEXT, FAILING))
    assert schema(connection, path, backups) == len(MIGRATIONS) + 1
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"edition", "log", "meta", "question", "session", "state", "text", "undone_early", "weights"}
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


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@settings(max_examples=15)
@given(log=logs(questions=("a", "b", "c")))
def test_a_log_of_an_earlier_schema_keeps_every_review_and_state(number: int, log: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "reviews.db"
        of_schema(number, path, log)
        with SqliteJournal(path, replay) as journal:
            assert list(exported(journal.entries())) == list(exported(in_order(log)))
            assert list(exported(journal.newest(len(log)))) == list(exported(reversed(log)))
            assert journal.check() == ()
        with closing(connect(path)) as connection:
            assert mislabelled_states(connection) == set()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_due_times_of_an_earlier_schema_keep_their_microseconds(tmp_path: Path, number: int) -> None:
    path = tmp_path / "reviews.db"
    of_schema(number, path, [rated("1", NOON + timedelta(microseconds=123_407), Rating.AGAIN)])
    with SqliteJournal(path, replay) as journal:
        due = NOON + timedelta(minutes=10, microseconds=123_407)
        assert journal.first_due(NOON) == due
        assert journal.pertinent(until=due - timedelta(microseconds=1), day=NOON.date() - timedelta(days=1)) == {}
        assert set(journal.pertinent(until=due, day=NOON.date() - timedelta(days=1))) == {"q"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_an_earlier_schema_undid_before_it_was_written_stays_undone(tmp_path: Path, number: int) -> None:
    path = tmp_path / "reviews.db"
    of_schema(number, path, [rated("1"), Undone(id="2", question="q", at=NOON, target="3")])
    with SqliteJournal(path, replay) as journal:
        before = journal.state("q")
        assert journal.append(rated("3", NOON + timedelta(days=1))) == before
        assert journal.check() == ()


def test_a_migrated_file_takes_no_more_room_than_one_written_anew(tmp_path: Path) -> None:
    log: list[Entry] = [rated(f"e{n:04}", NOON + timedelta(minutes=n), question=f"q{n % 9}") for n in range(900)]
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    of_schema(3, old, log)
    with SqliteJournal(old, replay) as migrated, SqliteJournal(new, replay) as anew:
        anew.merge(log)
        assert migrated.states() == anew.states()
    assert old.stat().st_size <= new.stat().st_size * 1.05


def test_a_state_of_an_earlier_schema_that_cannot_be_read_is_made_anew_from_the_log(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    of_schema(3, path, [rated("1", question="a"), rated("2", question="b")])
    with closing(connect(path)) as connection:
        connection.execute("UPDATE state SET state = '[]' WHERE question = 'a'")
    with SqliteJournal(path, replay) as journal:
        assert [difference.question for difference in journal.check()] == ["a"]
        journal.rebuild()
        assert journal.check() == ()
