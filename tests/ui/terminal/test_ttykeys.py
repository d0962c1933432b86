"""Single keys in a real pseudo-terminal, which is given back on every way out."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ui.terminal.pty_driver import Pty

SANE = {"echo", "canonical", "signals"}

SHOW_KEYS = """
import signal, subprocess, sys
from ptquiz.ui.terminal.keys import open_keys
from ptquiz.ui.terminal.signals import unwinding

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
with unwinding(), open_keys(sys.stdin, sys.stdout, live=True) as keys:
    print("ready", flush=True)
    while (key := keys.get()) != "q":
        print(f"<{key}>", flush=True)
        if key == "x":
            raise ValueError("as the test asked")
        if key == "d":
            print("busy", flush=True)
            signal.sigwait({signal.SIGUSR1})
            keys.drain()
            print("drained", flush=True)
        if key == "v":
            with keys.suspended():
                subprocess.run(["stty", "-a"])
        if key == "n":
            print("line", repr(keys.line()), flush=True)
print("bye")
"""


@contextmanager
def shown_keys() -> Iterator[Pty]:
    with Pty.python(SHOW_KEYS) as pty:
        pty.wait_for("ready")
        yield pty


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        pytest.param("2", "<2>", id="digit"),
        pytest.param("\r", "<enter>", id="enter"),
        pytest.param("\x7f", "<backspace>", id="backspace"),
        pytest.param("\x0c", "<ctrl-l>", id="control"),
        pytest.param("\x1b[A", "<up>", id="arrow"),
        pytest.param("\x1b", "<esc>", id="lone escape"),
        pytest.param("２？Ｓ", "<2>\n<?>\n<s>", id="full-width"),
        pytest.param("\u3000", "<space>", id="ideographic space"),
        pytest.param("好", "<好>", id="multi-byte"),
        pytest.param("1 4\r", "<1>\n<space>\n<4>\n<enter>", id="several keys in one packet"),
    ],
)
def test_a_key_comes_by_its_name(sent: str, shown: str) -> None:
    with shown_keys() as pty:
        pty.send(sent)
        pty.wait_for(shown)


@pytest.mark.parametrize("bracketed", [True, False], ids=["bracketed", "raw"])
def test_a_paste_is_one_event_and_answers_nothing(bracketed: bool) -> None:
    with shown_keys() as pty:
        pty.paste("2 is a line of a text\n" * 30, bracketed=bracketed)
        pty.wait_for("<paste>")
        pty.send("3")
        pty.wait_for("<3>")
        assert pty.lines[1:3] == ["<paste>", "<3>"]


def test_a_resize_is_an_event() -> None:
    with shown_keys() as pty:
        pty.resize(12, 40)
        pty.wait_for("<resize>")


def test_typed_ahead_is_forgotten() -> None:
    with shown_keys() as pty:
        pty.send("d")
        pty.wait_for("busy")
        pty.send("33")
        pty.wait_typed_ahead()
        pty.signal(signal.SIGUSR1)
        pty.wait_for("drained")
        pty.send("4")
        pty.wait_for("<4>")
        assert "<3>" not in pty.transcript


def test_another_program_gets_the_terminal_as_it_was_found() -> None:
    with shown_keys() as pty:
        pty.send("v")
        pty.wait_for("\n")
        pty.wait_until(lambda pty: " echo " in pty.transcript and " icanon " in pty.transcript, "stty -a")
        pty.send("5")
        pty.wait_for("<5>")
        assert pty.modes == {"signals"}


def test_a_line_is_read_with_the_editing_of_the_terminal() -> None:
    with shown_keys() as pty:
        pty.send("n")
        pty.wait_until(lambda pty: pty.modes == SANE, "line mode")
        pty.send("ab\x7fc\r")
        pty.wait_for("line 'ac'")


@pytest.mark.parametrize(
    ("way", "code"),
    [
        pytest.param("q", 0, id="end"),
        pytest.param("x", 1, id="exception"),
        pytest.param("\x04", 1, id="end of input"),
        pytest.param("\x03", -signal.SIGINT, id="Ctrl-C"),
        pytest.param(signal.SIGINT, -signal.SIGINT, id="SIGINT"),
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGHUP, 129, id="SIGHUP"),
    ],
)
def test_the_terminal_is_given_back(way: str | signal.Signals, code: int) -> None:
    with shown_keys() as pty:
        assert pty.modes == {"signals"}
        assert pty.brackets_paste()
        if isinstance(way, signal.Signals):
            pty.signal(way)
        else:
            pty.send(way)
        assert pty.wait_exit() == code
        assert pty.modes == SANE
        assert not pty.brackets_paste()


def test_a_terminal_that_is_closed_ends_the_program() -> None:
    with shown_keys() as pty:
        assert pty.hang_up() == 129


def test_ctrl_z_stops_with_a_sane_terminal_and_fg_goes_on(tmp_path: Path) -> None:
    program = tmp_path / "show_keys.py"
    program.write_text(SHOW_KEYS)
    with Pty(["dash", "-i"], env={"PS1": "shell> "}) as pty:
        pty.wait_for("shell>")
        pty.send(f"{sys.executable} {program}\r")
        pty.wait_for("\nready")
        pty.send("\x1a")
        pty.wait_for("Stopped")
        assert pty.modes == SANE
        assert not pty.brackets_paste()
        pty.send("fg\r")
        pty.wait_for("<redraw>")
        assert pty.modes == {"signals"}
        assert pty.brackets_paste()
        pty.send("6")
        pty.wait_for("<6>")


def test_a_stop_that_cannot_be_caught_is_repaired_on_return() -> None:
    with shown_keys() as pty:
        pty.signal(signal.SIGSTOP)
        pty.signal(signal.SIGCONT)
        pty.wait_for("<redraw>")
        assert pty.modes == {"signals"}
