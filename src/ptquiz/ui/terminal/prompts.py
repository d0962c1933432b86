"""Typed text: a line with editing in live mode, a plain line otherwise."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from ptquiz.ui.terminal.applications import ended_by_signals, no_position_reports
from ptquiz.ui.terminal.keys import Keys
from ptquiz.ui.terminal.screen import Screen

if TYPE_CHECKING:
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
        with keys.suspended():
            return _edited_line(prompt, input, output, vi=vi)
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


def _edited_line(prompt: str, source: Input | None, sink: Output | None, *, vi: bool) -> str:
    no_position_reports()
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import DummyHistory

    session: PromptSession[str] = PromptSession(
        history=DummyHistory(),
        enable_suspend=True,
        enable_history_search=False,
        vi_mode=vi,
        input=source,
        output=sink,
    )
    with ended_by_signals(session.app):
        answer = session.prompt(prompt)
    return " ".join(answer.splitlines())
