"""Resource limits of a process that runs a program, as far as its system has them."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    AVAILABLE = False
else:
    AVAILABLE = True
    _getrlimit = resource.getrlimit
    _setrlimit = resource.setrlimit

MEMORY = 1 << 30
"""Bytes of address space that a program may add to what the warm process has mapped."""
PARACHUTE = 64 << 20
"""Bytes kept in hand to report a MemoryError with."""
FILE_SIZE = 32 << 20
OPEN_FILES = 256
LOCKED = 64 << 10
TASKS = 64
"""Processes that a program may start, and threads of one."""
MARGIN = 8
"""What the system allows above that, so that whoever counts has something to see."""


def apply(seconds: float, mapped: int | None, tasks_of_user: int | None) -> None:
    """Limit this process; `mapped` is its address space before the program and the tasks are those of its user.

    What is None is not limited.
    """
    if mapped is not None:
        _lower("RLIMIT_AS", mapped + MEMORY, mapped + MEMORY + PARACHUTE)
    used = resource.getrusage(resource.RUSAGE_SELF)  # by a spare process, for its imports
    processor = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2
    _lower("RLIMIT_CPU", processor, processor + 1)
    _lower("RLIMIT_FSIZE", FILE_SIZE)
    _lower("RLIMIT_NOFILE", OPEN_FILES)
    _lower("RLIMIT_MEMLOCK", LOCKED)
    for name in ("RLIMIT_CORE", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO"):
        _lower(name, 0)
    if tasks_of_user is not None:
        _lower("RLIMIT_NPROC", tasks_of_user + TASKS + MARGIN)


def open_parachute() -> None:
    """Release the memory kept for telling that memory ran out."""
    if AVAILABLE and sys.platform == "linux":
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


def _lower(name: str, soft: int, hard: int | None = None) -> None:
    """Lower a limit, never above the hard limit that is in force; one that the system lacks is left out."""
    kind = getattr(resource, name, None)
    if kind is None:
        return
    ceiling = resource.getrlimit(kind)[1]
    wanted = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, wanted = min(soft, ceiling), min(wanted, ceiling)
    resource.setrlimit(kind, (soft, wanted))
