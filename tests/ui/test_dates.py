"""Days in both languages, whatever the locale of the process."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest

from ptquiz.scheduling.queue import Upcoming
from ptquiz.ui.dates import day_in_week, full_day, full_day_in_week, short_day, when
from ptquiz.ui.lines import heading, listed, sentence
from ptquiz.ui.tables_view import show_table
from ptquiz.ui.terminal.abilities import Abilities
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import words_for

WEDNESDAY = date(2026, 11, 25)
FIRST = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("lang", "wednesday", "first"),
    [
        ("en", ["25 Nov", "Wed 25 Nov", "25 Nov 2026", "Wed 25 Nov 2026"], "01 Jan"),
        ("zh", ["11月25日", "11月25日 周三", "2026年11月25日", "2026年11月25日 周三"], "1月1日"),
    ],
)
def test_a_day_is_written_as_its_language_does(lang: str, wednesday: list[str], first: str) -> None:
    words = words_for(lang)
    assert [write(words, WEDNESDAY) for write in (short_day, day_in_week, full_day, full_day_in_week)] == wednesday
    assert short_day(words, FIRST) == first


def test_the_next_questions_are_announced_with_their_day() -> None:
    upcoming = Upcoming(at=datetime(2026, 11, 25, 4, tzinfo=UTC), count=3)
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert when(upcoming, now, words_for("en")) == " Next: 3 questions on Wed 25 Nov from 04:00."
    assert when(upcoming, now, words_for("zh")) == "下次：11月25日 周三 04:00 起 3 题。"


def printed(columns: int | None) -> tuple[Screen, io.StringIO]:
    out = io.StringIO()
    return Screen(out, Abilities(columns=columns), words=words_for("zh")), out


HEAD = ("主题", "题数", "位置")
ROWS = [("dropout", "12", "/home/learner/decks/dropout.yaml"), ("no-grad", "7", "内置")]


def test_a_table_that_fits_has_columns_aligned_by_cells() -> None:
    screen, out = printed(60)
    show_table(screen, HEAD, ROWS)
    assert out.getvalue().splitlines() == [
        "主题     题数  位置",
        "dropout    12  /home/learner/decks/dropout.yaml",
        "no-grad     7  内置",
    ]


def test_a_last_column_that_does_not_fit_goes_below_its_row() -> None:
    screen, out = printed(40)
    show_table(screen, HEAD, ROWS[:1])
    assert out.getvalue().splitlines() == [
        "主题     题数",
        "    位置",
        "dropout    12",
        "    /home/learner/decks/dropout.yaml",
    ]


def test_a_table_too_wide_for_that_becomes_a_paragraph_a_row() -> None:
    screen, out = printed(12)
    show_table(screen, HEAD, ROWS[1:])
    assert out.getvalue().splitlines() == ["no-grad", "  题数 7", "  位置 内置"]


def test_a_pipe_gets_every_row_and_sentence_on_one_line() -> None:
    screen, out = printed(None)
    show_table(screen, HEAD, [("a", "1", "x" * 200)])
    sentence(screen, "word " * 40 + "end")
    assert len(out.getvalue().splitlines()) == 3


def test_lists_break_between_their_parts() -> None:
    screen, out = printed(20)
    listed(screen, ("one part", "", "another part", "last"), indent=2)
    heading(screen, ("short", "title"))
    heading(screen, ("a longer title", "on two lines"))
    assert out.getvalue().splitlines() == [
        *("  one part", "  another part，last"),
        "-- short，title --",
        *("a longer title", "on two lines"),
    ]
