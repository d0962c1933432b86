"""Semaphores for the processes of one program, in anonymous shared memory.

Those of the standard library are files in /dev/shm, where every program of the user has its own: a snippet may not
write there, and a system may lack it.
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import itertools
import mmap
import threading
import time
from typing import Any

from . import linux

RECURSIVE = 0
ROOM = 64
"""Bytes for one semaphore: more than any C library needs."""

_handles = itertools.count(1)
_sem_address = ctypes.c_char * ROOM


class Moment(ctypes.Structure):
    """What C calls a timespec."""

    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class Semaphore:
    """What `_multiprocessing.SemLock` is: a semaphore, or a lock that its owner may take again."""

    SEM_VALUE_MAX = 2**31 - 1

    def __init__(self, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> None:
        self.kind, self.maxvalue, self.name = kind, maxvalue, None
        self.handle = next(_handles)
        self._memory = mmap.mmap(-1, mmap.PAGESIZE)
        self._semaphore = _sem_address.from_buffer(self._memory)
        self._owner, self._taken = 0, 0
        shared = ctypes.c_int(1)
        linux.checked(linux.libc.sem_init(self._semaphore, shared, ctypes.c_uint(value)), "sem_init")

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take the semaphore; False when that is not possible now, or in time (seconds)."""
        if self.kind == RECURSIVE and self._is_mine():
            self._taken += 1
            return True
        if linux.libc.sem_trywait(self._semaphore) and not (block and self._wait(timeout)):
            return False
        self._owner = threading.get_ident()
        self._taken += 1
        return True

    def _wait(self, timeout: float | None) -> bool:
        end = None if timeout is None else _moment(time.time() + max(timeout, 0.0))
        while self._wait_once(end):
            code = ctypes.get_errno()
            if code in (errno.ETIMEDOUT, errno.EAGAIN):
                return False
            if code != errno.EINTR:  # after which Python runs the handlers of signals
                raise OSError(code, "sem_wait")
        return True

    def _wait_once(self, end: Moment | None) -> int:
        if end is None:
            return int(linux.libc.sem_wait(self._semaphore))
        return int(linux.libc.sem_timedwait(self._semaphore, ctypes.byref(end)))

    def release(self) -> None:
        """Give the semaphore back."""
        if self.kind == RECURSIVE:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._taken > 1:
                self._taken -= 1
                return
        elif self._get_value() >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        linux.checked(linux.libc.sem_post(self._semaphore), "sem_post")
        self._taken -= 1

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *args: object) -> None:
        self.release()

    def _is_mine(self) -> bool:
        return self._taken > 0 and self._owner == threading.get_ident()

    def _count(self) -> int:
        return self._taken

    def _get_value(self) -> int:
        value = ctypes.c_int()
        linux.checked(linux.libc.sem_getvalue(self._semaphore, ctypes.byref(value)), "sem_getvalue")
        return max(value.value, 0)

    def _is_zero(self) -> bool:
        return self._get_value() == 0

    def _after_fork(self) -> None:
        self._taken = 0


def _moment(when: float) -> Moment:
    seconds, rest = divmod(when, 1.0)
    return Moment(int(seconds), int(rest * 1e9))


def install() -> None:
    """Have `multiprocessing` use these semaphores in this process and in those it forks."""
    module: Any = importlib.import_module("_multiprocessing")
    module.SemLock = Semaphore
