"""Typed lines, and what is imported when."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ptquiz.ui.terminal.abilities import Abilities
from ptquiz.ui.terminal.keys import LineKeys, ScriptKeys
from ptquiz.ui.terminal.prompts import ask_line
from ptquiz.ui.terminal.screen import Screen


def asked(keys: str) -> str:
    with create_pipe_input() as source:
        source.send_text(keys)
        screen = Screen(io.StringIO(), Abilities(live=True))
        return ask_line(screen, ScriptKeys([]), "out> ", input=source, output=DummyOutput())


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        pytest.param("True (1, 3)\r", "True (1, 3)", id="text"),
        pytest.param("张量\x7f\r", "张", id="wide characters"),
        pytest.param("\r", "", id="nothing"),
        pytest.param("\x1b[200~a\nb\n\x1b[201~\r", "a b", id="a pasted line end does not submit"),
    ],
)
def test_a_line_is_edited(typed: str, line: str) -> None:
    assert asked(typed) == line


@pytest.mark.parametrize(("key", "error"), [("\x03", KeyboardInterrupt), ("\x04", EOFError)])
def test_leaving_is_an_exception(key: str, error: type[BaseException]) -> None:
    with pytest.raises(error):
        asked(key)


def test_in_line_mode_the_prompt_is_printed_once() -> None:
    out = io.StringIO()
    keys = LineKeys(io.StringIO("1e-3 \n"))
    assert ask_line(Screen(out), keys, "= ") == "1e-3 "
    with pytest.raises(EOFError):
        ask_line(Screen(out), keys, "= ")
    assert out.getvalue() == "= \n= \n"


IMPORTS = """
import sys
from ptquiz.ui.terminal import editor, keys, markup, prompts, screen, signals, ttykeys
heavy = {"asyncio", "markdown_it", "prompt_toolkit", "pygments", "rich.markdown", "rich.syntax", "torch", "yaml"}
print(sorted(heavy & set(sys.modules)))
prompts.preload().join()
print("prompt_toolkit" in sys.modules)
"""


def test_prompt_toolkit_is_imported_when_it_is_asked_for_and_not_before() -> None:
    run = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[]", "True"]
