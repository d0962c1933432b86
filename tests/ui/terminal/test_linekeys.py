"""Answers typed as lines, and keys played from a script."""

from __future__ import annotations

import io

import pytest

from ptquiz.ui.terminal.keys import LineKeys, ScriptKeys, open_keys


def lines(text: str) -> LineKeys:
    return LineKeys(io.StringIO(text))


def test_a_line_is_one_key() -> None:
    keys = lines("2\n\n  Ｑ \nspace\n")
    assert [keys.get() for _ in range(4)] == ["2", "enter", "q", "space"]


def test_a_line_that_is_no_key_comes_whole_so_that_it_can_be_refused() -> None:
    keys = lines("1 4\n2\n")
    assert [keys.get(), keys.get()] == ["1 4", "2"]


@pytest.mark.parametrize("line", ["1 4", "14", "1,4", "１、４", " 1  4 "])
def test_collected_digits_are_a_whole_answer(line: str) -> None:
    keys = lines(line + "\n")
    assert [keys.get(collecting=True) for _ in range(4)] == ["esc", "1", "4", "enter"]


@pytest.mark.parametrize(("line", "key"), [("", "enter"), ("h", "h"), ("1 h", "1 h"), ("backspace", "backspace")])
def test_other_lines_are_the_same_while_collecting(line: str, key: str) -> None:
    assert lines(line + "\n").get(collecting=True) == key


def test_draining_forgets_the_rest_of_a_line_but_not_the_next() -> None:
    keys = lines("1 9\n2\n")
    assert [keys.get(collecting=True), keys.get(collecting=True)] == ["esc", "1"]
    keys.drain(settle=60)
    assert keys.get() == "2"


def test_a_raw_line_keeps_its_spaces() -> None:
    assert lines("  True (1, 3) \r\n").line() == "  True (1, 3) "


def test_the_end_of_input_is_an_error_every_time() -> None:
    keys = lines("2")
    assert keys.get() == "2"
    for read in (keys.get, keys.line, keys.get):
        with pytest.raises(EOFError):
            read()


def test_a_script_is_played_to_its_end() -> None:
    with ScriptKeys(["2", "some text", KeyboardInterrupt()]) as keys:
        assert keys.get() == "2"
        keys.drain()
        assert keys.line() == "some text"
        with pytest.raises(KeyboardInterrupt):
            keys.get()
        with pytest.raises(EOFError):
            keys.get()


def test_line_mode_reads_lines() -> None:
    with open_keys(io.StringIO("3\n"), io.StringIO(), live=False) as keys, keys.suspended():
        assert keys.get() == "3"
