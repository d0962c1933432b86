"""What is said again, once, or only where it is true: keys, complaints, what waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck
from tests.cli.test_interviewing import ladder
from tests.ui.terminal.pty_driver import Pty

HALF_AN_HOUR_LATER = "2026-11-23T09:30:00+00:00"
SOLVED = ("", "def soft(x):", "    return x.softmax(-1)", ".")


def test_after_a_verdict_the_ratings_are_said_again_below_whatever_came_in_between(tmp_path: Path) -> None:
    with Pty([*PTQUIZ, "practice", "-d", str(write_deck(tmp_path, "choice"))], env=surroundings()) as pty:
        pty.wait_for("q quit")
        pty.wait_for_prompt()
        pty.send("1")
        pty.wait_for("space =")
        pty.wait_for_prompt()
        for times, (key, shown) in enumerate((("i", "forgotten 0 times"), ("*", "starred"), ("?", "ctrl-z")), start=2):
            pty.send(key)
            pty.wait_for(shown)
            pty.wait_for("space =", times=times)
            pty.wait_for_prompt()
        assert "skip, back later today" not in pty.transcript


def test_code_that_cannot_be_read_is_told_so_once(tmp_path: Path) -> None:
    broken = ["", "def soft(x):", "return x", "."]
    ended = ptquiz("practice", "-d", str(write_deck(tmp_path, "write")), "--plain", keys=[*broken, "q"])
    assert ended.stdout.count("IndentationError") == 1
    assert "all 2 checks" in ended.stdout


def test_the_solution_can_be_seen_once_the_own_code_has_passed(tmp_path: Path) -> None:
    ended = ptquiz("practice", "-d", str(write_deck(tmp_path, "write")), "--plain", keys=[*SOLVED, "a", "3", ""])
    after = ended.stdout.partition("CORRECT")[2]
    assert after.count("a solution,") == 2, "before it was asked for, and after"
    assert "  a solution\n" in after


def test_a_report_says_that_it_holds_an_answer_only_when_it_does(tmp_path: Path) -> None:
    path = str(write_deck(tmp_path, "true-false"))
    ended = ptquiz("practice", "-d", path, "--plain", keys=["e", "2", "before", "1", "e", "2", "after", "q"])
    assert "with the id and the versions. Nothing was sent." in ended.stdout
    assert "with the id, the versions and your answer. Nothing was sent." in ended.stdout


def test_what_is_due_already_is_said_at_the_end_and_not_called_remembered(tmp_path: Path) -> None:
    path = str(write_deck(tmp_path, "true-false", "flashcard"))
    ptquiz("deck", "add", path, "--trust")
    ptquiz("practice", "-t", "sample", "--plain", keys=["1", "1", "", "1", "q"])
    later = {"PTQUIZ_NOW": HALF_AN_HOUR_LATER}
    assert "2 questions are due now" in ptquiz("practice", "-t", "sample", "--plain", keys=["q"], **later).stdout
    rows = [line for line in ptquiz("due", **later).stdout.splitlines() if " sample " in line]
    assert len(rows) == 2
    assert all(row.endswith(" -") for row in rows)


def test_an_interview_offers_at_an_empty_line_only_what_it_takes(tmp_path: Path) -> None:
    keys = ["", "?", "3", "2", "", "3", "", "16", "q", "?", "", "3", ""]
    command = ("interview", "-d", ladder(tmp_path), "--minutes", "15", "--plain")
    shown = ptquiz(*command, keys=keys).stdout
    assert "nothing typed yet; s passes, q ends the interview" in shown
    assert "show the answer" not in shown
    assert "does nothing here" not in shown
    assert shown.count("how good was it?") == 4, "once more for ?"
    assert shown.count("matching is by keywords") == 2, "once more for ?"
    assert "(Say why before you answer.)" in shown
    assert "recorded, this answer 0:00, " in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("interview", "--minutes", "1"), "--minutes is 1; it has to be from 3 to 240"),
        (("plan", "--interview", "2026-12-14", "--minutes", "3"), "--minutes is 3; it has to be from 5 to 600"),
        (("--lang", "zh", "interview", "-m", "1"), "--minutes 是 1；范围应为 3 到 240"),
    ],
)
def test_a_number_out_of_range_is_told_the_range_in_words(arguments: tuple[str, ...], told: str) -> None:
    ended = ptquiz(*arguments)
    assert (ended.returncode, ended.stderr.splitlines()[0]) == (ExitCode.USAGE, f"ptquiz: {told}")
