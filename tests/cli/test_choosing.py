"""Practising what is not due, listing what is, and putting questions away, as a user does it in a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import MONDAY, TUESDAY, ptquiz, write_deck

KINDS = ("true-false", "flashcard", "choice")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A deck of three questions, of which the claim was missed, the flashcard known and the choice never seen."""
    path = write_deck(tmp_path, *KINDS)
    ptquiz("deck", "add", str(path), "--trust")
    ptquiz("practice", "-d", str(path), "--plain", "--new", "2", keys=["1", "1", "", "3", "2", "3", "q"])
    return str(path)


def practise(path: str, *options: str, now: str = MONDAY, keys: tuple[str, ...] = ()) -> str:
    ended = ptquiz("practice", "-d", path, "--plain", *options, keys=keys, PTQUIZ_NOW=now)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    return ended.stdout


def states() -> object:
    return json.loads(ptquiz("due", "--json", PTQUIZ_NOW="2027-03-01T09:00:00+00:00").stdout)["due"]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        pytest.param(("--new", "2"), [], id="nothing is due"),
        pytest.param(("--new", "2", "--ahead", "1"), ["eval() turns"], id="ahead to tomorrow"),
        pytest.param(("--new", "2", "--ahead", "5"), ["eval() turns", "What is eval()?"], id="ahead for days"),
        pytest.param(("--cram",), ["eval() turns", "What is eval()?", "What is `1"], id="everything"),
        pytest.param(("--weakest",), ["eval() turns", "What is eval()?"], id="what is known, weakest first"),
        pytest.param(("--again-failed",), ["eval() turns"], id="what was missed"),
        pytest.param(("--starred",), [], id="no star"),
        pytest.param(("--misconception", "eval-is-no-grad"), ["eval() turns"], id="a misconception that was shown"),
        pytest.param(("--misconception", "scales-by-keep"), ["What is `1"], id="a misconception of the deck"),
    ],
)
def test_a_selection_asks_these(path: str, options: tuple[str, ...], asked: list[str]) -> None:
    shown = practise(path, *options, keys=("s",) * 5)
    texts = ("eval() turns", "What is eval()?", "What is `1")
    assert sorted((text for text in texts if text in shown), key=shown.index) == asked


def test_what_is_starred_is_asked_also_when_it_is_new_or_not_due(path: str) -> None:
    practise(path, "--cram", keys=("*", "s", "s", "*", "q"))
    shown = practise(path, "--starred", keys=("s",) * 3)
    assert [text for text in ("eval() turns", "What is eval()?", "What is `1") if text in shown] == [
        "eval() turns",
        "What is `1",
    ]


@pytest.mark.parametrize(
    ("selection", "why"),
    [
        pytest.param("--starred", "no question is starred; * stars the one on the screen\n", id="no star"),
        pytest.param(
            "--weakest",
            "Nothing was learned yet, so nothing is weak.\n  ptquiz practice               ask what is due\n",
            id="nothing learned",
        ),
        pytest.param(
            "--again-failed",
            "Nothing was missed on the last day of practice.\n"
            "  ptquiz practice --weakest     practise what you would most likely miss\n",
            id="nothing missed",
        ),
        pytest.param("--ahead=1", "Nothing becomes due within 1 day.\n", id="nothing ahead"),
        pytest.param(
            "--cram",
            "Every question is suspended or buried.\n  ptquiz state suspended        list what is suspended\n",
            id="all suspended",
        ),
    ],
)
def test_an_empty_selection_says_why_and_what_to_type(tmp_path: Path, selection: str, why: str) -> None:
    deck = str(write_deck(tmp_path, "choice"))
    if selection == "--cram":
        practise(deck, keys=("-", "q"))
    assert practise(deck, selection, "--new", "0").endswith(why)


def test_cramming_is_logged_and_moves_nothing(path: str) -> None:
    before = states()
    shown = practise(path, "--cram", keys=("1", "1", "", "4", "1", "1", "q"))
    assert shown.count("practice only: the schedule does not move") == 3
    assert states() == before
    log = [json.loads(line) for line in ptquiz("state", "export").stdout.splitlines()[1:]]
    assert sorted(entry.get("cram", False) for entry in log) == [False] * 3 + [True] * 3
    assert ptquiz("state", "check").returncode == ExitCode.DONE


