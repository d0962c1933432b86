"""The few system calls that the standard library does not offer."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAPBSET_DROP = 24
CAPABILITY_VERSION_3 = 0x20080522
CLOSE_RANGE = 436
"""The same number on every architecture, as for all system calls of that age."""
LAST_POSSIBLE_CAPABILITY = 64

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def checked(result: int, what: str) -> int:
    """Return the result of a call, or raise its errno as OSError."""
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def prctl(operation: int, argument: int = 0) -> None:
    """Change an attribute of this process."""
    rest = (ctypes.c_ulong(argument), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
    checked(libc.prctl(ctypes.c_int(operation), *rest), f"prctl({operation})")


def drop_capabilities() -> None:
    """Give up every capability, for good."""
    for capability in range(LAST_POSSIBLE_CAPABILITY):
        if libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    checked(libc.capset(header, bytes(24)), "capset")


def close_from(lowest: int) -> None:
    """Close every descriptor from this one on."""
    if libc.syscall(ctypes.c_long(CLOSE_RANGE), ctypes.c_uint(lowest), ctypes.c_uint(2**32 - 1), ctypes.c_long(0)) < 0:
        os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))


def thread_count() -> int:
    """Return how many threads this process has."""
    return len(list(Path("/proc/self/task").iterdir()))


def mapped_bytes() -> int:
    """Return the size of this process's address space."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
