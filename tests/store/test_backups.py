"""Backups are whole, one a day, fewer the older they get; and a restore loses neither log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.errors import StoreError
from ptquiz.scheduling.replay import replay
from ptquiz.store.backups import back_up, back_up_daily, kept, restore, unusable
from ptquiz.store.connection import connect
from ptquiz.store.copies import backup_name, backup_time, dated_backups, newest_good_backup
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.migrations import MIGRATIONS
from tests.scheduling.logs import NOON, rated

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "reviews.db"
    add(path, "1")
    return path


@pytest.fixture
def backups(path: Path) -> Path:
    return path.parent / "backups"


def add(path: Path, id: str) -> None:
    with SqliteJournal(path, replay) as journal:
        journal.append(rated(id))


def ids(path: Path) -> list[str]:
    with SqliteJournal(path, replay) as journal:
        assert journal.check() == ()
        return [entry.id for entry in journal.entries()]


def test_a_backup_is_a_whole_log_that_only_the_user_may_read(path: Path, backups: Path) -> None:
    made = back_up(path, backups, now=NOON)
    assert made == backups / "2026-03-02T120000Z.db"
    assert ids(made) == ["1"]
    assert [oct(place.stat().st_mode & 0o777) for place in (backups, made)] == ["0o700", "0o600"]
    assert [file.name for file in backups.iterdir()] == [made.name]


def test_there_is_nothing_to_back_up_before_the_first_entry(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    for path in (tmp_path / "none.db", empty):
        assert back_up(path, tmp_path / "backups", now=NOON) is None
        assert back_up_daily(path, tmp_path / "backups", now=NOON) is None
    assert not (tmp_path / "backups").exists()


def test_the_first_backup_waits_until_something_was_rated(tmp_path: Path) -> None:
    path, backups = tmp_path / "reviews.db", tmp_path / "backups"
    with SqliteJournal(path, replay) as journal:
        journal.prepare()
    assert back_up_daily(path, backups, now=NOON) is None
    add(path, "1")
    made = back_up_daily(path, backups, now=NOON)
    assert made is not None
    assert ids(made) == ["1"]


def test_one_backup_a_utc_day(path: Path, backups: Path) -> None:
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    elsewhere = midnight.astimezone(timezone(timedelta(hours=8)))
    times = [NOON, midnight - timedelta(seconds=1), elsewhere, midnight + timedelta(hours=1)]
    assert [back_up_daily(path, backups, now=now) is not None for now in times] == [True, False, True, False]


def test_the_daily_backup_thins_the_older_ones_and_leaves_other_files(path: Path, backups: Path) -> None:
    old = [back_up(path, backups, now=NOON + timedelta(hours=hours)) for hours in (0, 1, 2)]
    others = [backups / "before-schema-2.db", backups / "notes.txt"]
    for other in others:
        other.touch()
    today = back_up_daily(path, backups, now=NOON + 5 * DAY)
    assert {*backups.iterdir()} == {old[0], today, *others}


def test_a_damaged_log_gives_no_backup(path: Path, backups: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40_000)
    with pytest.raises(StoreError) as caught:
        back_up(path, backups, now=NOON)
    assert caught.value.message == f"the review log {path} is damaged"
    assert list(backups.glob("*")) == []


def test_the_newest_good_backup_is_found_behind_broken_ones(path: Path, backups: Path) -> None:
    good = back_up(path, backups, now=NOON)
    (backups / backup_name(NOON + DAY)).write_text("broken")
    (backups / backup_name(NOON + 2 * DAY)).touch()
    assert newest_good_backup(backups) == good
    assert newest_good_backup(backups / "nowhere") is None


@pytest.mark.parametrize("name", ["2026-03-02.db", "before-schema-2.db", "2026-03-02T120000Z.txt", ".x.db"])
def test_other_files_are_no_dated_backups(name: str) -> None:
    assert backup_time(Path(name)) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_the_name_of_a_backup_tells_its_second(at: datetime) -> None:
    assert backup_time(Path(backup_name(at))) == at.replace(microsecond=0)


def test_a_year_of_backups_is_thinned_to_what_may_be_needed() -> None:
    """Three backups a day from January to December, thinned after each."""
    backups: set[datetime] = set()
    now = datetime(2026, 1, 1, 8, tzinfo=UTC)
    for _ in range(364 * 3):
        backups = kept({*backups, now}, now=now)
        last, now = now, now + timedelta(hours=8)
    ages = sorted((last - at).total_seconds() / 86_400 for at in backups)
    assert sum(age < 2 for age in ages) == 6
    assert sum(2 <= age < 14 for age in ages) in (12, 13)
    assert sum(14 <= age < 61 for age in ages) in (7, 8)
    assert {(at.year, at.month) for at in backups} == {(2026, month) for month in range(1, 13)}
    assert len(ages) < 45
    assert all(older - newer <= 31 + 7 for newer, older in pairwise(ages))


@given(st.sets(st.integers(-48, 24 * 400), max_size=60).map(lambda hours: {NOON - timedelta(hours=h) for h in hours}))
def test_thinning_keeps_the_new_ones_and_one_of_every_month_and_repeats_itself(times: set[datetime]) -> None:
    remaining = kept(times, now=NOON)
    assert remaining <= times
    assert {at for at in times if NOON - at < 2 * DAY} <= remaining
    assert {(at.year, at.month) for at in times} == {(at.year, at.month) for at in remaining}
    recent_days: set[date] = {at.date() for at in times if NOON - at < 14 * DAY}
    assert recent_days <= {at.date() for at in remaining}
    assert kept(remaining, now=NOON) == remaining


def test_a_restore_makes_the_replaced_log_a_backup(path: Path, backups: Path) -> None:
    old = back_up(path, backups, now=NOON)
    assert old is not None
    add(path, "2")
    saved = restore(old, path, backups, now=NOON + DAY)
    assert saved == backups / "2026-03-03T120000Z.db"
    assert (ids(path), ids(saved), ids(old)) == (["1"], ["1", "2"], ["1"])
    assert {file.name for file in path.parent.iterdir()} == {"reviews.db", "backups"}


def test_a_restore_keeps_the_damaged_log_aside_and_no_stale_rollback_journal_reaches_the_new_one(
    path: Path, backups: Path
) -> None:
    old = back_up(path, backups, now=NOON)
    assert old is not None
    path.write_text("damaged")
    journal = path.with_name("reviews.db-journal")
    journal.write_text("what SQLite would play into the restored file")
    saved = restore(old, path, backups, now=NOON)
    assert saved == path.with_name("reviews.db.damaged-2026-03-02T120000Z.db")
    assert saved.read_text() == "damaged"
    assert not journal.exists()
    assert ids(path) == ["1"]


def test_a_restore_needs_no_log(path: Path, backups: Path) -> None:
    old = back_up(path, backups, now=NOON)
    assert old is not None
    path.unlink()
    assert restore(old, path, backups, now=NOON) is None
    assert ids(path) == ["1"]


def test_a_broken_backup_is_not_restored(path: Path, backups: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("broken")
    with pytest.raises(StoreError) as caught:
        restore(broken, path, backups, now=NOON)
    assert caught.value.message == f"the backup {broken} is damaged or is no backup"
    assert caught.value.details == (f"see what there is: ls {backups}",)
    assert ids(path) == ["1"]


def test_a_backup_of_a_newer_ptquiz_is_not_restored_and_an_older_one_is_found_behind_it(
    path: Path, backups: Path
) -> None:
    good, newer = (back_up(path, backups, now=NOON + n * DAY) for n in range(2))
    assert newer is not None
    with closing(connect(newer)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    content = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        restore(newer, path, backups, now=NOON + 2 * DAY)
    assert caught.value.message == (
        f"the backup {newer} was written by a newer ptquiz: it has schema 99, this one knows {len(MIGRATIONS)}"
    )
    assert caught.value.details == ("nothing was restored", "upgrade: pip install --upgrade ptquiz")
    assert path.read_bytes() == content
    assert newest_good_backup(backups) == good


def test_a_session_that_was_open_during_a_restore_goes_on_in_the_restored_log(path: Path, backups: Path) -> None:
    old = back_up(path, backups, now=NOON)
    assert old is not None
    with SqliteJournal(path, replay) as journal:
        journal.append(rated("2"))
        restore(old, path, backups, now=NOON + DAY)
        journal.append(rated("3"))
    assert ids(path) == ["1", "3"]


def test_backups_are_listed_oldest_first(path: Path, backups: Path) -> None:
    times = [NOON + DAY, NOON, NOON + 2 * DAY]
    for now in times:
        back_up(path, backups, now=now)
    assert list(dated_backups(backups)) == sorted(times)


def test_a_backup_of_a_busy_log_does_not_wait_for_ever(path: Path, backups: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as caught:
            back_up(path, backups, now=NOON)
    assert caught.value.message == "the review log is busy: another ptquiz is writing"
    assert dated_backups(backups) == {}


def test_every_backup_is_looked_at_and_one_that_could_not_be_restored_is_named(path: Path, backups: Path) -> None:
    assert unusable(backups) == ()
    good, cut, newer = (back_up(path, backups, now=NOON + n * DAY) for n in range(3))
    assert good is not None
    assert cut is not None
    assert newer is not None
    assert unusable(backups) == ()
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    with closing(connect(newer)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    (backups / "before-schema-2.db").write_text("broken")
    contents = {file: file.read_bytes() for file in backups.iterdir()}
    assert unusable(backups) == (cut, newer, backups / "before-schema-2.db")
    assert {file: file.read_bytes() for file in backups.iterdir()} == contents