def test_reschedule_lets_it_move(path: str) -> None:
    before = states()
    assert "does not move" not in practise(path, "--ahead", "9", "--reschedule", keys=("2", "4", "q"))
    assert states() != before


def test_what_is_due_counts_even_when_one_studies_ahead(path: str) -> None:
    shown = practise(path, "--new", "0", "--ahead", "9", now=TUESDAY, keys=("2", "3", "", "3", "q"))
    assert shown.count("does not move") == 1
    assert '"question": "s-claim"' not in ptquiz("due", "--json", PTQUIZ_NOW=TUESDAY).stdout


def test_reviews_are_limited(path: str) -> None:
    later = "2026-12-24T09:00:00+00:00"
    assert "2 due, 0 new" in practise(path, "--new", "0", now=later)
    assert "1 due, 0 new" in practise(path, "--new", "0", "--reviews", "1", now=later)


def test_two_selections_do_not_go_together(path: str) -> None:
    ended = ptquiz("practice", "-d", path, "--plain", "--cram", "--weakest")
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr == "ptquiz: --cram and --weakest do not go together\n  choose one of them\n"


def test_an_unknown_misconception_gets_a_suggestion(path: str) -> None:
    ended = ptquiz("practice", "-d", path, "--plain", "--misconception", "eval-is-nograd")
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.startswith('ptquiz: no misconception "eval-is-nograd". Did you mean eval-is-no-grad?\n')


def test_due_says_when_something_will_be(path: str) -> None:
    ended = ptquiz("due")
    assert ended.stdout == "Nothing is due. Next: 1 question on Tue 24 Nov from 04:00.\n"


def test_due_lists_the_most_likely_forgotten_first(path: str) -> None:
    lines = ptquiz("due", PTQUIZ_NOW="2026-11-27T09:00:00+00:00").stdout.splitlines()
    assert lines[0] == "2 questions due: ptquiz practice"
    assert [line.split()[:5] for line in lines[3:]] == [
        ["s-claim", "sample", "3", "d", "late"],
        ["s-flashcard", "sample", "2", "d", "late"],
    ]


def test_due_as_json(path: str) -> None:
    listed = json.loads(ptquiz("due", "--json", PTQUIZ_NOW=TUESDAY).stdout)
    assert listed["schema"] == 1
    assert [(item["question"], item["due"]) for item in listed["due"]] == [("s-claim", "2026-11-24T04:00:00Z")]
    assert 0 < listed["due"][0]["recall"] < 1
    assert listed["next"] == {"at": "2026-11-25T04:00:00Z", "count": 1}


@pytest.mark.parametrize(("now", "code"), [(MONDAY, 1), (TUESDAY, 0)])
def test_due_for_a_shell_prompt(path: str, now: str, code: int) -> None:
    ended = ptquiz("due", "--exit-code", PTQUIZ_NOW=now)
    assert ended.returncode == code
    assert bool(ended.stdout) == (code == 0)


def test_due_of_an_unknown_topic() -> None:
    assert ptquiz("due", "-t", "dropuot").returncode == ExitCode.USAGE


def test_a_suspended_question_is_listed_and_resumed(path: str) -> None:
    practise(path, "--cram", keys=("!", "q"))
    listed = ptquiz("state", "suspended").stdout
    assert listed.startswith("s-claim · 2 reviews\n  eval() turns gradients off.\n")
    assert ptquiz("state", "resume", "s-claim").stdout == "1 question resumed\n"
    assert ptquiz("state", "suspended").stdout == "no question is suspended\n"
    again = ptquiz("state", "resume", "s-claim")
    assert again.returncode == ExitCode.USAGE
    assert again.stderr.startswith('ptquiz: "s-claim" is not suspended\n')


def test_a_question_that_is_gone_is_archived_with_its_text_and_comes_back(path: str, tmp_path: Path) -> None:
    whole = Path(path).read_text("utf-8")
    write_deck(tmp_path, "choice")
    assert ptquiz("state", "archived").stdout.splitlines() == [
        "s-claim · 2 reviews",
        "  eval() turns gradients off.",
        "s-flashcard · 1 review",
        "  What is eval()?",
    ]
    assert "Nothing is due" in ptquiz("due", PTQUIZ_NOW=TUESDAY).stdout
    Path(path).write_text(whole, "utf-8")
    assert ptquiz("state", "archived").stdout == "every question with a history is in a deck\n"
    assert "s-claim" in ptquiz("due", PTQUIZ_NOW=TUESDAY).stdout
