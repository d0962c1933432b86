"""What every use of prompt_toolkit needs, without importing it."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from ptquiz.ui.terminal.signals import deferring

if TYPE_CHECKING:
    from prompt_toolkit.application import Application


def no_position_reports() -> None:
    """Keep prompt_toolkit from asking where the cursor is: some terminals never answer, others answer late."""
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")


def ended_by_signals(application: Application[Any]) -> AbstractContextManager[None]:
    """Let SIGTERM and SIGHUP end the application in its own time, so that it gives the terminal back."""

    def end(problem: SystemExit) -> None:
        if application.loop is None:  # not yet, or no longer running
            raise problem
        application.loop.call_soon_threadsafe(leave, problem)

    def leave(problem: SystemExit) -> None:
        if application.future and not application.future.done():
            application.exit(exception=problem)

    return deferring(end)
