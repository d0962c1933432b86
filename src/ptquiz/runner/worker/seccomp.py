"""Seccomp: a process gives up system calls, by a list of what is forbidden.

The filter is a classic BPF program over (number, architecture, arguments) of each call.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from . import linux, syscalls

ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""The column of the tables of numbers, and what the kernel calls the architecture."""
X32_BIT = 0x40000000

ALLOW = 0x7FFF0000
KILL = 0x80000000
ERROR = 0x00050000

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_OFFSET, ARCHITECTURE_OFFSET, ARGUMENTS_OFFSET = 0, 4, 16

SET_FILTER, ASK_ACTION = 1, 2

CLONE_THREAD = 0x00010000
CLONE_NEW_NAMESPACES = 0x7E020000
AF_UNIX = 1
TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
F_SETOWN, F_SETSIG, F_SETOWN_EX = 8, 10, 15

Instruction = bytes


def available() -> bool:
    """Tell whether this kernel filters system calls, and this architecture is known."""
    if platform.machine() not in ARCHITECTURES:
        return False
    action = ctypes.c_uint32(ERROR)
    asked = linux.libc.syscall(
        ctypes.c_long(_number("seccomp")), ctypes.c_long(ASK_ACTION), ctypes.c_long(0), ctypes.byref(action)
    )
    return bool(asked == 0)


def enter(program: bytes) -> None:
    """Filter the system calls of this process, for good; no_new_privs must be set."""
    code = ctypes.create_string_buffer(program, len(program))
    descriptor = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    installed = linux.libc.syscall(
        ctypes.c_long(_number("seccomp")), ctypes.c_long(SET_FILTER), ctypes.c_long(0), descriptor
    )
    linux.checked(installed, "seccomp")


def profile(only_signal: int | None, *, workers: bool = False) -> bytes:
    """Return the filter for programs that use no network and start no other programs; with workers, they may fork.

    `only_signal` is the one process that may be signalled, where Landlock does not see to that.
    """
    code = _preamble()
    for name in syscalls.FORBIDDEN:
        if not (workers and name in syscalls.FORKS):
            code += _forbid(name, errno.EPERM)
    for name in syscalls.UNKNOWN:
        code += _forbid(name, errno.ENOSYS)
    threads_only = b"" if workers else _unless_any_bit(CLONE_THREAD)
    code += _judge("clone", _argument(0) + threads_only + _if_any_bit(CLONE_NEW_NAMESPACES))
    code += _judge("socketpair", _argument(0) + _unless_equal(AF_UNIX))
    code += _judge("prlimit64", _argument(0) + _unless_equal(0))
    code += _judge("sched_setaffinity", _argument(0) + _unless_equal(0))
    # torch.multiprocessing has each process die with its parent: with workers that seems to work, and changes nothing
    parent_death = _if_equal(linux.PR_SET_PDEATHSIG, error=0 if workers else errno.EPERM)
    code += _judge("prctl", _argument(0) + parent_death + _if_equal(linux.PR_SET_CHILD_SUBREAPER))
    code += _judge("ioctl", _argument(1) + b"".join(map(_if_equal, (TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP))))
    code += _judge("fcntl", _argument(1) + b"".join(map(_if_equal, (F_SETOWN, F_SETSIG, F_SETOWN_EX))))
    if only_signal is not None:
        for name in ("kill", "tgkill"):
            code += _judge(name, _argument(0) + _unless_equal(only_signal))
        code += _forbid("tkill", errno.EPERM)
    return code + _instruction(RETURN, ALLOW)


def _number(name: str) -> int:
    """Return the number of a call here; -1, which no call has, where there is none."""
    column, _ = ARCHITECTURES[platform.machine()]
    number = {**syscalls.FORBIDDEN, **syscalls.UNKNOWN, **syscalls.JUDGED}[name][column]
    return -1 if number is None else number


def _instruction(operation: int, operand: int, if_true: int = 0, if_false: int = 0) -> Instruction:
    return struct.pack("=HBBI", operation, if_true, if_false, operand)


def _preamble() -> bytes:
    """Kill whoever calls through a foreign architecture, whose numbers mean other calls; then load the number."""
    _, architecture = ARCHITECTURES[platform.machine()]
    return (
        _instruction(LOAD, ARCHITECTURE_OFFSET)
        + _instruction(JUMP_EQUAL, architecture, if_true=1)
        + _instruction(RETURN, KILL)
        + _instruction(LOAD, NUMBER_OFFSET)
        + _instruction(JUMP_AT_LEAST, X32_BIT, if_false=1)
        + _instruction(RETURN, KILL)
    )


def _forbid(name: str, error: int) -> bytes:
    """Answer a call with an error."""
    number = _number(name)
    if number < 0:
        return b""
    return _instruction(JUMP_EQUAL, number, if_false=1) + _instruction(RETURN, ERROR | error)


def _judge(name: str, body: bytes) -> bytes:
    """Run the body for one call; where it does not return, load the number again and go on."""
    body += _instruction(LOAD, NUMBER_OFFSET)
    return _instruction(JUMP_EQUAL, _number(name), if_false=len(body) // 8) + body


def _argument(index: int) -> Instruction:
    """Load the lower half of an argument."""
    return _instruction(LOAD, ARGUMENTS_OFFSET + 8 * index)


def _refuse(error: int = errno.EPERM) -> Instruction:
    return _instruction(RETURN, ERROR | error)


def _if_equal(value: int, error: int = errno.EPERM) -> bytes:
    return _instruction(JUMP_EQUAL, value, if_false=1) + _refuse(error)


def _unless_equal(value: int) -> bytes:
    return _instruction(JUMP_EQUAL, value, if_true=1) + _refuse()


def _if_any_bit(bits: int) -> bytes:
    return _instruction(JUMP_ANY_BIT, bits, if_false=1) + _refuse()


def _unless_any_bit(bits: int) -> bytes:
    return _instruction(JUMP_ANY_BIT, bits, if_true=1) + _refuse()
