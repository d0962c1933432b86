"""What a forked child does: leave everything of the warm process behind, enter the sandbox, run, report, end."""

from __future__ import annotations

import gc
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import torch

from . import execute, linux, processes, report
from .frames import Message

REPORT_DESCRIPTOR = 3
FAILED = 97
"""Exit status of a child that could not report."""
OUT_OF_MEMORY = 98
"""Exit status of a child that had not even the memory to report that."""

_exit = os._exit
_getpid = os.getpid


def live(
    parent: int,
    pipes: tuple[int, int, int],
    scratch: Path,
    program: Message,
    nonce: bytes,
    enter_sandbox: Callable[[], None],
) -> NoReturn:
    """Spend the life of a child; never return."""
    status = FAILED
    try:
        _leave_parent(parent, pipes)
        _move_in(scratch)
        enter_sandbox()
        _seed(program["seed"])
        status = _run(program, nonce)
    except MemoryError:
        status = OUT_OF_MEMORY
    except BaseException as problem:  # noqa: BLE001 - nothing may unwind into the warm process
        os.write(2, f"ptquiz: {type(problem).__name__}: {problem}\n".encode(errors="backslashreplace"))
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


def _move_in(scratch: Path) -> None:
    """Make the scratch folder the only place this process knows of, and open fresh standard streams."""
    os.chdir(scratch)
    tempfile.tempdir = str(scratch)
    os.environ.update(HOME=str(scratch), TMPDIR=str(scratch), TORCHINDUCTOR_CACHE_DIR=str(scratch / "inductor"))
    sys.argv = [execute.ANSWER_FILE]
    for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        stream = os.fdopen(descriptor, mode, buffering=1, closefd=False, encoding="utf-8", errors="backslashreplace")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _seed(seed: int) -> None:
    """Seed every generator that is there; `torch.manual_seed` would also look for accelerators, which takes long."""
    torch.default_generator.manual_seed(seed)
    random.seed(seed)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(seed % 2**32)


def _run(program: Message, nonce: bytes) -> int:
    """Run the program and report it; return the exit status."""
    pid = _getpid()
    gc.enable()
    told = execute.run(program)
    if _getpid() != pid:  # a process that the program forked must never report
        return FAILED
    report.write_report(REPORT_DESCRIPTOR, nonce, told)
    return 0
