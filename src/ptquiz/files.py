"""Put a file in the place of another, whole or not at all. Standard library only."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_whole(file: Path, data: bytes, *, durable: bool) -> None:
    """Write a file by way of a draft beside it; a durable one has survived a power cut on return.

    What a link points to is replaced, and keeps its permissions. Raises OSError, and leaves no draft.
    """
    target = Path(os.path.realpath(file))
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        with suppress(FileNotFoundError):
            draft.chmod(target.stat().st_mode & 0o7777)
        if durable:
            sync(draft)
        draft.replace(target)
        if durable:
            sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make what was written to a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
