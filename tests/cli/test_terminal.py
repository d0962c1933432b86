"""The program in a real terminal: keys, signals, crashes and what the terminal looks like afterwards."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, TUESDAY, ptquiz, surroundings, write_deck
from tests.ui.terminal.pty_driver import Pty

QUIET = {"echo", "canonical", "signals"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Pty]:
    """A session over one question of each kind."""
    command = [*PTQUIZ, "practice", "-d", str(write_deck(tmp_path))]
    with Pty(command, env=surroundings()) as pty:
        pty.wait_for("q quit")
        yield pty


def rated(home: Path) -> list[str]:
    """List the questions in the log, read beside the program."""
    query = """SELECT id FROM log JOIN edition ON edition.key = log.edition
        JOIN question ON question.key = edition.question ORDER BY seq"""
    with closing(sqlite3.connect(home / "data" / "reviews.sqlite3")) as connection:
        return [question for (question,) in connection.execute(query)]


def answer_first(session: Pty) -> None:
    """Answer the choice question and rate it."""
    session.send("1")
    session.wait_for("space =")
    session.wait_for_prompt()
    session.send("3")
    session.wait_for("── 2/")
    session.wait_for_prompt()


def test_a_verdict_shows_what_ran(session: Pty) -> None:
    session.send("1")
    session.wait_for("1 Again")
    assert "ran on torch 2." in session.transcript
    assert ">>> 1 / (1 - 0.2)" in session.transcript


def test_a_double_press_answers_and_does_not_rate(session: Pty, home: Path) -> None:
    session.send("11")
    session.wait_for("space =")
    session.wait_for_prompt()
    session.send("q")
    session.wait_for("not rated")
    assert rated(home) == []


def test_quitting_gives_the_terminal_back(session: Pty) -> None:
    session.send("q")
    session.wait_for("10 not reached")
    assert session.wait_exit() == ExitCode.DONE
    assert session.modes == QUIET
    assert not session.brackets_paste()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, ExitCode.INTERRUPTED),
        (signal.SIGTERM, ExitCode.TERMINATED),
        (signal.SIGHUP, ExitCode.HUNG_UP),
    ],
)
@pytest.mark.parametrize("stage", ["question", "rating"])
def test_a_signal_saves_and_gives_the_terminal_back(
    session: Pty, home: Path, number: signal.Signals, code: ExitCode, stage: str
) -> None:
    answer_first(session)
    if stage == "rating":
        session.send("1\n")
        session.wait_for("space =", times=2)
    session.signal(number)
    assert session.wait_exit() == code
    assert rated(home) == ["s-choice"]
    assert session.modes == QUIET
    assert not session.brackets_paste()
    assert "Traceback" not in session.transcript


def test_ctrl_c_at_a_question_quits_with_the_summary(session: Pty) -> None:
    session.send("\x03")
    session.wait_for("0 answered")
    assert session.wait_exit() == ExitCode.INTERRUPTED


def test_kill_loses_no_rated_answer(session: Pty, home: Path, tmp_path: Path) -> None:
    answer_first(session)
    session.signal(signal.SIGKILL)
    assert session.wait_exit() == -signal.SIGKILL
    assert rated(home) == ["s-choice"]
    assert ptquiz("state", "check").returncode == ExitCode.DONE
    again = ptquiz("practice", "-d", str(tmp_path / "sample.yaml"), "--plain", keys=["q"])
    assert "0 due, 9 new" in again.stdout


def test_code_is_written_in_an_editor_and_a_failing_run_goes_back_to_it(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "write")
    with Pty([*PTQUIZ, "practice", "-d", str(path)], env=surroundings()) as pty:
        pty.wait_for("q quit")
        pty.send("\r")
        pty.wait_for("Ctrl-D run")
        pty.send("\x04")
        pty.wait_for("NOT YET")
        pty.wait_for("q quit", times=2)
        pty.wait_for_prompt()
        pty.send("\r")
        pty.wait_for("Ctrl-D run")
        pty.paste("\n\n\ndef soft(x):\n    return x.softmax(-1)\n")
        pty.wait_for("softmax(-1)")
        pty.send("\x04")
        pty.wait_for("CORRECT")
        assert "attempt 2" in pty.transcript
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_for("not rated")


def test_ctrl_c_in_the_editor_keeps_the_code_for_the_next_session(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "write")
    command = [*PTQUIZ, "practice", "-d", str(path)]
    with Pty(command, env=surroundings()) as pty:
        pty.wait_for("q quit")
        pty.send("\r")
        pty.wait_for("Ctrl-D run")
        pty.send("# half an idea")
        pty.wait_for("half an idea")
        pty.send("\x03")
        pty.wait_for("the code is kept")
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_for("not reached")
    with Pty(command, env=surroundings(PTQUIZ_NOW=TUESDAY)) as pty:
        pty.wait_for("q quit")
        pty.send("\r")
        pty.wait_for("half an idea")


def test_a_digit_menu_reaches_every_action(session: Pty) -> None:
    session.send("0")
    session.wait_for("1 hint")
    session.send("1")
    session.wait_for("hint 1/2: It is more than 1.")


def test_full_width_keys_work(session: Pty) -> None:
    session.send("？")
    session.wait_for("ctrl-l")
    session.send("１")
    session.wait_for("space =")


def test_a_pasted_text_answers_nothing(session: Pty, home: Path) -> None:
    session.paste("1\n2\n3\n1 2 3 4 5 6 7 8")
    session.wait_for("pasted text is ignored")
    session.send("q")
    session.wait_for("0 answered")


SLOW = "import time\ndef soft(x):\n    time.sleep(3)\n    return x\n"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, ExitCode.INTERRUPTED),
        (signal.SIGTERM, ExitCode.TERMINATED),
        (signal.SIGHUP, ExitCode.HUNG_UP),
    ],
)
def test_a_signal_during_a_run_keeps_the_code_and_gives_the_terminal_back(
    tmp_path: Path, home: Path, number: signal.Signals, code: ExitCode
) -> None:
    with Pty([*PTQUIZ, "practice", "-d", str(write_deck(tmp_path, "write"))], env=surroundings()) as pty:
        pty.wait_for("q quit")
        pty.wait_for_prompt()
        pty.send("\r")
        pty.wait_for("Ctrl-D run")
        pty.paste("\n" + SLOW)
        pty.wait_for("return x")
        pty.send("\x04")
        pty.wait_for("running ...")
        pty.signal(number)
        assert pty.wait_exit() == code
        assert pty.modes == QUIET
        assert not pty.brackets_paste()
        assert "Traceback" not in pty.transcript
    assert "time.sleep(3)" in (home / "state" / "drafts" / "s-write.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, ExitCode.INTERRUPTED),
        (signal.SIGTERM, ExitCode.TERMINATED),
        (signal.SIGHUP, ExitCode.HUNG_UP),
    ],
)
def test_a_signal_at_a_typed_answer_gives_the_terminal_back(
    tmp_path: Path, number: signal.Signals, code: ExitCode
) -> None:
    with Pty([*PTQUIZ, "practice", "-d", str(write_deck(tmp_path, "number"))], env=surroundings()) as pty:
        pty.wait_for("q quit")
        pty.wait_for_prompt("=")
        pty.signal(number)
        assert pty.wait_exit() == code
        assert pty.modes == QUIET
        assert "Traceback" not in pty.transcript


def test_what_was_chosen_survives_a_resize(tmp_path: Path) -> None:
    with Pty([*PTQUIZ, "practice", "-d", str(write_deck(tmp_path, "choices"))], env=surroundings()) as pty:
        pty.wait_for("q quit")
        pty.wait_for_prompt()
        pty.send("13")
        pty.wait_for_prompt("> 1 3")
        pty.resize(24, 44)
        pty.wait_for("Which layers", times=2)
        pty.wait_for_prompt("> 1 3")
        pty.send("\r")
        pty.wait_for("space =")
