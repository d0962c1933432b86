"""Write a file that the user asked for: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from ptquiz.errors import UsageError, said
from ptquiz.files import replace_whole


def can_be_written(file: Path) -> None:
    """Raise UsageError for a file whose folder is not there, before work is done that would be for nothing."""
    if file.is_dir() or not file.parent.is_dir():
        raise UsageError(said("cannot write {file}", file=file), details=("name a file in a folder that exists",))


def write_whole(file: Path, data: bytes) -> None:
    """Put data into a file; it is on disk on return. Raises UsageError when it cannot be written."""
    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            file.write_bytes(data)  # a device or a pipe, such as /dev/stdout, stays what it is
        else:
            replace_whole(file, data, durable=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(said("cannot write {file}: {reason}", file=file.absolute(), reason=error.strerror)) from None
