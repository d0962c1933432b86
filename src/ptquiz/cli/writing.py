"""Write a file that the user asked for: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ptquiz.errors import UsageError, said


def write_whole(file: Path, text: str) -> None:
    """Put a text into a file by way of a draft beside it; UsageError when it cannot be written."""
    from ptquiz.store.copies import sync

    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_text(text, "utf-8")
        sync(draft)
        draft.replace(file)
    except OSError as error:
        raise UsageError(said("{file} cannot be written: {reason}", file=file, reason=error.strerror)) from error
    finally:
        draft.unlink(missing_ok=True)
