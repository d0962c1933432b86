"""Watching a child from outside: what it writes, how long it takes, how much it uses."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from pathlib import Path

from . import report, usage
from .bounds import LOOK_EVERY, OUTPUT_KEPT, OUTPUT_LIMIT

CHUNK = 1 << 16


class Pipe:
    """What has been read from one descriptor, up to a limit."""

    def __init__(self, descriptor: int, keep: int, limit: int, reason: str) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.kept = bytearray()
        self.open = True
        self.reason = reason
        self._keep = keep
        self._room = limit

    def drain(self) -> bool:
        """Read what there is; tell whether the limit was passed."""
        while self.open:
            try:
                chunk = os.read(self.descriptor, CHUNK)
            except BlockingIOError:
                return False
            if not chunk:
                self.open = False
            self.kept += chunk[: max(self._keep - len(self.kept), 0)]
            self._room -= len(chunk)
            if self._room < 0:
                return True
        return False

    def close(self) -> None:
        """Close the descriptor."""
        os.close(self.descriptor)


class Watch:
    """One child, its three pipes, and the moment at which it must have ended."""

    def __init__(self, pid: int, pipes: tuple[int, int, int], scratch: Path) -> None:
        stdout, stderr, told = pipes
        self.stdout = Pipe(stdout, OUTPUT_KEPT, OUTPUT_LIMIT, "output")
        self.stderr = Pipe(stderr, OUTPUT_KEPT, OUTPUT_LIMIT, "output")
        self.told = Pipe(told, report.LIMIT, report.LIMIT, "report")
        self._pid = pid
        self._scratch = scratch
        self._pidfd = os.pidfd_open(pid)

    def until_end(self, seconds: float, control: int, interrupted: Callable[[], str]) -> str:
        """Return `exit` when the child has ended by itself, else the name of what it overstepped."""
        poll = select.poll()
        pipes = {pipe.descriptor: pipe for pipe in (self.stdout, self.stderr, self.told)}
        for descriptor in (*pipes, self._pidfd, control):
            poll.register(descriptor, select.POLLIN)
        deadline = time.monotonic() + seconds
        next_look = time.monotonic() + LOOK_EVERY
        while (left := deadline - time.monotonic()) > 0:
            ready = {descriptor for descriptor, _ in poll.poll(min(left, LOOK_EVERY) * 1000 + 1)}
            for pipe in [pipes[descriptor] for descriptor in ready & pipes.keys()]:
                if pipe.drain():
                    return pipe.reason
                if not pipe.open:
                    poll.unregister(pipe.descriptor)
            if control in ready and (reason := interrupted()):
                return reason
            if self._pidfd in ready:
                return "exit"
            if time.monotonic() >= next_look:
                if reason := usage.overuse(self._pid, self._scratch):
                    return reason
                next_look = time.monotonic() + LOOK_EVERY
        return "time"

    def drain(self) -> str:
        """Read what a dead child has left in its pipes; name what was overstepped."""
        over = [pipe.reason for pipe in (self.stdout, self.stderr, self.told) if pipe.drain()]
        return over[0] if over else ""

    def close(self) -> None:
        """Close every descriptor."""
        for pipe in (self.stdout, self.stderr, self.told):
            pipe.close()
        os.close(self._pidfd)
