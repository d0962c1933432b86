"""Ends that come from outside unwind the stack, so that every `finally` gives its resource back."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def unwinding() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit(128 + number); what `nohup` ignores stays ignored."""
    previous = {number: signal.getsignal(number) for number in ENDINGS}
    for number, handler in previous.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _unwind)
    try:
        yield
    except SystemExit as end:
        if end.code == 128 + signal.SIGHUP:
            _drop_unwritable()
        raise
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def deferring(end: Callable[[SystemExit], None]) -> Iterator[None]:
    """Within `unwinding`, have `end` carry the exit out of an event loop.

    Raised by the handler it could strike one of the loop's own tasks, and the loop would not clean up.
    """
    exits: list[SystemExit] = []

    def defer(number: int, _frame: FrameType | None) -> None:
        _ignore_endings()
        exits.append(SystemExit(128 + number))
        end(exits[0])

    deferred = [number for number in ENDINGS if signal.getsignal(number) is _unwind]
    for number in deferred:
        signal.signal(number, defer)
    try:
        yield
    except OSError:
        if not exits:
            raise  # otherwise the terminal is gone, and that is why the signal came
    finally:
        if not exits:
            for number in deferred:
                signal.signal(number, _unwind)
    if exits:
        raise exits[0]


def _unwind(number: int, _frame: FrameType | None) -> NoReturn:
    _ignore_endings()
    raise SystemExit(128 + number)


def _ignore_endings() -> None:
    """Keep a second signal from interrupting the cleaning up."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _drop_unwritable() -> None:
    """Point streams of a terminal that is gone nowhere: what they still hold must not change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
