"""Clocks that are put back, summer time, and journeys: no review is lost, and days are the learner's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz, write_deck

RATE = ("", "3", "")


def practise(path: Path, now: str, *keys: str) -> str:
    ended = ptquiz("practice", "-d", str(path), "--plain", "--new", "1", keys=keys, PTQUIZ_NOW=now)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    return ended.stdout


def test_a_clock_that_is_put_back_by_days_loses_nothing_and_undo_takes_back_what_was_done_last(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard", "true-false")
    practise(path, "2026-11-24T09:00:00+00:00", *RATE)
    practise(path, "2026-11-20T09:00:00+00:00", "2", "3", "")
    shown = practise(path, "2026-11-20T10:00:00+00:00", "u")
    assert "Nothing is due" in shown
    assert ptquiz("state", "check").stdout.startswith("2 entries, every state is what the log says\n")
    listed = ptquiz("due", PTQUIZ_NOW="2026-12-24T09:00:00+00:00").returncode
    assert listed == ExitCode.DONE


@pytest.mark.parametrize(
    ("rated", "before", "due"),
    [
        pytest.param(
            "2026-03-28T12:00:00+01:00", "2026-03-29T23:00:00+02:00", "2026-03-30T09:00:00+02:00", id="to summer time"
        ),
        pytest.param(
            "2026-10-24T12:00:00+02:00", "2026-10-25T23:00:00+01:00", "2026-10-26T09:00:00+01:00", id="to winter time"
        ),
        pytest.param(
            "2028-02-28T12:00:00+00:00", "2028-02-29T23:00:00+00:00", "2028-03-01T09:00:00+00:00", id="a leap day"
        ),
        pytest.param(
            "2026-11-23T23:30:00+09:00", "2026-11-24T23:00:00-05:00", "2026-11-25T04:00:00-05:00", id="a journey west"
        ),
        pytest.param(
            "2026-11-23T12:00:00-05:00", "2026-11-25T03:59:00+09:00", "2026-11-25T04:00:00+09:00", id="a journey east"
        ),
        pytest.param(
            "2026-11-23T12:00:00-11:00",
            "2026-11-25T03:59:00+13:00",
            "2026-11-25T04:00:00+13:00",
            id="over the date line",
        ),
    ],
)
def test_two_days_are_two_of_the_learners_days(tmp_path: Path, rated: str, before: str, due: str) -> None:
    path = write_deck(tmp_path, "flashcard")
    ptquiz("deck", "add", str(path), "--trust")
    practise(path, rated, *RATE)
    assert "s-flashcard" not in ptquiz("due", "-t", "sample", PTQUIZ_NOW=before).stdout
    assert "s-flashcard" in ptquiz("due", "-t", "sample", PTQUIZ_NOW=due).stdout


def test_a_journey_does_not_give_a_second_day(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard", "true-false")
    practise(path, "2026-11-23T23:30:00+09:00", *RATE)
    assert "Nothing is due" in practise(path, "2026-11-23T16:00:00+01:00")
