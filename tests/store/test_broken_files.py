"""Every way in which the file can be unusable: a clear message, what to type next, and nothing touched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import rmtree, which

import pytest

from ptquiz.errors import ExitCode, StoreError
from ptquiz.scheduling.replay import replay
from ptquiz.store.backups import back_up
from ptquiz.store.journal import SqliteJournal
from tests.scheduling.logs import NOON, rated

ROOT = Path(__file__).parents[2]
NOBODY = 65_534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a review log of some pages."""
    path = tmp_path / "reviews.db"
    with SqliteJournal(path, replay) as journal:
        journal.merge(rated(str(number), question=f"q{number}", answer="x" * 100) for number in range(100))
    return path


def failure(path: Path, use: Callable[[SqliteJournal], object]) -> StoreError:
    with SqliteJournal(path, replay) as journal, pytest.raises(StoreError) as caught:
        use(journal)
    return caught.value


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def text(path: Path) -> None:
    path.write_text("Dear diary, today I learned about dropout.\n" * 100)


def other_program(path: Path) -> None:
    path.unlink()
    run_sql(path, "CREATE TABLE recipes (name TEXT)")


def other_application(path: Path) -> None:
    path.unlink()
    run_sql(path, "PRAGMA application_id = 7")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled_over(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def frame_that_is_not_json(path: Path) -> None:
    run_sql(path, "DROP TRIGGER text_is_never_changed", "UPDATE text SET content = '{' WHERE content LIKE '{%'")


def frame_that_is_gone(path: Path) -> None:
    run_sql(path, "DROP TRIGGER text_is_never_shortened", "DELETE FROM text WHERE content LIKE '{%'")


def state_that_is_not_a_state(path: Path) -> None:
    run_sql(path, "UPDATE state SET phase = 9")


def newer(path: Path) -> None:
    run_sql(path, "UPDATE meta SET value = '7'")


FOREIGN = "{path} is not a review log of ptquiz"
DAMAGED = "the review log {path} is damaged"
UNTOUCHED = "the file was not touched"


@pytest.mark.parametrize("with_backup", [False, True], ids=["without a backup", "with a backup"])
@pytest.mark.parametrize(
    ("breaking", "message"),
    [
        pytest.param(text, FOREIGN, id="a text file"),
        pytest.param(other_program, FOREIGN, id="the database of another program"),
        pytest.param(other_application, FOREIGN, id="a database marked by another program"),
        pytest.param(truncated, DAMAGED, id="the second half is missing"),
        pytest.param(scribbled_over, DAMAGED, id="all but the first page overwritten"),
        pytest.param(frame_that_is_not_json, DAMAGED, id="what entries share is not JSON"),
        pytest.param(frame_that_is_gone, DAMAGED, id="what entries share is gone"),
    ],
)
def test_a_broken_file(path: Path, breaking: Callable[[Path], None], message: str, with_backup: bool) -> None:
    backups = path.parent / "backups"
    if with_backup:
        back_up(path, backups, now=NOON)
        (backups / "2026-03-03T120000Z.db").write_text("the newest backup is broken, too")
    breaking(path)
    content = path.read_bytes()
    for use in (
        SqliteJournal.entries,
        lambda journal: journal.append(rated("new", question="q1")),
        SqliteJournal.check,
    ):
        error = failure(path, use)
        assert error.message == message.format(path=path)
        assert error.exit_code is ExitCode.STORE
        if with_backup:
            assert error.details == (
                UNTOUCHED,
                f"the newest good backup is {backups}/2026-03-02T120000Z.db",
                f"to go back to it: ptquiz state restore {backups}/2026-03-02T120000Z.db",
            )
        else:
            assert error.details == (
                UNTOUCHED,
                f"there is no good backup in {backups}",
                f"to begin a new log and keep this file: mv {path} {path}.old",
            )
    assert path.read_bytes() == content
    assert not list(path.parent.glob("*-journal"))


def test_a_broken_state_is_named_and_mended_from_the_log(path: Path) -> None:
    state_that_is_not_a_state(path)
    assert failure(path, SqliteJournal.states).message == DAMAGED.format(path=path)
    with SqliteJournal(path, replay) as journal:
        assert journal.rebuild() == 100
        assert journal.check() == ()


def test_a_newer_log_is_left_alone(path: Path) -> None:
    newer(path)
    content = path.read_bytes()
    for use in (SqliteJournal.states, lambda journal: journal.append(rated("new"))):
        error = failure(path, use)
        assert (
            error.message == f"the review log {path} was written by a newer ptquiz: it has schema 7, this one knows 5"
        )
        assert error.details == (UNTOUCHED, "upgrade: pip install --upgrade ptquiz")
    assert path.read_bytes() == content
    assert sorted(file.name for file in path.parent.iterdir()) == ["reviews.db"]


def test_a_directory_in_the_place_of_the_file(tmp_path: Path) -> None:
    for use in (SqliteJournal.states, lambda journal: journal.append(rated("1"))):
        error = failure(tmp_path, use)
        assert error.message == f"the review log {tmp_path} is a folder"
        assert error.details == (f"move it away, and a new log is begun: mv {tmp_path} {tmp_path}.old",)


def test_a_file_in_the_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "reviews.db"
    error = failure(path, lambda journal: journal.append(rated("1")))
    assert error.message == f"the review log {path} cannot be opened: File exists"
    assert error.details == (f"see who may write there: ls -ld {path.parent} {path}",)


def test_a_busy_log_is_waited_for_and_then_named(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        error = failure(path, lambda journal: journal.append(rated("new")))
        with SqliteJournal(path, replay) as journal:
            assert len(journal.entries()) == 100
    assert error.message == "the review log is busy: another ptquiz is writing"
    assert error.details == (
        "what was rated before is safe",
        "wait until the other one is done, or leave it with q; then try again",
    )
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("new"))


@pytest.fixture
def protected() -> Iterator[Path]:
    """Make a log in a directory, and be a user who owns neither; root may write anywhere."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "reviews.db"
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("1"))
    folder.chmod(0o755)
    path.chmod(0o444)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        yield path
        os.seteuid(0)
    else:
        folder.chmod(0o555)
        yield path
        folder.chmod(0o755)
    rmtree(folder)


def test_a_read_only_file_can_be_read_and_says_so_when_written(protected: Path) -> None:
    with SqliteJournal(protected, replay) as journal:
        assert journal.check() == ()
        assert journal.latest() == rated("1")
    error = failure(protected, lambda journal: journal.append(rated("2")))
    assert error.message == f"the review log {protected} is read-only"
    assert error.details == (f"see who may write there: ls -ld {protected.parent} {protected}",)


def test_a_read_only_directory_takes_no_new_log(protected: Path) -> None:
    path = protected.with_name("other.db")
    error = failure(path, lambda journal: journal.append(rated("1")))
    assert error.message == f"the review log {path} cannot be opened: Permission denied"
    assert error.details == (f"see who may write there: ls -ld {path.parent} {path}",)


def test_a_file_that_may_not_be_read(protected: Path) -> None:
    if os.geteuid() == NOBODY:
        os.seteuid(0)
        protected.chmod(0o600)
        os.seteuid(NOBODY)
    else:
        protected.chmod(0)
    assert failure(protected, SqliteJournal.states).message == f"the review log {protected} cannot be opened or written"


def fill(path: Path, limit: int, *prefix: str) -> list[str]:
    command = [*prefix, sys.executable, "-m", "tests.store.children", "fill", str(path), "f", str(limit)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def test_a_disk_that_fails_in_the_middle_of_writing_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    said = fill(path, 100_000)
    assert said == [
        f"the review log {path} cannot be read or written: disk I/O error",
        f"see whether its disk is there and has space: df -h {tmp_path}",
        "nothing lost",
    ]
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("new", NOON + timedelta(days=1)))
        assert journal.check() == ()


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    small_disk = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size=200k none {tmp_path} && exec "$@"', "sh"]
    if which("unshare") is None or subprocess.run([*small_disk, "true"], check=False, capture_output=True).returncode:
        pytest.skip("a small disk needs user namespaces")
    path = tmp_path / "reviews.db"
    assert fill(path, 0, *small_disk) == [
        f"the review log {path} cannot be written: the disk is full",
        "what was rated before is safe",
        f"free some space and try again: df -h {tmp_path}",
        "nothing lost",
    ]
