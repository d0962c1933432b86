"""Longer texts in a pager: `$PTQUIZ_PAGER`, `$PAGER`, or less."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO, cast

from ptquiz.ui.terminal.screen import Screen

USUAL = ("less", "-FRX")
"""Ends by itself when everything fits, keeps colours, and leaves the text in the scrollback."""


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """Give the command line of the pager to use; empty when there is none."""
    for variable in ("PTQUIZ_PAGER", "PAGER"):
        with suppress(ValueError):
            words = shlex.split(environ.get(variable, ""))
            if words and shutil.which(words[0], path=environ.get("PATH")):
                return words
    return list(USUAL) if shutil.which(USUAL[0], path=environ.get("PATH")) else []


@contextmanager
def paged(screen: Screen, environ: Mapping[str, str], *, wanted: bool = True) -> Iterator[Screen]:
    """Give a screen whose lines go through the pager; the screen itself outside a terminal, in CI or without one."""
    command = pager_command(environ) if wanted and screen.is_live and not environ.get("CI") else []
    if not command:
        yield screen
        return
    # Under a C locale less would take Chinese for binary.
    surroundings = {"LESSCHARSET": "utf-8", **environ}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, env=surroundings, encoding="utf-8", errors="replace"
    ) as pager:
        assert pager.stdin is not None
        try:
            with suppress(BrokenPipeError):  # the reader has seen enough
                yield screen.through(cast("TextIO", pager.stdin))
        finally:
            with suppress(BrokenPipeError):
                pager.stdin.close()
            _await(pager)


def _await(pager: subprocess.Popen[str]) -> None:
    """Wait for the end of the pager, whose own business Ctrl-C is."""
    while True:
        with suppress(KeyboardInterrupt):
            pager.wait()
            return
