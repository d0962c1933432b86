"""Say what the system refused where no command foresaw it: files, the output, memory."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from ptquiz.errors import EnvironmentProblem, PtquizError, UsageError, said
from ptquiz.ui.terminal.screen import OutputError

LONGEST = 60
"""Characters of what is no text."""


def refused(error: OSError | MemoryError | UnicodeEncodeError, output: TextIO) -> PtquizError:
    """Return what an error of the system means for the user."""
    debug = said("--debug shows where it happened")
    if isinstance(error, MemoryError):
        return EnvironmentProblem("there is not enough memory", details=("what was rated before is safe", debug))
    if isinstance(error, UnicodeEncodeError):
        return UsageError(
            said("this is no text in UTF-8: {text}", text=ascii(error.object[:LONGEST])), details=(debug,)
        )
    if isinstance(error, FileNotFoundError) and error.filename is None and _is_nowhere():
        return UsageError("the folder you are in is gone", details=("go to another one with cd, and try again",))
    reason = error.strerror or str(error)
    if not _takes_more(output):
        return OutputError(said("cannot write the output: {reason}", reason=reason))
    if error.filename is None:
        return EnvironmentProblem(said("cannot read or write: {reason}", reason=reason), details=(debug,))
    return EnvironmentProblem(
        said("cannot read or write {file}: {reason}", file=error.filename, reason=reason), details=(debug,)
    )


def _takes_more(output: TextIO) -> bool:
    try:
        output.flush()
    except OSError:
        return False
    return True


def _is_nowhere() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False
