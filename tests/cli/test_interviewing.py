"""Mock interviews as a candidate holds them: from a script, in a terminal, in both languages."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck
from tests.domain.decks import HEAD
from tests.ui.terminal.pty_driver import Pty

LADDER = """\
questions:
  - id: t-opening
    kind: short
    level: answer
    ask: What does eval() do?
    explain: One flag, recursively.
    follows: [t-claim, t-number]
    answer: It sets a flag. Gradients are recorded as before.
    points:
      - {text: It sets a flag, accept: [flag, 标志]}
      - {text: Gradients stay on, accept: [gradient + record, 梯度]}
  - id: t-claim
    kind: true-false
    level: follow-up
    ask: eval() turns gradients off.
    answer: false
    misconception: eval-is-no-grad
    explain: It sets one flag.
    proof: assert nn.Linear(2, 1).eval()(torch.ones(2)).requires_grad
  - id: t-number
    kind: number
    level: follow-up
    ask: How many parameters has nn.Linear(3, 4)?
    explain: Weights and biases.
    value: sum(p.numel() for p in nn.Linear(3, 4).parameters())
  - id: t-card
    kind: flashcard
    level: source
    ask: Where does the flag live?
    explain: In every module.
    answer: In `training` of every module.
  - id: t-write
    kind: write
    level: follow-up
    ask: Write `double(x)`.
    explain: Twice.
    starter: |
      def double(x):
          ...
    solution: |
      def double(x):
          return x + x
    checks:
      - name: values
        given: x = torch.randn(3)
        call: double(x)
        like: 2 * x
