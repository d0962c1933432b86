"""The errors a user can meet, and the exit code of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """How the program ends, as the shell sees it."""

    DONE = 0
    """Finished, or left with `q` or at the end of input."""
    FAILED = 1
    """`check` or `state check` found something that does not hold."""
    USAGE = 2
    """An unknown option, topic or deck, or no terminal to practise in."""
    BROKEN_DECK = 3
    """A deck or the configuration cannot be read."""
    ENVIRONMENT = 4
    """Something outside ptquiz is missing or refuses: torch, an editor, a disk that is full, memory."""
    STORE = 5
    """The review log is locked, unwritable or damaged."""
    INTERNAL = 70
    """A defect of ptquiz."""
    HUNG_UP = 129
    """The terminal went away."""
    INTERRUPTED = 130
    """Ctrl-C."""
    CLOSED_PIPE = 141
    """Whoever read the output stopped reading."""
    TERMINATED = 143
    """Asked to stop by the system."""


class Message(NamedTuple):
    """A sentence with {places} for values, so that it can be said in another language; `str` says it in English."""

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format_map(self.values)


def said(template: str, **values: object) -> Message:
    """Return a sentence with values for its {places}; a value may be a sentence itself."""
    return Message(template, values)


class PtquizError(Exception):
    """A problem to explain to the user: what happened, then what to do about it.

    `message` and `details` are English; `told` and `advice` are what they are said from. Details without
    values are either sentences or quotations, such as the lines of a deck.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, message: str | Message, *, details: tuple[str | Message, ...] = ()) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.details = tuple(map(str, details))
        self.told = message
        self.advice = details


class UsageError(PtquizError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class BrokenDeckError(PtquizError):
    """A deck cannot be read; the message lists every problem."""

    exit_code = ExitCode.BROKEN_DECK


class EnvironmentProblem(PtquizError):  # noqa: N818 - EnvironmentError is a builtin
    """Something outside ptquiz is missing."""

    exit_code = ExitCode.ENVIRONMENT


class StoreError(PtquizError):
    """The review log cannot be used."""

    exit_code = ExitCode.STORE
