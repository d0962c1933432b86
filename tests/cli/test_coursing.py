"""Courses as a learner uses them: listed, shown, practised, asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz
from tests.domain.decks import deck

COURSE = """\
format: 1
course: short
title: A short course
about: From the simple answers to the rest.
steps:
  - {topic: sample, levels: [answer]}
  - {topic: sample, levels: [follow-up]}
translations:
  zh: {title: 短课程}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "sample.yaml").write_text(deck(), "utf-8")
    (decks / "short.yaml").write_text(COURSE, "utf-8")
    assert ptquiz("deck", "add", str(decks), "--trust").returncode == ExitCode.DONE
    return decks


def test_the_shipped_courses_are_listed_with_what_to_type() -> None:
    done = ptquiz("course", "list")
    assert "just-the-core" in done.stdout
    assert "ptquiz practice --course NAME" in done.stdout


def test_a_course_is_shown_step_by_step(folder: Path) -> None:
    done = ptquiz("course", "show", "short")
    assert done.returncode == ExitCode.DONE
    assert "A short course" in done.stdout
    assert done.stdout.index("sample, answer") < done.stdout.index("sample, follow-up")
    assert "短课程" in ptquiz("--lang", "zh", "course", "show", "short").stdout


def test_practice_asks_only_what_the_course_asks_in_its_order(folder: Path) -> None:
    report = json.loads(ptquiz("course", "show", "short", "--json").stdout)
    done = ptquiz("practice", "--course", "short", "--new", "50", "--plain", keys=["q"])
    assert done.stdout.startswith("A short course, 0 due, ")
    assert ", true or false, new --" in done.stdout or ", choose one, new --" in done.stdout
    assert report["questions"] == sum(step["questions"] for step in report["steps"])
    assert report["seen"] == 0


def test_an_interview_by_a_course_asks_its_levels(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text('{"pass": true, "seconds": 1}\n' * 20, "utf-8")
    done = ptquiz("interview", "--course", "short", "--script", str(script), "--json")
    assert done.returncode == ExitCode.DONE, done.stderr
    levels = {turn["level"] for turn in json.loads(done.stdout)["interview"]["turns"]}
    assert levels == {"answer", "follow-up"}


def test_an_unknown_course_gets_a_suggestion(folder: Path) -> None:
    done = ptquiz("practice", "--course", "shrot", "--plain")
    assert done.returncode == ExitCode.USAGE
    assert 'no course "shrot". Did you mean short?' in done.stderr
