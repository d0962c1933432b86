"""What a forked child does: leave everything of the warm process behind, enter the sandbox, run, report, end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from . import life, linux, processes, workers
from .frames import Message

REPORT_DESCRIPTOR = 3

_exit = os._exit


def live(
    parent: int,
    pipes: tuple[int, int, int],
    scratch: Path,
    program: Message,
    nonce: bytes,
    enter_sandbox: Callable[[], None],
) -> NoReturn:
    """Spend the life of a child; never return."""
    status = life.FAILED
    try:
        _leave_parent(parent, pipes)
        life.move_in(scratch)
        if program["workers"]:
            workers.install(scratch)
        enter_sandbox()
        life.seed(program["seed"])
        status = life.run_and_report(program, nonce, REPORT_DESCRIPTOR)
    except BaseException as problem:  # noqa: BLE001 - nothing may unwind into the warm process
        status = life.status_of(problem)
    finally:
        _exit(status)


def _leave_parent(parent: int, pipes: tuple[int, int, int]) -> None:
    """Start a session, and keep no descriptor but the standard three and the report."""
    processes.die_with_parent(parent)
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in zip((nothing, *pipes), (0, 1, 2, REPORT_DESCRIPTOR), strict=True):
        os.dup2(descriptor, target)
    linux.close_from(REPORT_DESCRIPTOR + 1)
