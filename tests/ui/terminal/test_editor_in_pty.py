"""The code editor and the line prompt in a real pseudo-terminal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ui.terminal.pty_driver import Pty

RUN, OUTSIDE = "\x04", "\x07"
SANE = {"echo", "canonical", "signals"}
EDIT = """
import os, sys
from pathlib import Path
from ptquiz.ui.terminal.editor import edit_code
from ptquiz.ui.terminal.keys import open_keys
from ptquiz.ui.terminal.prompts import ask_line
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.terminal.signals import unwinding

screen = Screen.for_streams(sys.stdin, sys.stdout, os.environ, plain=False)

kept = []

def keep(text):
    if "DRAFT" in os.environ:
        Path(os.environ["DRAFT"]).write_text(text)
    kept.append(text)

with unwinding(), open_keys(sys.stdin, sys.stdout, live=screen.is_live) as keys:
    screen.line("the question")
    text = sys.argv[1] if len(sys.argv) > 1 else "def f(x):"
    try:
        edited = edit_code(screen, keys, text, keep=keep)
    finally:
        if "DRAFT" not in os.environ:
            screen.line(f"kept {kept[-1]!r}")
    screen.line(f"submitted {edited.submitted}")
    screen.line(f"typed {ask_line(screen, keys, 'out> ')!r}")
    screen.live("> ")
    screen.live("> " + keys.get())
    screen.end_live()
