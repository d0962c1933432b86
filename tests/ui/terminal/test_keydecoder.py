"""Bytes of a terminal as keys."""

from __future__ import annotations

import pytest

from ptquiz.ui.terminal.keydecoder import KeyDecoder, is_burst


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        pytest.param(b"1q?", ["1", "q", "?"], id="characters"),
        pytest.param("２？Ｑ！".encode(), ["2", "?", "q", "!"], id="full-width"),
        pytest.param(b"Q", ["q"], id="caps lock"),
        pytest.param(b"\r\n \x7f\x08\t", ["enter", "enter", "space", "backspace", "backspace", "tab"], id="names"),
        pytest.param("\u3000".encode(), ["space"], id="ideographic space"),
        pytest.param(b"\x04\x0c\x1a", ["ctrl-d", "ctrl-l", "ctrl-z"], id="control"),
        pytest.param(b"\x1b[A\x1bOB\x1b[3~\x1b[5~", ["up", "down", "delete", "page-up"], id="sequences"),
        pytest.param(b"\x1b[24;80R\x1b[I\x1b[1;5Ca", ["a"], id="reports and modified keys are skipped"),
        pytest.param(b"\x1bx", ["alt-x"], id="alt"),
        pytest.param(b"\x1b\x1b[A", ["esc", "up"], id="esc before a sequence"),
        pytest.param(b"\xff\xe51\xc0", ["1"], id="bytes that are no text are skipped"),
        pytest.param(b"a\x1b[200~1\n2\n\x1b[A\x1b[201~b", ["a", "paste", "b"], id="bracketed paste"),
    ],
)
@pytest.mark.parametrize("packet", [1, 2, 1000], ids=["byte by byte", "by two", "at once"])
def test_keys_do_not_depend_on_how_the_bytes_arrive(data: bytes, keys: list[str], packet: int) -> None:
    decoder = KeyDecoder()
    packets = [data[start : start + packet] for start in range(0, len(data), packet)]
    assert [key for part in packets for key in decoder.feed(part)] == keys
    assert decoder.flush() == []


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        pytest.param(b"\x1b", ["esc"], id="lone escape"),
        pytest.param(b"\x1b[", [], id="cut sequence"),
        pytest.param(b"\xe5\xa5", [], id="cut character"),
        pytest.param(b"\x1b[200~text", ["paste"], id="a paste without an end"),
    ],
)
def test_what_is_held_back_can_be_given_up(data: bytes, keys: list[str]) -> None:
    decoder = KeyDecoder()
    assert decoder.feed(data) == []
    assert decoder.waiting
    assert decoder.flush() == keys
    assert not decoder.waiting


@pytest.mark.parametrize(
    ("data", "burst"),
    [
        pytest.param(b"1 4\r", False, id="typed with its enter"),
        pytest.param(b"\r\r\r", False, id="enter held down"),
        pytest.param(b"\x1b[A" * 20, False, id="an arrow held down"),
        pytest.param(b"2\r3", True, id="a line end inside"),
        pytest.param(b"a longer text", True, id="too many characters"),
        pytest.param(b"\x1b[200~a longer text\nx\x1b[201~", False, id="a bracketed paste says so itself"),
    ],
)
def test_a_burst_is_a_paste(data: bytes, burst: bool) -> None:
    assert is_burst(data) is burst
