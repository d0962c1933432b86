"""Typed text: a line with editing in live mode, a plain line otherwise."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from ptquiz.ui.terminal.applications import ended_by_signals, no_position_reports
from ptquiz.ui.terminal.keys import Keys
from ptquiz.ui.terminal.screen import Screen

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output


def ask_line(
    screen: Screen,
    keys: Keys,
    prompt: str,
    *,
    vi: bool = False,
    input: Input | None = None,
    output: Output | None = None,
) -> str:
    """Ask for one line; KeyboardInterrupt at Ctrl-C, EOFError at Ctrl-D or the end of input."""
    if screen.is_live:
        screen.end_live()
        session = _line_editor(input, output, vi=vi)  # takes its time, in which the terminal must not echo
        with keys.suspended(), ended_by_signals(session.app):
            return " ".join(session.prompt(prompt).splitlines())
    screen.live(prompt)
    try:
        return keys.line()
    finally:
        screen.end_live()


def preload() -> threading.Thread:
    """Import the editor in the background, once the first question is on the screen."""
    thread = threading.Thread(target=_load, name="preload", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    no_position_reports()
    with suppress(ImportError):  # the answer that needs it will say so
        import ptquiz.ui.terminal.codearea  # noqa: F401


def _line_editor(source: Input | None, sink: Output | None, *, vi: bool) -> PromptSession[str]:
    no_position_reports()
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import DummyHistory

    return PromptSession(
        history=DummyHistory(),
        enable_suspend=True,
        enable_history_search=False,
        vi_mode=vi,
        input=source,
        output=sink,
    )
