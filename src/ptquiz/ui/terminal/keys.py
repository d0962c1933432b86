"""Where keys come from: the protocol that screens read, and its line-mode and scripted forms."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, Self, TextIO

from ptquiz.ui.terminal.keydecoder import Key, fold

__all__ = ["Key", "Keys", "LineKeys", "ScriptKeys", "open_keys"]

DIGITS = re.compile(r"\d[\d ,;、]*")


class Keys(Protocol):
    """A source of keys; a context manager, because a terminal must be given back."""

    def get(self, *, collecting: bool = False) -> Key:
        """Wait for a key or an event; EOFError when there is no more input or at Ctrl-D.

        `collecting` says that digits are gathered until "enter". It matters where a line is an answer:
        "1 4" then arrives as "esc" (which clears what was gathered), "1", "4", "enter".
        """

    def line(self) -> str:
        """Wait for a whole line as it was typed; EOFError at the end of input."""

    def drain(self, settle: float = 0.0) -> None:
        """Forget what was typed so far and in the next `settle` seconds (only where somebody types)."""

    def suspended(self) -> AbstractContextManager[None]:
        """Hand the terminal to another program or prompt, and take it back after."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *problem: object) -> None: ...


class LineKeys:
    """Reads one answer per line; for pipes, screen readers and terminals that can do nothing else."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._rest: deque[Key] = deque()

    def get(self, *, collecting: bool = False) -> Key:
        """Take a line as one key, or digit by digit while collecting."""
        if collecting and self._rest:
            return self._rest.popleft()
        answer = unicodedata.normalize("NFKC", self.line()).strip().lower()
        if not answer:
            return "enter"
        if collecting and DIGITS.fullmatch(answer):
            self._rest.extend([*(char for char in answer if char.isdigit()), "enter"])
            return "esc"
        return fold(answer) if len(answer) == 1 else answer

    def line(self) -> str:
        """Read a line and forget what was left of the one before."""
        self._rest.clear()
        line = self._source.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def drain(self, settle: float = 0.0) -> None:
        """Forget the rest of the line; lines to come are answers to questions to come."""
        self._rest.clear()

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Do nothing: the terminal was never taken."""
        yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._rest.clear()


class ScriptKeys:
    """Plays prepared keys and lines; an exception in the script is raised at its turn."""

    def __init__(self, script: Iterable[Key | BaseException]) -> None:
        self._script = deque(script)

    def get(self, *, collecting: bool = False) -> Key:
        """Take the next key."""
        return self.line()

    def line(self) -> str:
        """Take the next entry as a typed line."""
        if not self._script:
            raise EOFError
        entry = self._script.popleft()
        if isinstance(entry, BaseException):
            raise entry
        return entry

    def drain(self, settle: float = 0.0) -> None:
        """Keep the script: nobody typed it too early."""

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Do nothing: there is no terminal."""
        yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        pass


def open_keys(stdin: TextIO, stdout: TextIO, *, live: bool) -> Keys:
    """Choose the reader for these streams: single keys in live mode, else lines."""
    if not live:
        return LineKeys(stdin)
    from ptquiz.ui.terminal.ttykeys import TtyKeys  # needs termios, which only a POSIX terminal has

    return TtyKeys(stdin, stdout)