"""

SCRIPT = (
    {"question": "t-opening", "answer": "It sets flags and gradients are recorded", "seconds": 60},
    {"question": "t-claim", "answer": True, "seconds": 30},
    {"question": "t-number", "answer": "3*4+4", "seconds": 20},
    {"question": "t-card", "aloud": "good", "seconds": 40, "grade": "fair"},
    {"question": "t-write", "answer": "def double(x):\n    return x * 2\n", "seconds": 100},
)


def ladder(folder: Path) -> str:
    path = folder / "t.yaml"
    path.write_text(HEAD + LADDER, "utf-8")
    return str(path)


def script(folder: Path, *lines: object) -> str:
    path = folder / "script.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def held(folder: Path, *more: str, lines: tuple[object, ...] = SCRIPT) -> dict[str, Any]:
    done = ptquiz("interview", "-d", ladder(folder), "--script", script(folder, *lines), "--json", *more)
    assert done.returncode == ExitCode.DONE, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_a_scripted_interview_asks_judges_and_reports(tmp_path: Path) -> None:
    document = held(tmp_path)
    assert document["schema"] == 1
    turns = {turn["question"]: turn for turn in document["interview"]["turns"]}
    assert next(iter(turns)) == "t-opening"
    assert {id_: turn["score"] for id_, turn in turns.items()} == {
        "t-opening": 1.0,
        "t-claim": 0.0,
        "t-number": 1.0,
        "t-card": 0.5,
        "t-write": 1.0,
    }
    report = document["report"]
    assert report["gaps"] == ["t-claim"]
    assert report["misconceptions"] == [["eval-is-no-grad", 1]]
    assert report["proposals"] == {"t-opening": 3, "t-claim": 1, "t-number": 3, "t-card": 2, "t-write": 3}
    assert report["pace"]["used"] == 250


def test_an_interview_ends_with_its_time(tmp_path: Path) -> None:
    slow = [{**line, "seconds": 100} for line in SCRIPT]
    document = held(tmp_path, "--minutes", "3", lines=tuple(slow))
    assert len(document["interview"]["turns"]) == 2


def test_an_interview_moves_no_rating(tmp_path: Path) -> None:
    held(tmp_path)
    assert ptquiz("state", "check").stdout.startswith("0 entries")


def test_the_history_shows_every_interview_and_the_trend(tmp_path: Path) -> None:
    held(tmp_path, lines=({"question": "t-opening", "pass": True},))
    surely_later = surroundings(PTQUIZ_NOW="2026-11-24T09:00:00+00:00")["PTQUIZ_NOW"]
    done = ptquiz(
        *("interview", "-d", ladder(tmp_path), "--script", script(tmp_path, *SCRIPT), "--json"), PTQUIZ_NOW=surely_later
    )
    assert done.returncode == ExitCode.DONE
    listed = ptquiz("interview", "--history").stdout
    assert "20261123-0900" in listed
    assert "20261124-0900" in listed
    assert "from 0% to 70%" in listed
    assert len(json.loads(ptquiz("interview", "--history", "--json").stdout)["interviews"]) == 2


def test_a_report_is_shown_again_and_saved_in_both_forms(tmp_path: Path) -> None:
    held(tmp_path)
    deck = ladder(tmp_path)
    for name in ("report.md", "report.html"):
        done = ptquiz("interview", "--show", "last", "-d", deck, "--to", str(tmp_path / name))
        assert "overall 70%" in done.stdout
    markdown, page = ((tmp_path / name).read_text("utf-8") for name in ("report.md", "report.html"))
    assert "def double(x):\n    return x * 2" in markdown
    assert "- [x] It sets a flag" in markdown
    assert page.startswith("<!doctype html>")
    assert "<h3>" in page
    assert "return x * 2" in page
    assert "<script" not in page


def test_a_sheet_has_the_ladder_with_what_to_listen_for(tmp_path: Path) -> None:
    done = ptquiz("interview", "--sheet", "-d", ladder(tmp_path), "--level", "junior")
    assert done.returncode == ExitCode.DONE
    assert done.stdout.index("### What does eval() do?") < done.stdout.index("#### eval() turns gradients off.")
    assert "- [ ] It sets a flag" in done.stdout
    assert "Where does the flag live?" not in done.stdout


def test_a_sheet_ticks_the_items_of_a_list_one_by_one_and_has_two_kinds_of_headings() -> None:
    done = ptquiz("interview", "--sheet", "dropout").stdout.splitlines()
    assert [line for line in done if line.startswith("- [ ] - ") or " - **" in line.removeprefix("- [ ]")] == []
    assert any(line.startswith("- [ ] **") for line in done)
    assert {line.split(" ")[0] for line in done if line.startswith("###")} == {"###", "####"}


BROKEN = {
    "no JSON": ("{", "line 1 of the script: this is no JSON"),
    "an answer of another kind": ('{"answer": [1]}', "line 1 of the script: the answer to this question is text"),
    "nothing": ("{}", 'line 1 of the script: a line has "answer"'),
}


@pytest.mark.parametrize(("line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_script_that_is_none_says_in_which_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text(line + "\n", "utf-8")
    done = ptquiz("interview", "-d", ladder(tmp_path), "--script", str(path))
    assert done.returncode == ExitCode.USAGE
    assert message in done.stderr


def test_without_a_terminal_it_says_how_else(tmp_path: Path) -> None:
    done = ptquiz("interview", "-d", str(write_deck(tmp_path)))
    assert done.returncode == ExitCode.USAGE
    assert "an interview needs a terminal" in done.stderr


def test_an_interview_that_never_was(tmp_path: Path) -> None:
    done = ptquiz("interview", "--show", "nothing")
    assert done.returncode == ExitCode.USAGE
    assert 'no interview "nothing"' in done.stderr


@contextmanager
def interviewed(folder: Path, *more: str, **variables: str) -> Iterator[Pty]:
    words = [*PTQUIZ, "interview", "-d", ladder(folder), "--minutes", "15", *more]
    with Pty(words, env=surroundings(**variables)) as pty:
        yield pty


def test_in_a_terminal_from_the_first_question_to_the_schedule(tmp_path: Path) -> None:
    with interviewed(tmp_path) as pty:
        pty.wait_for("What does eval() do?")
        pty.wait_for_prompt()
        pty.send("It sets a flag; gradients are recorded\r")
        pty.wait_for("recorded", times=2)
        pty.wait_for("eval() turns gradients off.")
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_for("against 2 key points")
        pty.wait_for_prompt("> 1 2")
        pty.send("2")
        pty.wait_for_prompt("> 1")
        pty.send("\r")
        pty.wait_for("overall 50%")
        pty.wait_for_prompt()
        pty.send("?")
        pty.wait_for("1 look at an answer", times=2)
        pty.wait_for_prompt()
        pty.send("1")
        pty.wait_for("2 [ ]  Gradients stay on")
        pty.wait_for_prompt()
        pty.send("g")
        pty.wait_for("1 rating is in the schedule now")
        pty.wait_for_prompt()
        pty.send("\r")
        assert pty.wait_exit() == ExitCode.DONE
    assert ptquiz("state", "check").stdout.startswith("1 entr")


def test_an_interview_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with interviewed(tmp_path) as pty:
        pty.wait_for("What does eval() do?")
        pty.wait_for_prompt()
        pty.send("/s\r")
        pty.wait_for("recorded")
        pty.signal(signal.SIGKILL)
        assert pty.wait_exit() == -signal.SIGKILL
    with interviewed(tmp_path) as pty:
        pty.wait_for("was cut off after 1 answer.")
        pty.wait_for_prompt()
        pty.send("1")
        pty.wait_for("goes on after question 1")
        pty.wait_for_prompt()
        pty.signal(signal.SIGINT)
        assert pty.wait_exit() == ExitCode.INTERRUPTED
        assert "every answer is kept" in pty.transcript


def test_no_verdict_before_the_end_unless_there_is_a_coach(tmp_path: Path) -> None:
    for more, seen in (((), 0), (("--coach",), 1)):
        with interviewed(tmp_path, "--new", *more) as pty:
            pty.wait_for("What does eval() do?")
            pty.wait_for_prompt()
            pty.send("/s\r")
            pty.wait_for("recorded ·")
            assert pty.transcript.count("One flag, recursively.") == seen


def test_in_chinese(tmp_path: Path) -> None:
    with interviewed(tmp_path, "--lang", "zh") as pty:
        pty.wait_for("结束前不给评判")
        pty.wait_for_prompt()
        pty.send("设置标志，但是梯度照常记录\r")
        pty.wait_for("已记录")
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_for_prompt("> 1 2")
        pty.send("\r")
        pty.wait_for("总分 100%")
        pty.wait_for_prompt()
        pty.send("\r")
        assert pty.wait_exit() == ExitCode.DONE
