"""What the file of the review log promises beyond the journal's contract."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import structs

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


OF = "question = (SELECT key FROM question WHERE id = '{}')"


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


def test_a_session_uses_one_rollback_journal_and_leaves_none(path: Path) -> None:
    used = path.with_name("reviews.db-journal")
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("1"))
        first = used.stat().st_ino
        journal.append(rated("2"))
        assert used.stat().st_ino == first
    assert [file.name for file in path.parent.iterdir()] == ["reviews.db"]


def test_preparing_and_rehearsing_leave_nothing_in_the_log(path: Path) -> None:
    with_entries(path)
    with SqliteJournal(path, replay) as journal:
        before = journal.entries(), journal.states()
        journal.prepare()
        journal.rehearse()
        assert (journal.entries(), journal.states()) == before
        assert journal.check() == ()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM question WHERE id = 'rehearsal'").fetchone() == (0,)


def test_a_rating_makes_good_for_a_state_that_was_lost(path: Path) -> None:
    with_entries(path)
    change(path, "DELETE FROM state")
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("4", NOON + timedelta(days=1)))
        assert [found.question for found in journal.check()] == ["other"]


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


def test_the_ids_of_one_run_and_what_entries_share_are_written_once(path: Path) -> None:
    with SqliteJournal(path, replay) as journal:
        for number in range(3):
            journal.append(rated(f"{'0a' * 16}-{number}", question="q", wording="0123456789abcdef", answer="eval"))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name, first, last FROM session").fetchall() == [(b"\x0a" * 16, 1, 3)]
        assert connection.execute("SELECT wording, meaning FROM edition").fetchall() == [
            (b"\x01\x23\x45\x67\x89\xab\xcd\xef", "")
        ]
        assert connection.execute("SELECT content FROM text").fetchall() == [
            ('{"entry":"rated","rating":3,"retention":0.9}',),
            ("eval",),
        ]
        assert connection.execute("SELECT session, number, edition, frame, answer FROM log").fetchall() == [
            (1, 0, 1, 1, 2),
            (1, 1, 1, 1, 2),
            (1, 2, 1, 1, 2),
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET at = 4",
        "UPDATE log SET answer = 2 WHERE seq = 1",
        "DELETE FROM log",
        "DELETE FROM log WHERE seq = 2",
        "INSERT OR REPLACE INTO log SELECT * FROM log",
        "INSERT INTO log SELECT seq + 10, session, number, edition, at, frame, tenths, answer FROM log",
        "UPDATE text SET content = 'other'",
        "DELETE FROM text",
        "INSERT OR REPLACE INTO text SELECT key, hash, 'other' FROM text",
        "UPDATE question SET id = 'other' WHERE id = 'q'",
        "DELETE FROM question",
        "UPDATE edition SET question = 2",
        "DELETE FROM edition",
        "UPDATE session SET name = 'other' WHERE key = 1",
        "DELETE FROM session",
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
    change(path, f"UPDATE state SET lapses = 7 WHERE {OF.format('q')}", f"DELETE FROM state WHERE {OF.format('other')}")
    change(
        path,
        "INSERT INTO question VALUES (9, 'ghost')",
        "INSERT INTO edition VALUES (9, 9, '', '')",
        """INSERT INTO state (question, edition, phase, interval, repetitions, lapses, suspended, starred)
            VALUES (9, 9, 0, 0, 0, 0, 0, 0)""",
    )
    state = replay("q", [rated("1")])
    with SqliteJournal(path, replay) as journal:
        fresh = QuestionState(question="other")
        assert journal.check() == (
            Difference(question="ghost", stored=QuestionState(question="ghost"), replayed=None),
            Difference(question="other", stored=None, replayed=fresh),
            Difference(question="q", stored=structs.replace(state, lapses=7), replayed=state),
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
        "starred = 1",
        "reviewed_on = reviewed_on + 1",
        "stability = stability * 1.0000000001",
    ],
)
def test_check_finds_a_column_that_contradicts_its_state(path: Path, change_to: str) -> None:
    with_entries(path)
    change(path, f"UPDATE state SET {change_to} WHERE {OF.format('q')}")
    with SqliteJournal(path, replay) as journal:
        assert [difference.question for difference in journal.check()] == ["q"]
        journal.rebuild()
        assert journal.check() == ()


@pytest.mark.parametrize(
    ("table", "change_to"),
    [
        ("log", "SET at = at + 1 WHERE seq = 2"),
        ("log", "SET tenths = 1 WHERE seq = 2"),
        ("log", "SET frame = 2, answer = 1 WHERE seq = 2"),
        ("log", "SET edition = 2 WHERE seq = 1"),
        ("text", "SET content = replace(content, '0.9', '0.8')"),
        ("question", "SET id = 'r' WHERE id = 'q'"),
        ("edition", "SET meaning = 'm'"),
    ],
)
def test_check_finds_an_entry_that_was_changed_behind_its_back(path: Path, table: str, change_to: str) -> None:
    with_entries(path)
    change(path, f"DROP TRIGGER {table}_is_never_changed", f"UPDATE {table} {change_to}")
    with SqliteJournal(path, replay) as journal, pytest.raises(StoreError) as caught:
        journal.check()
    assert caught.value.message == f"the review log {path} is damaged"


def test_check_finds_entries_that_were_taken_away(path: Path) -> None:
    with_entries(path)
    change(path, "DROP TRIGGER log_is_never_shortened", "DELETE FROM log WHERE seq = 3")
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
    def broken(question: str, entries: object, start: QuestionState | None = None) -> QuestionState:
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
