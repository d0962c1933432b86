"""A log goes out as JSON Lines and comes back the same; two logs joined say the same whichever came first."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace as changed

from ptquiz.domain.reviews import Entry
from ptquiz.errors import PtquizError, StoreError, UsageError
from ptquiz.scheduling.replay import replay
from ptquiz.store.exchange import exported, read_export, read_log
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.memory_journal import MemoryJournal
from ptquiz.store.migrations import MIGRATIONS
from tests.scheduling.logs import in_order, logs, rated
from tests.store.older_logs import of_schema

few = settings(max_examples=15)
HEAD = '{"file":"ptquiz-reviews","schema":1,"entries":1}'


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


@few
@given(log=logs(questions=("a", "b")))
def test_what_is_exported_and_imported_is_the_same(log: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = write(Path(directory) / "log.jsonl", *exported(in_order(log)))
        assert read_export(path) == in_order(log)


@few
@given(ours=logs(questions=("a", "b")), theirs=logs(questions=("b", "c")))
def test_logs_joined_in_either_order_say_the_same(ours: list[Entry], theirs: list[Entry]) -> None:
    theirs = [changed(entry, id=f"other-{entry.id}") for entry in theirs]
    one, other = MemoryJournal(replay), MemoryJournal(replay)
    one.merge(ours)
    one.merge(theirs)
    other.merge(theirs)
    other.merge([*ours, *theirs])
    assert (one.entries(), one.states()) == (other.entries(), other.states())


def test_joining_twice_adds_nothing(tmp_path: Path) -> None:
    with SqliteJournal(tmp_path / "one.db", replay) as one, SqliteJournal(tmp_path / "two.db", replay) as two:
        one.append(rated("1"))
        two.append(rated("2"))
        assert [one.merge(read_log(two.path)), one.merge(read_log(two.path))] == [1, 0]
        assert [two.merge(read_log(one.path)), two.merge(read_log(one.path))] == [1, 0]
        assert one.states() == two.states()
        assert one.check() == two.check() == ()


def test_reading_another_log_leaves_it_as_it_is(tmp_path: Path) -> None:
    with SqliteJournal(tmp_path / "other.db", replay) as other:
        other.append(rated("1"))
    content = other.path.read_bytes()
    assert read_log(other.path) == (rated("1"),)
    assert other.path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["other.db"]


def test_a_log_of_an_older_schema_is_read_and_not_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    of_schema(1, path, [rated("1")])
    content = path.read_bytes()
    assert len(MIGRATIONS) > 1
    assert read_log(path) == (rated("1"),)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param((), "{path} is no exported review log", id="empty"),
        pytest.param(("[]",), "{path} is no exported review log", id="something else"),
        pytest.param(
            (HEAD.replace('a":1', 'a":9'),),
            "{path} was exported by a newer ptquiz: it has schema 9, this one knows 1",
            id="newer",
        ),
        pytest.param(
            (HEAD,), "{path} has 0 entries and says it has 1: it was cut off or joined", id="cut off between lines"
        ),
        pytest.param(
            (HEAD, '{"entry":"rated","id":"1"'), "{path}:2: Input data was truncated", id="cut off within a line"
        ),
        pytest.param(
            (HEAD, '{"entry":"rated","id":"1"}'), "{path}:2: Object missing required field `question`", id="no entry"
        ),
        pytest.param(
            (HEAD, '{"entry":"suspended","id":"1","question":"q","at":"2026-03-02T12:00:00"}'),
            "{path}:2: ",
            id="no time zone",
        ),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_as_a_whole(
    tmp_path: Path, lines: tuple[str, ...], message: str
) -> None:
    path = write(tmp_path / "log.jsonl", *lines)
    with pytest.raises(UsageError) as caught:
        read_export(path)
    assert caught.value.message.startswith(message.format(path=path))


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        pytest.param(None, UsageError, "there is no review log {path}", id="missing"),
        pytest.param(b"garbage " * 999, StoreError, "{path} is damaged or is no review log", id="garbage"),
        pytest.param(b"", StoreError, "{path} is damaged or is no review log", id="empty"),
    ],
)
def test_another_log_that_cannot_be_read_is_told(
    tmp_path: Path, content: bytes | None, error: type[PtquizError], message: str
) -> None:
    path = tmp_path / "other.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error) as caught:
        read_log(path)
    assert caught.value.message == message.format(path=path)
