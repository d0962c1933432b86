"""What can run programs for a LiveRunner: a warm process that forks, or spare processes that run one program each."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from ptquiz.domain.snippets import Outcome, Program
from ptquiz.runner.machine import Machine

ACCEPT_SECONDS = 60.0
"""How long a process may take to begin with a program: it may be in the middle of an import."""
GRACE_SECONDS = 3.0
"""How long after a program's own limit the warm process may take to tell how it ended."""
CANCEL_SECONDS = 2.0


class Mode(StrEnum):
    """How a program gets a process of its own."""

    FORK = "fork"
    """Forked from a warm process: at once, for any number of programs."""
    SPARE = "spare"
    """Started beforehand, the next one when a program is sent."""


class EngineLost(Exception):  # noqa: N818 - an event that is handled by the client
    """The process has died or no longer answers."""


class ForkUnsafe(Exception):  # noqa: N818 - reads as the fact it states
    """A process with this torch cannot be forked on this system."""


class Engine(Protocol):
    """Processes that have torch imported, or are about to."""

    machine: Machine | None

    @property
    def pid(self) -> int:
        """Return the id of the process that gets the next program."""

    def wait_ready(self, timeout: float) -> Machine | None:
        """Return the machine once torch is imported; None when that takes longer than the timeout.

        Raises EnvironmentProblem when it never will be, and ForkUnsafe.
        """

    def run(self, program: Program) -> Outcome:
        """Run a program; raises EngineLost, ForkUnsafe, and TimeoutError for a process that does not answer in time."""

    def cancel(self) -> None:
        """Stop the running program after an interrupt; raises EngineLost when nothing can be run after that."""

    def stop(self) -> None:
        """Kill all processes and whatever they run, and remove their files."""

    def leave(self) -> None:
        """Let the processes end by themselves, as they do when nobody talks to them; kill those that do not."""