screen.line("bye")
"""
BAR = "Ctrl-D run"


@contextmanager
def editor(text: str = "def f(x):", *, env: dict[str, str] | None = None, rows: int = 24) -> Iterator[Pty]:
    with Pty.python(EDIT, text, env=env, rows=rows) as pty:
        pty.wait_for(BAR)
        yield pty


def test_code_and_a_line_and_a_key_are_typed_in_one_transcript() -> None:
    with editor() as pty:
        assert pty.lines[:2] == ["the question", " 1 def f(x):"]
        pty.send("\r")
        pty.wait_for(" 2")
        pty.send("return x")
        pty.wait_for("return x")
        pty.send(RUN)
        pty.wait_for("out>")
        pty.send("张量!\x7f\r")
        pty.wait_for("typed")
        pty.wait_for("\n>")
        pty.send("3")
        assert pty.wait_exit() == 0
        assert pty.transcript.rstrip().split("\n") == [
            "the question",
            r"kept 'def f(x):\n    return x'",
            "submitted True",
            "out> 张量",
            "typed '张量'",
            "> 3",
            "bye",
        ]
        assert b"\x1b[6n" not in pty.output
        assert pty.modes == SANE


@pytest.mark.parametrize("bracketed", [True, False], ids=["bracketed", "raw"])
def test_a_paste_from_a_terminal_is_exact(bracketed: bool) -> None:
    code = "def g(x):\n" + "    if x:\n        return 1\n" * 3 + "    return 2"
    with editor("") as pty:
        pty.paste(code, bracketed=bracketed)
        pty.wait_for("return 2")
        pty.send(RUN)
        pty.wait_until(lambda pty: repr(code) in pty.transcript.replace("\n", ""), "the exact text")


def test_more_code_than_rows_scrolls_under_the_bar() -> None:
    code = "\n".join(f"x{number} = {number}" for number in range(60))
    with editor(code, rows=10) as pty:
        pty.wait_for("x59 = 59")
        assert BAR in pty.lines[-1] or BAR in pty.lines[-2]
        pty.resize(8, 40)
        pty.wait_until(lambda pty: any("60:9" in row for row in pty.lines), "the position in a small window")
        assert "x59 = 59" in pty.transcript


@pytest.mark.parametrize(
    ("way", "code"),
    [
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGHUP, 129, id="SIGHUP"),
    ],
)
def test_a_signal_keeps_the_draft_and_gives_the_terminal_back(way: signal.Signals, code: int) -> None:
    with editor() as pty:
        pty.send("  # mine")
        pty.wait_for("# mine")
        pty.signal(way)
        assert pty.wait_exit() == code
        assert "kept 'def f(x):  # mine'" in pty.transcript
        assert pty.modes == SANE
        assert not pty.brackets_paste()


def test_a_signal_at_the_line_prompt_gives_the_terminal_back() -> None:
    with editor() as pty:
        pty.send(RUN)
        pty.wait_for("out>")
        pty.signal(signal.SIGTERM)
        assert pty.wait_exit() == 143
        assert pty.modes == SANE
        assert not pty.brackets_paste()


def test_a_terminal_that_is_closed_under_the_editor_keeps_the_draft(tmp_path: Path) -> None:
    draft = tmp_path / "draft.py"
    with editor(env={"DRAFT": str(draft)}) as pty:
        pty.send("  # mine")
        pty.wait_for("# mine")
        assert pty.hang_up() == 129
    assert draft.read_text() == "def f(x):  # mine"


def test_what_was_typed_is_kept_while_the_typing_goes_on_so_that_a_kill_loses_nothing(tmp_path: Path) -> None:
    draft = tmp_path / "draft.py"
    with editor(env={"DRAFT": str(draft)}) as pty:
        for typed in ("  # mine", ", all of it"):
            pty.send(typed)
            pty.wait_for(typed)
            pty.wait_for_file(draft, typed)
        pty.signal(signal.SIGKILL)
        assert pty.wait_exit() == -signal.SIGKILL
    assert draft.read_text() == "def f(x):  # mine, all of it"


@pytest.mark.parametrize("by_signal", [True, False], ids=["SIGINT", "Ctrl-C"])
def test_ctrl_c_leaves_the_editor_and_ends_a_line_prompt(by_signal: bool) -> None:
    with editor() as pty:
        for shown in ("submitted False", "KeyboardInterrupt"):
            if by_signal:
                pty.signal(signal.SIGINT)
            else:
                pty.send("\x03")
            pty.wait_for(shown)
            if shown == "submitted False":
                pty.wait_for("out>")
        assert pty.wait_exit() == -signal.SIGINT
        assert pty.modes == SANE


def test_ctrl_z_in_the_editor_goes_to_the_shell_and_fg_comes_back(tmp_path: Path) -> None:
    program = tmp_path / "edit.py"
    program.write_text(EDIT)
    with Pty(["dash", "-i"], env={"PS1": "shell> "}) as pty:
        pty.wait_for("shell>")
        pty.send(f"{sys.executable} {program}\r")
        pty.wait_for(BAR)
        pty.send("\x1a")
        pty.wait_for("Stopped")
        pty.wait_for("shell>", times=2)
        assert pty.modes == SANE
        pty.send("fg\r")
        pty.wait_until(lambda pty: BAR in pty.transcript.partition("Stopped")[2], "the bar after fg")
        pty.send("!" + RUN)
        pty.wait_for("kept 'def f(x):!'")


def test_the_learners_own_editor_gets_the_code(tmp_path: Path) -> None:
    program = tmp_path / "append"
    program.write_text('#!/bin/sh\necho "    return 7" >> "$1"\n')
    program.chmod(0o755)
    with editor("def f(x):\n", env={"EDITOR": str(program)}) as pty:
        pty.send(OUTSIDE)
        pty.wait_for("return 7")
        pty.send(RUN)
        pty.wait_for(r"kept 'def f(x):\n    return 7\n'")


def test_an_editor_that_is_missing_is_said_in_the_bar() -> None:
    with editor(env={"EDITOR": "no-such-editor"}) as pty:
        pty.send(OUTSIDE)
        pty.wait_for("the editor 'no-such-editor' (from $EDITOR) is not installed")
        pty.send(RUN)
        pty.wait_for("submitted True")


def test_no_colour_is_sent_where_none_is_wanted() -> None:
    with editor(env={"NO_COLOR": "1"}) as pty:
        assert b"\x1b[0;3" not in pty.output
        assert b";38;" not in pty.output


def test_line_mode_sends_no_escape() -> None:
    with Pty.python(EDIT, env={"TERM": "dumb"}) as pty:
        pty.wait_for("1>")
        pty.send("x = 1\r")
        pty.wait_for("2>")
        pty.send(".\r")
        pty.wait_for("out>")
        pty.send("2\r")
        pty.wait_for("\n>")
        pty.send("\r")
        assert pty.wait_exit() == 0
        assert b"\x1b" not in pty.output
        assert pty.transcript.rstrip().split("\n") == [
            "the question",
            "1> x = 1",
            "2> .",
            "kept 'x = 1'",
            "submitted True",
            "out> 2",
            "typed '2'",
            ">",
            "bye",
        ]
