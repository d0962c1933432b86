"""The code editor, driven through prompt_toolkit's own pipe, and its line-mode form."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from ptquiz.ui.terminal.abilities import Abilities
from ptquiz.ui.terminal.codearea import CodeArea
from ptquiz.ui.terminal.editor import Edited, Streams, ask_block, edit_code
from ptquiz.ui.terminal.keys import LineKeys, ScriptKeys
from ptquiz.ui.terminal.screen import Screen

RUN, LEAVE, RESET, UNDO = "\x04", "\x03", "\x12", "\x1f"
FUNCTION = "def f(x):\n    if x:\n        return 1\n    return 2\n"
BODY = "    if x:\n        return 1\n    return 2"
SLOW_TYPIST = itertools.count().__next__
"""A clock by which a second passes between any two keys."""


def edited(text: str, keys: str, *, original: str | None = None, python: bool = True) -> Edited:
    """Give the editor all keys in one packet."""
    with create_pipe_input() as source:
        source.send_text(keys)
        return edit_code(
            Screen(io.StringIO(), Abilities(live=True)),
            ScriptKeys([]),
            text,
            original=original,
            python=python,
            streams=Streams(source, DummyOutput()),
        )


def typed(text: str, packets: Iterable[str]) -> str:
    """Give the editor one packet after the other, each when the one before has been drawn."""
    with create_pipe_input() as source:
        area = CodeArea(text, original=text, note="", python=True, colour=False, environ={}, clock=SLOW_TYPIST)
        application = area.application(source, DummyOutput())
        waiting = iter([*packets, RUN])
        application.after_render += lambda _: _send(source, waiting)
        assert application.run() is True
        return area.text


def _send(source: PipeInput, waiting: Iterator[str]) -> None:
    if (packet := next(waiting, None)) is not None:
        source.send_text(packet)


@pytest.mark.parametrize("key", [RUN, "\x13", "\x1b\r"], ids=["ctrl-d", "ctrl-s", "esc enter"])
def test_submitting(key: str) -> None:
    assert edited("x = 1", "2" + key) == Edited(True, "x = 12")


def test_leaving_keeps_the_text() -> None:
    assert edited("x = 1", "2" + LEAVE) == Edited(False, "x = 12")


def test_a_bracketed_paste_is_exact() -> None:
    assert edited("", f"\x1b[200~{FUNCTION}\x1b[201~{RUN}").text == FUNCTION


def test_a_bracketed_paste_with_its_own_indent_is_not_indented_twice() -> None:
    assert edited("def f(x):\n    ", f"\x1b[200~{BODY}\x1b[201~{RUN}").text == f"def f(x):\n{BODY}"


def test_a_bracketed_paste_without_its_first_indent_takes_the_one_that_is_there() -> None:
    assert edited("def f(x):\n    ", f"\x1b[200~{BODY.strip()}\x1b[201~{RUN}").text == f"def f(x):\n{BODY}"


@pytest.mark.parametrize("line_end", ["\r", "\n"], ids=["carriage return", "line feed"])
def test_a_raw_paste_makes_no_staircase(line_end: str) -> None:
    assert edited("", FUNCTION.replace("\n", line_end) + RUN).text == FUNCTION


def test_a_raw_paste_with_its_own_indent_is_not_indented_twice() -> None:
    assert edited("def f(x):\n    ", BODY.replace("\n", "\r") + RUN).text == f"def f(x):\n{BODY}"


def test_a_raw_paste_of_tabs_is_not_indented_twice() -> None:
    assert edited("def f(x):\n    ", "\tx = 1\r\ty = 2" + RUN).text == "def f(x):\n    x = 1\n    y = 2"


def test_a_long_raw_paste_is_exact() -> None:
    text = "".join(f"class C{number}:\n{BODY}\n\n" for number in range(100))
    assert edited("", text.replace("\n", "\r") + RUN).text == text


def test_enter_typed_by_hand_indents() -> None:
    packets = ["def f(x):", "\r", "return x", "\r", "pass", "\r"]
    assert typed("", packets) == "def f(x):\n    return x\npass\n"


def test_a_raw_paste_after_a_paste_and_a_key_is_a_new_one() -> None:
    packets = ["if x:\r    y", "\r", "    z\r    z"]
    assert typed("", packets) == "if x:\n    y\n    z\n    z"


def test_undo_goes_back_word_by_word() -> None:
    assert edited("", f"one two{UNDO}{RUN}").text == "one"


def test_backspace_takes_a_wide_character_at_once() -> None:
    assert edited("# ", f"张量\x7f好{RUN}").text == "# 张好"


def test_backspace_takes_a_level_of_indent() -> None:
    assert edited("if x:\n        ", f"\x7fy{RUN}").text == "if x:\n    y"


def test_tab_and_shift_tab_move_by_a_level() -> None:
    assert edited("a", f"\t=\x1b[Z{RUN}").text == "a   ="
    assert edited("    a", f"\x1b[Zb{RUN}").text == "ab"


def test_reset_goes_back_to_the_given_code_and_undo_forth_again() -> None:
    assert edited("mine", RESET + RUN, original="given").text == "given"
    assert edited("mine", RESET + UNDO + RUN, original="given").text == "mine"


def test_plain_text_is_not_indented() -> None:
    assert edited("", f"a:\rb\t{RUN}", python=False).text == "a:\nb   "


def test_the_draft_is_kept_however_the_editor_ends() -> None:
    kept: list[str] = []
    for key in (RUN, LEAVE):
        with create_pipe_input() as source:
            source.send_text("2" + key)
            screen = Screen(io.StringIO(), Abilities(live=True))
            edit_code(screen, ScriptKeys([]), "x", keep=kept.append, streams=Streams(source, DummyOutput()))
    assert kept == ["x2", "x2"]


def line_mode(text: str) -> tuple[Screen, io.StringIO, LineKeys]:
    out = io.StringIO()
    return Screen(out), out, LineKeys(io.StringIO(text))


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        pytest.param("def f(x):\n    return x\n.\n", Edited(True, "def f(x):\n    return x"), id="a dot"),
        pytest.param("x = 1\n\n", Edited(True, "x = 1\n"), id="the end of input"),
        pytest.param(".\n", Edited(False, "starter"), id="nothing typed"),
    ],
)
def test_in_line_mode_code_is_typed_up_to_a_dot(lines: str, result: Edited) -> None:
    screen, out, keys = line_mode(lines)
    assert edit_code(screen, keys, "starter") == result
    assert "\x1b" not in out.getvalue()


def test_in_line_mode_the_end_of_input_before_any_code_is_the_end() -> None:
    screen, _, keys = line_mode("")
    with pytest.raises(EOFError):
        edit_code(screen, keys, "starter")


def test_in_line_mode_a_block_ends_with_its_last_line() -> None:
    screen, out, keys = line_mode("tensor(1)\ntensor(2)\n3\n")
    assert ask_block(screen, keys, 2) == Edited(True, "tensor(1)\ntensor(2)")
    assert keys.get() == "3"
    assert out.getvalue() == "1> \n2> \n"


def test_a_block_is_edited_as_plain_text() -> None:
    with create_pipe_input() as source:
        source.send_text(f"a:\rb{RUN}")
        screen = Screen(io.StringIO(), Abilities(live=True))
        assert ask_block(screen, ScriptKeys([]), 2, streams=Streams(source, DummyOutput())) == Edited(True, "a:\nb")
