"""What is printed, and what may be sent to which terminal."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping

import pytest
from rich.text import Text

from ptquiz.ui.terminal.abilities import ASCII, UNICODE, Abilities, ColorChoice, decide, wants_colour
from ptquiz.ui.terminal.screen import Screen

ESCAPE = "\x1b"
LIVE = Abilities(live=True, colour=True, glyphs=UNICODE, columns=40, echoes=True)
LINES = Abilities(columns=40)

LONG_CODE = "x = [" + ", ".join(str(number) for number in range(60)) + "]"


class Stream(io.TextIOWrapper):
    """A text stream that says whether it is a terminal."""

    def __init__(self, *, tty: bool, encoding: str = "utf-8") -> None:
        self.bytes = io.BytesIO()
        self._tty = tty
        super().__init__(self.bytes, encoding=encoding)

    def isatty(self) -> bool:
        return self._tty


def printed(abilities: Abilities) -> tuple[Screen, io.StringIO]:
    out = io.StringIO()
    return Screen(out, abilities), out


def decided(
    environ: Mapping[str, str], *, stdin: bool = True, stdout: bool = True, plain: bool = False, encoding: str = "utf-8"
) -> Abilities:
    return decide(Stream(tty=stdin), Stream(tty=stdout, encoding=encoding), environ, plain=plain)


XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "streams", "live"),
    [
        pytest.param(XTERM, {}, True, id="a terminal"),
        pytest.param(XTERM, {"stdin": False}, False, id="stdin is a pipe"),
        pytest.param(XTERM, {"stdout": False}, False, id="stdout is a pipe"),
        pytest.param(XTERM | {"FORCE_COLOR": "1"}, {"stdout": False}, False, id="colour is no terminal"),
        pytest.param(XTERM, {"plain": True}, False, id="--plain"),
        pytest.param({}, {}, False, id="TERM is not set"),
        pytest.param({"TERM": "dumb"}, {}, False, id="TERM=dumb"),
        pytest.param({"TERM": "unknown"}, {}, False, id="TERM=unknown"),
        pytest.param(XTERM | {"ACCESSIBLE": "1"}, {}, False, id="ACCESSIBLE=1"),
        pytest.param(XTERM | {"ACCESSIBLE": "0"}, {}, True, id="ACCESSIBLE=0"),
        pytest.param(XTERM | {"ACCESSIBLE": "False"}, {}, True, id="ACCESSIBLE=False"),
        pytest.param(XTERM | {"ACCESSIBLE": ""}, {}, True, id="ACCESSIBLE is empty"),
    ],
)
def test_live_mode_needs_a_terminal_on_both_sides(
    environ: dict[str, str], streams: dict[str, bool], live: bool
) -> None:
    assert decided(environ, **streams).live is live  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("environ", "tty", "color", "colour"),
    [
        pytest.param({}, True, "auto", True, id="terminal"),
        pytest.param({}, False, "auto", False, id="pipe"),
        pytest.param({"NO_COLOR": "1"}, True, "auto", False, id="NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, True, "auto", True, id="NO_COLOR empty"),
        pytest.param({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, "auto", False, id="NO_COLOR before FORCE_COLOR"),
        pytest.param({"NO_COLOR": "1"}, False, "always", True, id="flag before NO_COLOR"),
        pytest.param({"FORCE_COLOR": "1"}, True, "never", False, id="flag before FORCE_COLOR"),
        pytest.param({"FORCE_COLOR": "1"}, False, "auto", True, id="FORCE_COLOR"),
        pytest.param({"FORCE_COLOR": "0"}, True, "auto", False, id="FORCE_COLOR=0 is not on"),
        pytest.param({"CLICOLOR_FORCE": "1"}, False, "auto", True, id="CLICOLOR_FORCE"),
        pytest.param({"CLICOLOR_FORCE": "0"}, True, "auto", True, id="CLICOLOR_FORCE=0"),
        pytest.param({"FORCE_COLOR": "1", "CLICOLOR": "0"}, False, "auto", True, id="FORCE_COLOR before CLICOLOR"),
        pytest.param({"CLICOLOR": "0"}, True, "auto", False, id="CLICOLOR=0"),
    ],
)
def test_colour_by_precedence(environ: dict[str, str], tty: bool, color: ColorChoice, colour: bool) -> None:
    assert wants_colour(environ, tty=tty, color=color) is colour


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, XTERM | {"ACCESSIBLE": "1"}], ids=str)
def test_a_wordy_terminal_gets_neither_colour_nor_glyphs(environ: dict[str, str]) -> None:
    abilities = decided(environ | {"FORCE_COLOR": "1"})
    assert not abilities.colour
    assert abilities.glyphs is ASCII


@pytest.mark.parametrize(
    ("encoding", "glyphs"), [("utf-8", UNICODE), ("gb18030", UNICODE), ("gbk", ASCII), ("ascii", ASCII)]
)
def test_glyphs_by_encoding(encoding: str, glyphs: object) -> None:
    assert decided(XTERM, encoding=encoding).glyphs is glyphs


def test_text_that_the_encoding_lacks_is_replaced() -> None:
    out = Stream(tty=False, encoding="ascii")
    Screen.for_streams(Stream(tty=False), out, {}, plain=False).line("张量 is a tensor")
    assert out.bytes.getvalue() == b"?? is a tensor\n"


@pytest.mark.parametrize(
    ("environ", "columns"), [({}, 80), ({"COLUMNS": "120"}, 120), ({"COLUMNS": "wide"}, 80), ({"COLUMNS": "0"}, 80)]
)
def test_width_without_a_terminal(environ: dict[str, str], columns: int) -> None:
    screen = Screen.for_streams(Stream(tty=False), Stream(tty=False), environ, plain=False)
    assert (screen.columns, screen.text_width) == (columns, min(columns, 100))


def everything(screen: Screen) -> None:
    screen.rule("1/17")
    screen.text("Which **one** is `a view`? 张量 \x1b]0;title\x07 and some more words to wrap", indent=2)
    screen.item("1", "an option that is much longer than forty cells are wide")
    screen.code(LONG_CODE, highlight=True)
    screen.bar(["1-4 answer", "h hint"])
    screen.line(Text("✓ CORRECT \x9b31m", "bold green"))
    screen.live("> ")
    screen.live("> 1")
    screen.end_live()
    screen.fresh()


def test_line_mode_has_no_escape_and_loses_nothing() -> None:
    screen, out = printed(LINES)
    everything(screen)
    assert ESCAPE not in out.getvalue()
    assert out.getvalue() == "\n".join(
        [
            "-- 1/17 --",
            "  Which one is `a view`? 张量 ␛]0;title␇",
            "  and some more words to wrap",
            "  1  an option that is much longer than",
            "     forty cells are wide",
            "    " + LONG_CODE,
            "1-4 answer, h hint",
            "✓ CORRECT \ufffd31m",
            "> ",
            "",
        ]
    )


def test_live_mode_sends_nothing_but_sixteen_colours_and_the_live_line() -> None:
    screen, out = printed(LIVE)
    everything(screen)
    plain = Text.from_ansi(out.getvalue().replace("\r\x1b[K", "").replace("\x1b[H", "")).plain
    assert LONG_CODE in plain
    assert "Which one is a view?" in plain
    assert "38;" not in out.getvalue()
    assert "48;" not in out.getvalue()
    assert "\x1b]" not in out.getvalue()
    assert "\x1b[1;32m✓ CORRECT \ufffd31m\x1b[0m\n" in out.getvalue()


def test_the_live_line_is_rewritten_and_then_kept() -> None:
    screen, out = printed(LIVE)
    screen.live("> 1")
    screen.live("> 1 4")
    screen.end_live()
    screen.end_live()
    assert out.getvalue() == "\r\x1b[K> 1\r\x1b[K> 1 4\n"


def test_a_line_takes_the_place_of_the_live_line() -> None:
    screen, out = printed(LIVE)
    screen.live("> ")
    screen.line("'z' does nothing here")
    screen.live("> ")
    assert out.getvalue() == "\r\x1b[K> \r\x1b[K'z' does nothing here\n\r\x1b[K> "


@pytest.mark.parametrize(("echoes", "shown"), [(True, "> note\n"), (False, "> \nnote\n")])
def test_in_line_mode_the_typed_enter_may_end_the_prompt(echoes: bool, shown: str) -> None:
    screen, out = printed(Abilities(echoes=echoes))
    screen.live("> ")
    screen.live("> 1")
    screen.line("note")
    assert out.getvalue() == shown


def test_a_bar_breaks_between_its_items() -> None:
    screen, out = printed(Abilities(glyphs=UNICODE, columns=24))
    screen.bar(["1-4 answer", "h hint", "s skip now", "q quit"])
    assert out.getvalue() == "1-4 answer · h hint ·\ns skip now · q quit\n"


def test_a_closed_pipe_is_the_callers_to_handle() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w")
    screen = Screen.for_streams(Stream(tty=False), stream, {}, plain=False)
    with pytest.raises(BrokenPipeError):
        screen.line("nobody reads this")
    with pytest.raises(BrokenPipeError):
        stream.close()
