"""Ends that come from outside unwind the stack, so that every `finally` gives its resource back."""

from __future__ import annotations

import signal
from collections.abc import Iterator
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
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _unwind(number: int, _frame: FrameType | None) -> NoReturn:
    for other in ENDINGS:
        signal.signal(other, signal.SIG_IGN)  # a second one must not interrupt the cleaning up
    raise SystemExit(128 + number)
