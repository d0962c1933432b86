"""Run a command and learn of every socket that it, or anything it starts, asks the system for.

A filter of system calls hands each call of socket() over to us, unless it is for a local socket (AF_UNIX); we note
it and refuse it. What a stricter filter refuses further down, like the one of the sandbox, never comes up here. Where
the system lets us, the command runs in a network namespace without a single interface besides.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ARCHITECTURES = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}
"""The number of the architecture, of socket() and of seccomp()."""
SET_NO_NEW_PRIVILEGES, SET_MODE_FILTER, NEW_LISTENER = 38, 1, 8
ALLOW, HAND_OVER = 0x7FFF0000, 0x7FC00000
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
RECEIVE, SEND = 0xC0502100, 0xC0182101
"""The requests that fetch a call and answer it (SECCOMP_IOCTL_NOTIF_RECV and _SEND)."""
ALONE = (["unshare", "--net", "--"], ["unshare", "--user", "--map-root-user", "--net", "--"])
PATIENCE = 120.0
"""Seconds after which a command has hung."""


def can_listen() -> bool:
    """Tell whether this system hands calls over."""
    if platform.machine() not in ARCHITECTURES:
        return False
    return subprocess.run(["true"], preexec_fn=lambda: os.close(_filter()), check=False).returncode == 0


@cache
def alone() -> tuple[str, ...]:
    """Return what to put before a command so that it has no network, or nothing where that is not allowed."""
    for prefix in ALONE:
        try:
            if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
                return tuple(prefix)
        except FileNotFoundError:
            break
    return ()


def overheard(
    command: Sequence[str | Path], *, keys: str, env: Mapping[str, str], cwd: Path
) -> tuple[subprocess.CompletedProcess[str], list[int]]:
    """Run a command, and return how it ended with the address families of the sockets that it asked for."""
    said = cwd / "said"
    ours, theirs = socket.socketpair()
    with said.open("w+b") as output, ours, theirs, (cwd / "keys").open("w+") as typed:
        typed.write(keys)
        typed.seek(0)
        process = subprocess.Popen(
            [*alone(), *command],
            stdin=typed,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            preexec_fn=lambda: _hand_over(theirs),
        )
        _, (listener, *_), _, _ = socket.recv_fds(ours, 1, 1)
        try:
            heard = _listen(listener)
            code = process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
            os.close(listener)
    return subprocess.CompletedProcess(command, code, said.read_text("utf-8")), heard


def _listen(listener: int) -> list[int]:
    """Refuse every call that is handed over until nobody is left to make one; return the address families."""
    heard: list[int] = []
    calls = select.poll()
    calls.register(listener, select.POLLIN)
    while (happened := calls.poll(PATIENCE * 1000)) and happened[0][1] & select.POLLIN:
        call = bytearray(80)
        try:
            fcntl.ioctl(listener, RECEIVE, call)
            number, *_, family = struct.unpack_from("=QIIiIQQ", call)
            heard.append(family)
            fcntl.ioctl(listener, SEND, struct.pack("=QqiI", number, 0, -errno.EACCES, 0))
        except OSError as problem:
            if problem.errno != errno.ENOENT:  # not that whoever called is gone
                raise
    return heard


def _hand_over(channel: socket.socket) -> None:
    listener = _filter()
    socket.send_fds(channel, [b"!"], [listener])
    os.close(listener)


def _filter() -> int:
    """Hand the calls of this process and its children over; return the descriptor that they come to."""
    architecture, call, seccomp = ARCHITECTURES[platform.machine()]
    steps = (
        *((LOAD, 0, 0, 4), (EQUAL, 0, 5, architecture)),
        *((LOAD, 0, 0, 0), (EQUAL, 0, 3, call)),
        *((LOAD, 0, 0, 16), (EQUAL, 1, 0, socket.AF_UNIX)),
        *((RETURN, 0, 0, HAND_OVER), (RETURN, 0, 0, ALLOW)),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    listener: int = libc.syscall(seccomp, SET_MODE_FILTER, NEW_LISTENER, program)
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return listener
