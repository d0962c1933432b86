"""Kill a process before each single system call that writes: at the first, then at the second, until it comes through.

The child is a fork under ptrace: it stops at every system call, and where the wanted one is about to write
it gets SIGKILL instead.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterator

X86_64 = {1, 18, 40, 74, 75, 77, 82, 83, 87, 263, 264, 316, 326}
AARCH64 = {34, 35, 38, 46, 64, 68, 71, 82, 83, 276, 285}
WRITING = {"x86_64": X86_64, "aarch64": AARCH64}.get(platform.machine(), set())
"""write, pwrite64, sendfile, fsync, fdatasync, ftruncate, rename, mkdir, unlink, copy_file_range and their kin."""
PLAIN_WRITE = {"x86_64": 1, "aarch64": 64}.get(platform.machine())

CAN_KILL = sys.platform == "linux" and bool(WRITING)

_TRACEME, _SETOPTIONS, _SYSCALL, _SYSCALL_INFO = 0, 0x4200, 24, 0x420E
_SYSGOOD, _EXITKILL = 1, 1 << 20
_ENTRY = 1


class _Info(ctypes.Structure):
    """What the kernel tells of a system call that begins."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("arguments", ctypes.c_uint64 * 6),
    )


Act = Callable[[Callable[[str], None]], None]
"""What a child does; it is given a function that promises that something is done."""


def lives(prepare: Callable[[], Act]) -> Iterator[list[str]]:
    """Let children live longer and longer; yield what each had promised when it was killed, last when it came through.

    `prepare` sets everything up anew for each life. Raises AssertionError when a child fails by itself.
    """
    point = 1
    while True:
        act = prepare()
        promised, killed = _live(act, point)
        yield promised
        if not killed:
            return
        point += 1


def _live(act: Act, point: int) -> tuple[list[str], bool]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_traced(act, reading, writing)
    os.close(writing)
    killed = _trace(child, point, promises=writing)
    with os.fdopen(reading) as pipe:
        return pipe.read().split(), killed


def _be_traced(act: Act, reading: int, writing: int) -> None:
    """Do the work in the child, and end without any cleaning up."""
    code = 1
    try:
        os.close(reading)
        _ptrace(_TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)

        def promise(name: str) -> None:
            os.write(writing, f"{name}\n".encode())

        act(promise)
        code = 0
    finally:
        os._exit(code)


def _trace(child: int, point: int, *, promises: int) -> bool:
    """Follow a child to the given write and kill it there; tell whether it was killed."""
    os.waitpid(child, 0)
    _ptrace(_SETOPTIONS, child, 0, _SYSGOOD | _EXITKILL)
    passed, pass_on = 0, 0
    while True:
        _ptrace(_SYSCALL, child, 0, pass_on)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, "the child failed"
            return False
        stopped = os.WSTOPSIG(status)
        pass_on = 0 if stopped == signal.SIGTRAP | 0x80 else stopped
        if not pass_on and _is_write(child, promises):
            passed += 1
            if passed == point:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return True


def _is_write(child: int, promises: int) -> bool:
    info = _Info()
    _ptrace(_SYSCALL_INFO, child, ctypes.sizeof(info), ctypes.addressof(info))
    told = info.number == PLAIN_WRITE and info.arguments[0] == promises
    return info.op == _ENTRY and info.number in WRITING and not told


def _ptrace(request: int, child: int, address: int, data: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    libc.ptrace.restype = ctypes.c_long
    if libc.ptrace(request, child, address, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
