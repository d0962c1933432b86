"""A program in a real pseudo-terminal: started, pressed keys in, and timed until it shows something."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from select import select
from types import TracebackType
from typing import Self

LINES, COLUMNS = 40, 100
PATIENCE = 60.0
"""Seconds after which a program has not done what it was waited for."""


class Terminal:
    """One program in a terminal of its own."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], *, keys: bytes = b"", folder: Path | None = None
    ) -> None:
        """Start a program; `keys` are typed before it reads any."""
        self._name = " ".join(command)
        self._shown = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        if keys:
            os.write(self._master, keys)
        self._began = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, cwd=folder, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        os.close(self._master)
        try:
            self.process.wait(10.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def press(self, keys: bytes) -> None:
        """Type something; what is waited for next is timed from here."""
        self._began = time.perf_counter()
        os.write(self._master, keys)

    def until(self, *texts: bytes) -> float:
        """Wait until one of some texts is shown, or the end where there are none; return the seconds.

        What comes after the text is left for the next time.
        """
        while not (ends := [self._shown.index(text) + len(text) for text in texts if text in self._shown]):
            data = self._read()
            if not data:
                break
            self._shown += data
        seconds = time.perf_counter() - self._began
        if texts and not ends:
            raise SystemExit(f"{self._name} did not come so far:\n{self._shown.decode(errors='replace')}")
        self._shown = self._shown[min(ends, default=0) :]
        return seconds

    def _read(self) -> bytes:
        """Read what comes next; nothing once the program has closed its end, or does nothing any more."""
        if not select([self._master], [], [], PATIENCE)[0]:
            return b""
        try:
            return os.read(self._master, 65536)
        except OSError:
            return b""


def seconds_until(
    command: Sequence[str], environ: Mapping[str, str], *texts: bytes, keys: bytes = b"", folder: Path | None = None
) -> float:
    """Start a program in a terminal and return the seconds until it shows a text, or ends where there is none."""
    with Terminal(command, environ, keys=keys, folder=folder) as terminal:
        return terminal.until(*texts)
