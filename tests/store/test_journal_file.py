"""What the file of the review log promises beyond the journal's contract."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ptquiz.domain.reviews import Entry, QuestionState, Undone
from ptquiz.errors import StoreError
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from ptquiz.scheduling.replay import replay, replayer
from ptquiz.store.journal import Difference, SqliteJournal
from tests.scheduling.logs import NOON, logs, rated


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "reviews.db"


def with_entries(path: Path) -> Path:
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("1"))
        journal.append(rated("2", question="other"))
        journal.append(Undone(id="3", question="other", at=NOON, target="2"))
    return path


def change(path: Path, *statements: str) -> None:
    """Change the file behind the journal's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_reading_makes_no_file(path: Path) -> None:
    with SqliteJournal(path, replay) as journal:
        assert (journal.states(), journal.entries(), journal.latest(), journal.check()) == ({}, (), None, ())
        assert journal.state("q") == QuestionState(question="q")
    assert not path.parent.exists()


def test_only_the_user_may_read_the_file_and_its_directory(path: Path) -> None:
    with_entries(path)
    assert [oct(place.stat().st_mode & 0o777) for place in (path.parent, path)] == ["0o700", "0o600"]


def test_the_log_is_one_file(path: Path) -> None:
    with_entries(path)
    assert [file.name for file in path.parent.iterdir()] == ["reviews.db"]


def test_the_next_process_finds_everything(path: Path) -> None:
    with SqliteJournal(path, replay) as journal:
        state = journal.append(rated("1"))
    with SqliteJournal(path, replay) as journal:
        assert (journal.state("q"), journal.latest(), journal.check()) == (state, rated("1"), ())


def test_a_closed_journal_opens_again_when_it_is_used(path: Path) -> None:
    journal = SqliteJournal(path, replay)
    journal.append(rated("1"))
    journal.close()
    assert journal.latest() == rated("1")
    journal.close()
    journal.close()


def test_the_columns_say_what_the_entry_says(path: Path) -> None:
    with_entries(path)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT id, question, at, kind, rating, target FROM log ORDER BY seq").fetchall()
    noon = 1_772_452_800_000_000
    assert rows == [
        ("1", "q", noon, "rated", 3, None),
        ("2", "other", noon, "rated", 3, None),
        ("3", "other", noon, "undone", None, "2"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET rating = 4",
        "UPDATE log SET entry = '{}' WHERE id = '1'",
        "DELETE FROM log",
        "DELETE FROM log WHERE id = '2'",
        "INSERT OR REPLACE INTO log SELECT seq, id, question, at, kind, 1, target, entry FROM log",
        "INSERT OR REPLACE INTO log SELECT seq + 10, id, question, at, kind, 1, target, entry FROM log",
        "INSERT OR REPLACE INTO log SELECT seq, 'x' || id, question, at, kind, 1, target, entry FROM log",
    ],
)
def test_any_program_can_only_add_to_the_log(path: Path, statement: str) -> None:
    with_entries(path)
    with pytest.raises(sqlite3.IntegrityError) as caught:
        change(path, statement)
    assert str(caught.value) == "the review log is append-only"


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs(questions=("a", "b"), max_size=8))
def test_a_rebuild_gives_the_stored_states_back_bit_for_bit(tmp_path: Path, log: list[Entry]) -> None:
    path = tmp_path / "reviews.db"
    path.unlink(missing_ok=True)
    with SqliteJournal(path, replay) as journal:
        for entry in log:
            journal.append(entry)
        assert journal.check() == ()
        states = dict(journal.states())
        assert journal.rebuild() == len(states)
        assert journal.states() == states


def test_check_names_what_differs_and_rebuild_mends_it(path: Path) -> None:
    with_entries(path)
    change(path, """UPDATE state SET state = '{"question":"q","lapses":7}' WHERE question = 'q'""")
    change(path, "DELETE FROM state WHERE question = 'other'")
    change(path, """INSERT INTO state VALUES ('ghost', NULL, NULL, 0, NULL, NULL, NULL, '{"question":"ghost"}')""")
    with SqliteJournal(path, replay) as journal:
        fresh = QuestionState(question="other")
        assert journal.check() == (
            Difference(question="ghost", stored=QuestionState(question="ghost"), replayed=None),
            Difference(question="other", stored=None, replayed=fresh),
            Difference(question="q", stored=QuestionState(question="q", lapses=7), replayed=replay("q", [rated("1")])),
        )
        assert journal.rebuild() == 2
        assert journal.check() == ()


@pytest.mark.parametrize(
    "change_to",
    [
        "due = due + 1",
        "due_on = due_on + 1",
        "suspended = 1",
        "buried_until = 1",
        "reviewed_on = reviewed_on + 1",
        "stability = stability * 1.0000000001",
    ],
)
def test_check_finds_a_column_that_contradicts_its_state(path: Path, change_to: str) -> None:
    with_entries(path)
    change(path, f"UPDATE state SET {change_to} WHERE question = 'q'")
    with SqliteJournal(path, replay) as journal:
        assert [difference.question for difference in journal.check()] == ["q"]
        journal.rebuild()
        assert journal.check() == ()


def test_check_finds_a_column_that_contradicts_its_entry(path: Path) -> None:
    with_entries(path)
    change(path, "DROP TRIGGER log_is_never_changed", "UPDATE log SET rating = 4 WHERE id = '1'")
    with SqliteJournal(path, replay) as journal, pytest.raises(StoreError) as caught:
        journal.check()
    assert caught.value.message == f"the review log {path} is damaged"


def test_new_weights_are_a_difference_until_the_states_are_rebuilt(path: Path) -> None:
    with_entries(path)
    tuned = replayer(Fsrs((*DEFAULT_WEIGHTS[:2], 5.0, *DEFAULT_WEIGHTS[3:])))
    with SqliteJournal(path, tuned) as journal:
        assert [difference.question for difference in journal.check()] == ["q"]
        journal.rebuild()
        assert journal.check() == ()


def test_a_replay_that_fails_writes_nothing(path: Path) -> None:
    def broken(question: str, entries: object) -> QuestionState:
        raise RuntimeError(question)

    with SqliteJournal(path, broken) as journal, pytest.raises(RuntimeError):
        journal.append(rated("1"))
    with SqliteJournal(path, replay) as journal:
        assert (journal.entries(), journal.states()) == ((), {})
        journal.append(rated("1", NOON + timedelta(days=1)))


def test_an_empty_file_is_an_empty_log(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with SqliteJournal(path, replay) as journal:
        assert journal.entries() == ()
        journal.append(rated("1"))
        assert journal.check() == ()


def test_a_log_that_was_moved_away_is_begun_again(path: Path) -> None:
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("1"))
        path.rename(path.with_name("old.db"))
        journal.append(rated("2"))
        assert [entry.id for entry in journal.entries()] == ["2"]
