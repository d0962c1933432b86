"""The standard streams, whatever state the program was given them in."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def fill_closed() -> None:
    """Put the null device in the place of streams that are closed, before a file of the user's gets their number."""
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    # They stay open until the process ends, as the real ones do.
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def silence(stream: TextIO) -> None:
    """Give the interpreter nothing to flush at exit into a standard stream that takes no more."""
    for standard in (sys.stdout, sys.stderr):
        if stream is standard:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, standard.fileno())
            os.close(nowhere)
