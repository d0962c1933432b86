"""The streams of the C library, on every system."""

from __future__ import annotations

import ctypes
import os

_library = ctypes.CDLL(None if os.name == "posix" else "ucrtbase")


def flush() -> None:
    """Write out what C code has printed."""
    _library.fflush(None)
