"""The part of a process's life in which it runs one program: the same in a forked child and in a spare process."""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
from pathlib import Path

import torch

from . import execute, report
from .frames import Message

FAILED = 97
"""Exit status of a process that could not report."""
OUT_OF_MEMORY = 98
"""Exit status of a process that had not even the memory to report that."""

_getpid = os.getpid


def move_in(scratch: Path) -> None:
    """Make the scratch folder the only place this process knows of, and open fresh standard streams."""
    os.chdir(scratch)
    tempfile.tempdir = str(scratch)
    os.environ.update(HOME=str(scratch), TMPDIR=str(scratch), TORCHINDUCTOR_CACHE_DIR=str(scratch / "inductor"))
    sys.argv = [execute.ANSWER_FILE]
    for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        stream = os.fdopen(descriptor, mode, buffering=1, closefd=False, encoding="utf-8", errors="backslashreplace")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def seed(number: int) -> None:
    """Seed every generator that is there; `torch.manual_seed` would also look for accelerators, which takes long."""
    torch.default_generator.manual_seed(number)
    random.seed(number)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(number % 2**32)


def run_and_report(program: Message, nonce: bytes, descriptor: int) -> int:
    """Run the program and write its report; return the exit status."""
    pid = _getpid()
    gc.enable()
    told = execute.run(program)
    if _getpid() != pid:  # a process that the program forked must never report
        return FAILED
    report.write_report(descriptor, nonce, told)
    return 0


def status_of(problem: BaseException) -> int:
    """Say on standard error what kept the runner from reporting; return the exit status for it."""
    if isinstance(problem, MemoryError):
        return OUT_OF_MEMORY
    os.write(2, f"ptquiz: {type(problem).__name__}: {problem}\n".encode(errors="backslashreplace"))
    return FAILED
