"""Resource limits of a child."""

from __future__ import annotations

import contextlib
import os
import resource
from pathlib import Path

MEMORY = 1 << 30
"""Bytes of address space that a program may add to what the warm process has mapped."""
PARACHUTE = 64 << 20
"""Bytes kept in hand to report a MemoryError with."""
FILE_SIZE = 32 << 20
OPEN_FILES = 256
TASKS = 64
"""Threads and processes that a program may start."""

_getrlimit = resource.getrlimit
_setrlimit = resource.setrlimit


def apply(seconds: float, mapped: int, tasks_of_user: int | None) -> None:
    """Limit this process; `mapped` is its address space before the program and the tasks are those of its user."""
    top = mapped + MEMORY
    _lower(resource.RLIMIT_AS, top, top + PARACHUTE)
    processor = int(seconds) * 2 + 2
    _lower(resource.RLIMIT_CPU, processor, processor + 1)
    _lower(resource.RLIMIT_FSIZE, FILE_SIZE)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_MEMLOCK, 64 << 10)
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_MSGQUEUE, resource.RLIMIT_NICE, resource.RLIMIT_RTPRIO):
        _lower(kind, 0)
    if tasks_of_user is not None:
        _lower(resource.RLIMIT_NPROC, tasks_of_user + TASKS)


def open_parachute() -> None:
    """Release the memory kept for telling that memory ran out."""
    hard = _getrlimit(resource.RLIMIT_AS)[1]
    _setrlimit(resource.RLIMIT_AS, (hard, hard))


def tasks_of_user() -> int | None:
    """Count the threads of this user on the machine, as the kernel does; None for root, whom it exempts."""
    user = os.getuid()
    if user == 0:
        return None
    count = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                if process.stat().st_uid == user:
                    count += len(list((process / "task").iterdir()))
    return count


def _lower(kind: int, soft: int, hard: int | None = None) -> None:
    """Lower a limit, never above the hard limit that is in force."""
    ceiling = resource.getrlimit(kind)[1]
    wanted = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, wanted = min(soft, ceiling), min(wanted, ceiling)
    resource.setrlimit(kind, (soft, wanted))
