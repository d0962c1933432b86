"""Kill a process before each single system call that writes: at the first, then at the second, until it comes through.

The child is a fork under ptrace with a seccomp filter: it stops at the system calls that write, and at no others,
and at the wanted one it gets SIGKILL instead.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from functools import cache

from ptquiz.runner.worker import linux, seccomp

X86_64 = {1, 18, 40, 74, 75, 77, 82, 83, 87, 263, 264, 316, 326}
AARCH64 = {34, 35, 38, 46, 64, 68, 71, 82, 83, 276, 285}
WRITING = {"x86_64": X86_64, "aarch64": AARCH64}.get(platform.machine(), set())
"""write, pwrite64, sendfile, fsync, fdatasync, ftruncate, rename, mkdir, unlink, copy_file_range and their kin."""
PLAIN_WRITE = {"x86_64": 1, "aarch64": 64}.get(platform.machine())

CAN_KILL = sys.platform == "linux" and bool(WRITING)

_TRACEME, _CONTINUE, _SETOPTIONS, _SYSCALL_INFO = 0, 7, 0x4200, 0x420E
_TRACE_SECCOMP, _EXITKILL = 0x80, 1 << 20
_EVENT_SECCOMP = 7
_TELL_TRACER = 0x7FF00000
_FORBIDDEN = 77


class NotPermittedError(Exception):
    """This machine lets no process trace its children."""


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
        try:
            _ptrace(_TRACEME, 0, 0, 0)
        except OSError:
            os._exit(_FORBIDDEN)
        os.kill(os.getpid(), signal.SIGSTOP)
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        seccomp.enter(_stop_at_writes())

        def promise(name: str) -> None:
            os.write(writing, f"{name}\n".encode())

        act(promise)
        code = 0
    finally:
        os._exit(code)


def _stop_at_writes() -> bytes:
    """Return the filter that stops a traced process at the calls that write."""
    code = struct.pack("=HBBI", seccomp.LOAD, 0, 0, seccomp.NUMBER_OFFSET)
    for number in sorted(WRITING):
        code += struct.pack("=HBBI", seccomp.JUMP_EQUAL, 0, 1, number)
        code += struct.pack("=HBBI", seccomp.RETURN, 0, 0, _TELL_TRACER)
    return code + struct.pack("=HBBI", seccomp.RETURN, 0, 0, seccomp.ALLOW)


def _trace(child: int, point: int, *, promises: int) -> bool:
    """Follow a child to the given write and kill it there; tell whether it was killed."""
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _FORBIDDEN:
        raise NotPermittedError("ptrace is not permitted here")
    _ptrace(_SETOPTIONS, child, 0, _TRACE_SECCOMP | _EXITKILL)
    passed, pass_on = 0, 0
    while True:
        _ptrace(_CONTINUE, child, 0, pass_on)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, "the child failed"
            return False
        at_write = status >> 8 == signal.SIGTRAP | _EVENT_SECCOMP << 8
        pass_on = 0 if at_write else os.WSTOPSIG(status)
        if at_write and not _tells(child, promises):
            passed += 1
            if passed == point:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return True


def _tells(child: int, promises: int) -> bool:
    """Tell whether what a child is about to write is a promise to its parent."""
    info = _Info()
    _ptrace(_SYSCALL_INFO, child, ctypes.sizeof(info), ctypes.addressof(info))
    return bool(info.number == PLAIN_WRITE and info.arguments[0] == promises)


def _ptrace(request: int, child: int, address: int, data: int) -> None:
    if _libc().ptrace(request, child, address, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    libc.ptrace.restype = ctypes.c_long
    return libc
