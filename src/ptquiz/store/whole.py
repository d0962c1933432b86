"""Put a file in the place of another, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ptquiz.store.copies import sync


def replace_whole(file: Path, data: bytes) -> None:
    """Write a file by way of a draft beside it; it is on disk on return. Raises OSError, and leaves no draft."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        sync(draft)
        draft.replace(file)
        sync(file.parent)
    finally:
        draft.unlink(missing_ok=True)
