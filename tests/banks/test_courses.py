"""Course files: how they are read, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.index import DeckIndex
from ptquiz.banks.reader import read_deck
from ptquiz.domain.courses import chosen
from ptquiz.domain.questions import Level
from tests.domain.decks import deck

COURSE = """\
format: 1
course: short
title: A short course
about: Two steps.
seniority: junior
minutes: 20
steps:
  - topic: sample
    levels: [answer]
  - topic: sample
    levels: [follow-up]
translations:
  zh: {title: 短课程, about: 两步。}
"""


def read(folder: Path, course: str = COURSE) -> Collection:
    (folder / "sample.yaml").write_text(deck(), "utf-8")
    (folder / "courses").mkdir(exist_ok=True)
    (folder / "courses" / "short.yaml").write_text(course, "utf-8")
    return collect(deck_files([folder]), read_deck)


def test_a_course_lies_beside_the_decks(tmp_path: Path) -> None:
    collection = read(tmp_path)
    assert collection.problems == ()
    (course,) = collection.courses
    assert course.topics == ("sample",)
    assert course.levels == {"sample": (Level.ANSWER, Level.FOLLOW_UP)}


def test_a_course_is_told_in_another_language(tmp_path: Path) -> None:
    (course,) = read(tmp_path).courses
    assert (course.in_language("zh").title, course.in_language("zh").about) == ("短课程", "两步。")
    assert course.in_language("fr") == course


def test_its_questions_come_step_by_step_each_once(tmp_path: Path) -> None:
    collection = read(tmp_path)
    levels = [question.level for question in chosen(collection.courses[0], collection.questions).values()]
    assert levels == sorted(levels, key=list(Level).index)
    assert set(levels) == {Level.ANSWER, Level.FOLLOW_UP}


def test_a_step_without_levels_asks_the_whole_topic(tmp_path: Path) -> None:
    collection = read(tmp_path, COURSE.replace("    levels: [follow-up]\n", ""))
    assert collection.courses[0].steps[1].levels == ()
    assert set(chosen(collection.courses[0], collection.questions)) == set(collection.questions)


def test_a_course_comes_out_of_the_index_as_it_went_in(tmp_path: Path) -> None:
    read(tmp_path)
    index = DeckIndex(tmp_path / "cache")
    files = deck_files([tmp_path / "courses"])
    assert collect(files, index.read).courses == collect(files, index.read).courses == collect(files, read_deck).courses


BROKEN = {
    "an unknown topic": (
        "topic: sample\n    levels: [answer]",
        "topic: simple",
        'short.yaml:8:5: there is no topic "simple"',
    ),
    "an unknown level": ("[answer]", "[anser]", 'expected answer, follow-up or source, found "anser"'),
    "no steps": (
        "steps:\n  - topic: sample\n    levels: [answer]\n  - topic: sample\n    levels: [follow-up]",
        "steps: []",
        "at least 1",
    ),
    "an unknown key": ("about:", "abut:", 'unknown key "abut"'),
}


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_a_course(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in COURSE
    collection = read(tmp_path, COURSE.replace(old, new))
    assert collection.courses == ()
    assert any(problem in str(found) for found in collection.problems), collection.problems
    assert len(collection.decks) == 1
