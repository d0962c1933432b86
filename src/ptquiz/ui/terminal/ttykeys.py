"""Single keys from a POSIX terminal, which is given back whatever happens.

Ctrl-C, Ctrl-Z and the rest stay signals. Signal handlers here only write to descriptors: the
buffered streams may be in the middle of a write.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import termios
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, Self, TextIO

from ptquiz.ui.terminal.keydecoder import END, PASTE, Key, KeyDecoder, is_burst

ESCAPE_GAP = 0.05
"""Seconds to wait for the rest of an escape sequence before ESC is taken for the key."""
PASTE_GAP = 1.0
"""Seconds without a byte after which an unfinished bracketed paste is given up."""
PASTE_MODE_ON, PASTE_MODE_OFF = b"\x1b[?2004h", b"\x1b[?2004l"

Handler = Callable[[int, FrameType | None], Any] | int | None


class TtyKeys:
    """Keys as they are pressed, with pastes, resizes and returns from the shell as events."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self._stdin = stdin
        self._input = stdin.fileno()
        self._output = stdout.fileno()
        self._decoder = KeyDecoder()
        self._ready: deque[Key] = deque()
        self._original: list[Any] | None = None
        self._handlers: dict[int, Handler] = {}
        self._wake_read = self._wake_write = -1
        self._wakeup_before = -1

    def get(self, *, collecting: bool = False) -> Key:
        """Wait for a key or an event; EOFError at Ctrl-D or when the terminal is gone."""
        if self._original is None:
            raise EOFError
        while not self._ready:
            self._fill()
        key = self._ready.popleft()
        if key == END:
            raise EOFError
        return key

    def line(self) -> str:
        """Read a line with the editing that the terminal itself offers."""
        with self.suspended():
            line = self._stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def drain(self, settle: float = 0.0) -> None:
        """Forget what was typed up to `settle` seconds from now; resizes and returns are kept."""
        if settle:
            time.sleep(settle)
        with suppress(termios.error):
            termios.tcflush(self._input, termios.TCIFLUSH)
        self._decoder = KeyDecoder()
        self._ready = deque(key for key in self._ready if key in {"resize", "redraw"})

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Hand the terminal back as it was found, and take it again after."""
        self._release()
        try:
            yield
        finally:
            with suppress(termios.error):  # closed in the meantime: the next key is the end of input
                self._take()

    def __enter__(self) -> Self:
        self._take()
        return self

    def __exit__(self, *problem: object) -> None:
        try:
            self._release()
        except BaseException:
            self._release()  # a second Ctrl-C came in between: give the terminal back all the same
            raise

    def _fill(self) -> None:
        """Wait until something happens and queue what it means."""
        gap = PASTE_GAP if self._decoder.inside_paste else ESCAPE_GAP
        ready, _, _ = select.select([self._input, self._wake_read], [], [], gap if self._decoder.waiting else None)
        if self._wake_read in ready:
            self._ready.extend(self._signalled())
        elif self._input in ready:
            self._ready.extend(self._typed())
        else:
            self._ready.extend(self._decoder.flush())

    def _typed(self) -> list[Key]:
        """Read what the terminal has and decode it; a burst is one paste."""
        data = self._read()
        if not data:
            return [END]
        if not self._decoder.waiting and is_burst(data):
            while select.select([self._input], [], [], ESCAPE_GAP)[0] and self._read():
                pass
            return [PASTE]
        return self._decoder.feed(data)

    def _read(self) -> bytes:
        try:
            return os.read(self._input, 4096)
        except OSError as problem:
            if problem.errno == errno.EIO:  # the terminal was closed
                return b""
            raise

    def _signalled(self) -> list[Key]:
        """Say what the signals since the last look mean."""
        tokens = os.read(self._wake_read, 4096)
        if b"c" in tokens:
            self._set_modes()
            return ["redraw"]
        return ["resize"] if b"w" in tokens else []

    def _take(self) -> None:
        """Switch to single keys and watch the signals of a terminal."""
        self._original = termios.tcgetattr(self._input)
        try:
            self._wake_read, self._wake_write = os.pipe()
            os.set_blocking(self._wake_write, False)
            # Python's own handlers wait while select() does; this byte, written in C, ends the wait.
            self._wakeup_before = signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
            self._watch(signal.SIGWINCH, lambda *_: self._wake(b"w"))
            self._watch(signal.SIGCONT, lambda *_: self._wake(b"c"))
            self._watch(signal.SIGTSTP, self._stop)
            self._set_modes()
        except BaseException:
            self._release()
            raise

    def _release(self) -> None:
        """Give the terminal back; every step happens even when the terminal is gone, and twice is harmless."""
        if self._original is None:
            return
        self._reset_modes()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()
        if self._wake_write != -1:
            signal.set_wakeup_fd(self._wakeup_before)
        for descriptor in (self._wake_read, self._wake_write):
            with suppress(OSError):
                os.close(descriptor)
        self._wake_read = self._wake_write = -1
        self._original = None

    def _watch(self, number: int, handler: Callable[[int, FrameType | None], None]) -> None:
        """Install a handler unless the program was started with the signal ignored."""
        if signal.getsignal(number) is not signal.SIG_IGN:
            self._handlers[number] = signal.signal(number, handler)

    def _wake(self, token: bytes) -> None:
        with suppress(BlockingIOError):  # a full pipe wakes the reader just as well
            os.write(self._wake_write, token)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        """Stop as Ctrl-Z asks, with the terminal as it was found."""
        self._reset_modes()
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)  # stands still here until SIGCONT
        signal.signal(signal.SIGTSTP, ours)
        self._set_modes()
        self._wake(b"c")

    def _set_modes(self) -> None:
        if self._original is None:
            return
        modes = [*self._original[:6], list(self._original[6])]
        modes[3] &= ~(termios.ICANON | termios.ECHO)
        modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
        _set_attributes(self._input, modes)
        os.write(self._output, PASTE_MODE_ON)

    def _reset_modes(self) -> None:
        if self._original is None:
            return
        with suppress(termios.error):
            _set_attributes(self._input, self._original)
        with suppress(OSError):
            os.write(self._output, PASTE_MODE_OFF)


def _set_attributes(descriptor: int, modes: list[Any]) -> None:
    """Set terminal modes; a signal on the way (`bg`, then `fg`) only means to try again."""
    while True:
        try:
            termios.tcsetattr(descriptor, termios.TCSANOW, modes)
        except termios.error as problem:
            if problem.args[0] != errno.EINTR:
                raise
        else:
            return
