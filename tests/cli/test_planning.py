"""Preparing for an interview, as a user does it in a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz, write_deck

KINDS = ("true-false", "flashcard", "choice")


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = write_deck(tmp_path, *KINDS)
    ptquiz("deck", "add", str(path), "--trust")
    return str(path)


def test_a_plan_is_made_shown_kept_and_forgotten(path: str) -> None:
    made = ptquiz("plan", "--interview", "2026-11-30", "--minutes", "20", "-t", "sample")
    assert made.returncode == ExitCode.DONE
    lines = made.stdout.splitlines()
    assert lines[0] == "── interview on Mon 30 Nov 2026 · 7 days left · 20 minutes a day · sample ──"
    assert lines[1] == "3 questions, 0 seen before"
    assert "everything fits: each question is asked, and seen once more before the day" in lines
    assert ptquiz("plan").stdout == made.stdout
    assert ptquiz("plan", "--clear").stdout == "the plan is forgotten; practice asks what is due\n"
    assert ptquiz("plan").stdout.startswith("there is no plan\n")
    assert ptquiz("plan", "--clear").stdout == "there was no plan\n"


def test_practice_follows_the_plan_and_questions_are_back_before_the_day(path: str) -> None:
    ptquiz("plan", "--interview", "2026-11-27", "--minutes", "20", "-t", "sample")
    ended = ptquiz("practice", "-d", path, "--plain", keys=["1", "4", "2", "4", "q"])
    assert ended.stdout.startswith("sample for the interview on 27 Nov, 0 due, 2 new")
    assert "4 Easy 3d" in ended.stdout
    log = [json.loads(line) for line in ptquiz("state", "export").stdout.splitlines()[1:]]
    assert {entry["back_by"] for entry in log} == {"2026-11-26"}
    assert ptquiz("state", "check").returncode == ExitCode.DONE


def test_a_day_that_is_used_up_says_so(path: str) -> None:
    ptquiz("plan", "--interview", "2026-11-24", "--minutes", "20")
    ptquiz("practice", "-d", path, "--plain", keys=["1", "4", "2", "4", "", "4", "q"])
    ended = ptquiz("practice", "-d", path, "--plain")
    assert "the 20 minutes of today for the interview on 24 Nov are used up" in ended.stdout


def test_what_will_not_fit_is_said_with_what_would_do() -> None:
    lines = ptquiz("plan", "--interview", "2026-11-25", "--minutes", "5").stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("this will not fit: "))
    assert lines[at + 1].startswith("  ")
    assert lines[at + 2] == "  or prepare less: ptquiz plan --interview 2026-11-25 --minutes 5 -t TOPIC"


def test_every_number_of_a_plan_is_there_as_json(path: str) -> None:
    made = json.loads(ptquiz("plan", "--interview", "2026-11-30", "-t", "sample", "--json").stdout)
    assert (made["schema"], made["days_left"], made["fits"], made["minutes_needed"]) == (1, 7, True, None)
    assert made["plan"] == {"made": "2026-11-23", "interview": "2026-11-30", "minutes": 30, "topics": ["sample"]}
    assert len(made["projection"]["days"]) == 7
    assert sum(day["new"] for day in made["projection"]["days"]) == 3


def test_a_plan_that_is_over_has_no_say(path: str) -> None:
    ptquiz("plan", "--interview", "2026-11-24", "--minutes", "20")
    ended = ptquiz("practice", "-d", path, "--plain", PTQUIZ_NOW="2026-11-25T09:00:00+00:00")
    assert ended.stdout.startswith("sample, 0 due, 3 new")


def test_the_load_of_every_day_of_a_month_is_shown_and_of_more_it_is_said_how_many() -> None:
    lines = ptquiz("plan", "--interview", "2026-12-14").stdout.splitlines()
    load = lines[lines.index("minutes a day") + 1 :]
    assert len(load[: load.index("")]) == 21
    assert "readiness on the day of the interview, if you stopped after (14 of 21 days; --json has all)" in lines
    longer = ptquiz("plan", "--interview", "2027-01-14").stdout.splitlines()
    assert "minutes a day (31 of 52 days; --json has all)" in longer


def test_practice_says_which_topics_it_is_about() -> None:
    ptquiz("plan", "--interview", "2026-12-14", "-t", "dropout")
    ended = ptquiz("practice", "--plain", keys=["q"])
    assert ended.stdout.startswith("dropout for the interview on 14 Dec")
    ptquiz("plan", "--clear")
    assert ptquiz("practice", "--plain", keys=["q"]).stdout.startswith("all topics, ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--interview", "soon"), '"soon" is not a day'),
        (("--interview", "2026-11-23"), "2026-11-23 is today"),
        (("--interview", "2026-11-01"), "2026-11-01 is past"),
        (("--interview", "2036-11-01"), "2036-11-01 is more than two years away"),
        (("--interview", "2026-12-01", "-t", "dropuot"), 'no topic "dropuot". Did you mean dropout?'),
    ],
)
def test_a_plan_that_cannot_be(arguments: tuple[str, ...], message: str) -> None:
    ended = ptquiz("plan", *arguments)
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.startswith(f"ptquiz: {message}\n")


def test_a_plan_that_cannot_be_read_says_how_to_go_on(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "plan.json").write_text("{", "utf-8")
    ended = ptquiz("plan")
    assert ended.returncode == ExitCode.STORE
    assert "forget it: ptquiz plan --clear" in ended.stderr
    assert ptquiz("plan", "--clear").returncode == ExitCode.DONE
