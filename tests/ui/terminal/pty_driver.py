"""Run a command in a pseudo-terminal and look at what it shows, with pyte as the terminal."""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyte

DEADLINE = 20.0
"""Seconds after which something that was waited for is missing; never slept, only a limit."""
GLANCE = 0.02
"""Seconds between two looks at a file, in which the program is listened to."""
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
}


class Terminal(pyte.HistoryScreen):
    """A terminal with a scrollback that answers requests for reports."""

    def __init__(self, columns: int, rows: int, reply: Callable[[str], None]) -> None:
        self._reply = reply
        super().__init__(columns, rows, history=10_000)

    def write_process_input(self, data: str) -> None:
        """Answer, for instance with the position of the cursor."""
        self._reply(data)


class Pty:
    """A program in a terminal of its own: type, wait, resize, signal, and read the screen.

    `wait_for` and `wait_until` read what the program writes until it shows, and fail with the whole
    transcript otherwise. A request for the cursor position is answered as a terminal does.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        rows: int = 24,
        columns: int = 80,
        cwd: Path | None = None,
    ) -> None:
        self.output = b""
        """Every byte the program has written."""
        self._screen = Terminal(columns, rows, self.send)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._master, slave = os.openpty()
        self._set_size(rows, columns)
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**ENVIRONMENT, **(env or {})},
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        self._slave = slave  # kept open, so that the modes can be read after the program has ended
        self._descriptors = [self._master, self._slave]
        self._pidfd = os.pidfd_open(self._process.pid)

    @classmethod
    def python(cls, source: str, *arguments: str, **options: Any) -> Self:
        """Run Python source with this interpreter."""
        return cls([sys.executable, "-c", source, *arguments], **options)

    @property
    def pid(self) -> int:
        """The process id of the command."""
        return self._process.pid

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without trailing spaces."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def styled_lines(self) -> list[list[tuple[str, str]]]:
        """The rows of the screen as characters and rich styles, for drawing a picture."""
        width = range(self._screen.columns)
        return [[_styled(self._screen.buffer[row][column]) for column in width] for row in range(self._screen.lines)]

    @property
    def transcript(self) -> str:
        """What has scrolled off, then the screen."""
        width = range(self._screen.columns)
        history = ("".join(row[column].data for column in width).rstrip() for row in self._screen.history.top)
        return "\n".join([*history, *self.lines])

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        return self._screen.cursor.y, self._screen.cursor.x

    @property
    def modes(self) -> set[str]:
        """The local modes that are on: "echo", "canonical", "signals"."""
        flags = termios.tcgetattr(self._slave)[3]
        names = {"echo": termios.ECHO, "canonical": termios.ICANON, "signals": termios.ISIG}
        return {name for name, bit in names.items() if flags & bit}

    def brackets_paste(self) -> bool:
        """Whether the terminal was last told to bracket what is pasted."""
        return self.output.rfind(b"\x1b[?2004h") > self.output.rfind(b"\x1b[?2004l")

    def send(self, keys: str) -> None:
        """Type."""
        data = keys.encode()
        while data:
            _, writable, _ = select.select([self._master], [self._master], [], DEADLINE)
            if not writable:
                raise AssertionError("the program does not read its input")
            data = data[os.write(self._master, data[:1024]) :]

    def paste(self, text: str, *, bracketed: bool = True) -> None:
        """Paste as a terminal does: line ends become carriage returns."""
        text = text.replace("\n", "\r")
        self.send(f"\x1b[200~{text}\x1b[201~" if bracketed else text)

    def wait_typed_ahead(self) -> None:
        """Wait until something that was typed lies unread in the terminal."""
        if not select.select([self._slave], [], [], DEADLINE)[0]:
            raise AssertionError("nothing that was typed has arrived")

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._set_size(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the command itself."""
        os.kill(self.pid, number)

    def wait_for(self, text: str, *, times: int = 1) -> None:
        """Wait until the text has been shown so often."""
        self.wait_until(lambda pty: pty.transcript.count(text) >= times, f"{times} x {text!r}")

    def wait_until(self, holds: Callable[[Self], bool], what: str = "the condition") -> None:
        """Wait until something holds of this terminal; it is looked at after each write of the program."""
        deadline = time.monotonic() + DEADLINE
        while not holds(self):
            if not self._read(deadline) and not holds(self):
                raise AssertionError(f"{what} never came; the program has shown:\n{self.transcript}")

    def wait_for_file(self, file: Path, text: str) -> None:
        """Wait until a file holds the text."""
        deadline = time.monotonic() + DEADLINE
        while not (file.exists() and text in file.read_text("utf-8")):
            if time.monotonic() > deadline:
                raise AssertionError(f"{text!r} was never written to {file}")
            self._read(time.monotonic() + GLANCE)

    def wait_for_prompt(self, prompt: str = ">") -> None:
        """Wait until the line of the cursor is the prompt and nothing else."""
        self.wait_until(lambda pty: pty.lines[pty.cursor[0]].strip() == prompt, f"the prompt {prompt}")

    def wait_exit(self) -> int:
        """Wait for the end; a death by signal is its negative number."""
        deadline = time.monotonic() + DEADLINE
        while self._read(deadline):
            pass
        return self._process.wait(DEADLINE)

    def hang_up(self) -> int:
        """Close the terminal under the program and wait for its end."""
        self._close_terminal()
        return self._process.wait(DEADLINE)

    def close(self) -> None:
        """End the program and give everything back."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(DEADLINE)
        self._close_terminal()
        os.close(self._pidfd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def _read(self, deadline: float) -> bool:
        """Read one write of the program; False when it has ended and nothing is left, or at the deadline."""
        ready, _, _ = select.select([self._master, self._pidfd], [], [], max(deadline - time.monotonic(), 0))
        if self._master not in ready:
            ready, _, _ = select.select([self._master], [], [], 0)  # what it wrote just before it ended
            if not ready:
                return False
        try:
            data = os.read(self._master, 65536)
        except OSError as problem:
            if problem.errno != errno.EIO:
                raise
            return False
        self.output += data
        self._stream.feed(self._decoder.decode(data))
        return True

    def _close_terminal(self) -> None:
        while self._descriptors:
            os.close(self._descriptors.pop())

    def _set_size(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _styled(cell: Any) -> tuple[str, str]:
    colour = {"default": "", "brown": "yellow"}.get(cell.fg, cell.fg)
    return cell.data, f"{'bold ' if cell.bold else ''}{colour}".strip()


def _take_terminal() -> None:
    """Make standard input the controlling terminal of the new session."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
