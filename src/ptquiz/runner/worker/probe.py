"""Finding out whether the sandbox holds, by attacks in a throw-away child."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from . import linux, processes
from .notes import noted

PATIENCE = 10.0
RESULT_DESCRIPTOR = 3


def try_out(enter: Callable[[Path], None], scratch: Path) -> dict[str, str]:
    """Return the layers that do not hold, each with what went wrong."""
    folder, canary = scratch / "probe", scratch / "canary"
    folder.mkdir()
    canary.touch()
    read_end, write_end = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _attack_and_exit(enter, folder, canary, parent, write_end)
    os.close(write_end)
    try:
        return _result(read_end)
    finally:
        os.close(read_end)
        processes.kill_child(pid)
        processes.reap_everything()
        canary.unlink()
        folder.rmdir()


def _result(descriptor: int) -> dict[str, str]:
    """Read what the child found."""
    if not select.select([descriptor], [], [], PATIENCE)[0]:
        return {"session": noted("the sandbox could not be tried: no answer")}
    try:
        return dict(json.loads(os.read(descriptor, 1 << 16)))
    except ValueError:
        return {"session": noted("the sandbox could not be tried: it ended the process")}


def _attack_and_exit(enter: Callable[[Path], None], folder: Path, canary: Path, parent: int, descriptor: int) -> None:
    """Enter the sandbox and try to break out; never return."""
    reached: dict[str, str] = {}
    try:
        processes.die_with_parent(parent)
        os.setsid()
        os.dup2(descriptor, RESULT_DESCRIPTOR)
        linux.close_from(RESULT_DESCRIPTOR + 1)
        try:
            enter(folder)
        except OSError as problem:
            reached["session"] = f"a layer cannot be entered: {problem}"
        for name, attack in _attacks(canary, parent).items():
            try:
                reached[name] = attack()
            except OSError:
                continue
        if resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
            reached["limits"] = noted("memory is not limited")
        os.write(RESULT_DESCRIPTOR, json.dumps(reached).encode())
    finally:
        os._exit(0)


def _attacks(canary: Path, parent: int) -> dict[str, Callable[[], str]]:
    """Return by layer an attack that raises OSError where it is held, and tells what it did where it is not."""

    def read_file() -> str:
        with canary.open():
            return noted("can read files outside its folder (Landlock is missing: Linux 5.13 or newer has it)")

    def open_socket() -> str:
        socket.socket().close()
        return noted("can open sockets (seccomp is missing)")

    def start_process() -> str:
        if os.fork() == 0:
            os._exit(0)
        return noted("can start processes (seccomp is missing)")

    def send_signal() -> str:
        os.kill(parent, signal.SIGCONT)
        return noted("can signal other processes")

    return {"files": read_file, "network": open_socket, "processes": start_process, "signals": send_signal}
