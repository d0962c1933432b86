"""Write a file that the user asked for: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from ptquiz.errors import UsageError, said


def write_whole(file: Path, text: str) -> None:
    """Put a text into a file by way of a draft beside it; UsageError when it cannot be written."""
    from ptquiz.store.whole import replace_whole

    try:
        replace_whole(file, text.encode())
    except OSError as error:
        raise UsageError(said("{file} cannot be written: {reason}", file=file, reason=error.strerror)) from error
