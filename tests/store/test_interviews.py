"""Interviews on disk: whole or not at all, and readable again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from ptquiz.domain.interviews import Interview, Seniority, Style, Terms, Turn
from ptquiz.domain.questions import Level
from ptquiz.errors import StoreError
from ptquiz.store.interviews import InterviewFiles

TURN = Turn(
    question="q",
    topic="a",
    level=Level.SOURCE,
    style=Style.CODED,
    answer="x = '中文'",
    score=0.5,
    seconds=12.5,
    budget=60.0,
)
INTERVIEW = Interview(
    id="20261123-090000",
    started=datetime(2026, 11, 23, 9, tzinfo=UTC),
    terms=Terms(topics=("a",), seniority=Seniority.RESEARCH, minutes=20, levels={"a": (Level.SOURCE,)}),
    turns=(TURN,),
)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    files = InterviewFiles(tmp_path / "new" / "folder")
    files.save(INTERVIEW)
    assert files.all() == (INTERVIEW,)


def test_an_interview_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    files = InterviewFiles(tmp_path)
    files.save(INTERVIEW)
    later = structs.replace(INTERVIEW, finished=True)
    files.save(later)
    assert files.all() == (later,)
    assert [path.name for path in tmp_path.iterdir()] == ["20261123-090000.json"]


def test_interviews_come_oldest_first(tmp_path: Path) -> None:
    files = InterviewFiles(tmp_path)
    newer = structs.replace(INTERVIEW, id="1", started=datetime(2026, 12, 1, tzinfo=UTC))
    files.save(newer)
    files.save(INTERVIEW)
    assert files.all() == (INTERVIEW, newer)


def test_a_folder_that_is_not_there_has_no_interviews(tmp_path: Path) -> None:
    assert InterviewFiles(tmp_path / "none").all() == ()


BROKEN = {"empty": b"", "garbage": b"\xff\x00", "another document": b'{"schema": 1}'}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_interview_says_how_to_go_on(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        InterviewFiles(tmp_path).all()
    assert str(file) in caught.value.message
    assert caught.value.details == (f"set it aside: mv {file} {file}.broken",)


def test_an_interview_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    InterviewFiles(tmp_path).save(structs.replace(INTERVIEW, schema=2))
    with pytest.raises(StoreError, match="newer ptquiz"):
        InterviewFiles(tmp_path).all()
