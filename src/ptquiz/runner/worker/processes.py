"""Finding, killing and reaping whatever a program started, however it tried to get away."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from . import linux

MOST = 4000
"""Descendants to look at in one sweep."""
PATIENCE = 5.0
"""Seconds to spend on killing what is left."""


def become_subreaper() -> None:
    """Adopt orphaned descendants, so that a double fork does not escape."""
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent(parent: int) -> None:
    """Ask to be killed when the parent dies, and end at once if it has."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def descendants(pid: int) -> list[int]:
    """Return the live descendants of a process, without itself."""
    found: list[int] = []
    todo = [pid]
    while todo and len(found) < MOST:
        children = _children(todo.pop())
        found += children
        todo += children
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def kill_child(pid: int) -> int:
    """Kill a child and its process group, reap it and return its exit code: negative for a signal."""
    _kill_group(pid)
    _kill(pid)
    _, status = os.waitpid(pid, 0)
    _kill_group(pid)
    return os.waitstatus_to_exitcode(status)


def reap_everything() -> None:
    """Kill and reap until this process has no descendant left."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for pid in descendants(os.getpid()):
            _kill(pid)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.001)


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _kill_group(group: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(group, signal.SIGKILL)
