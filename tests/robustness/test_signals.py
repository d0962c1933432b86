"""Asked to stop in the middle of work: the exit code says so, no file is half written, nothing goes on running."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, surroundings
from tests.domain.decks import HEAD
from tests.robustness.places import Place

ENDLESS = (
    HEAD.replace("deck: sample", "deck: endless")
    + """\
questions:
  - id: endless
    kind: predict
    level: answer
    ask: What does it print?
    explain: Nothing, it waits.
    seconds: 50
    code: |
      import time
      time.sleep(45)
      print(1)
"""
)
SIGNALS = {
    signal.SIGTERM: ExitCode.TERMINATED,
    signal.SIGHUP: ExitCode.HUNG_UP,
    signal.SIGINT: ExitCode.INTERRUPTED,
}


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_check_that_is_stopped_leaves_nothing_behind(number: signal.Signals, place: Place) -> None:
    (place.cwd / "endless.yaml").write_text(ENDLESS, "utf-8")
    with subprocess.Popen(
        [*PTQUIZ, "check", "endless.yaml", "--quick"],
        env=surroundings(**place.environ | {"PTQUIZ_PYTHON": sys.executable}),
        cwd=place.cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        await_that(lambda: program.poll() is not None or bool(working(place)))
        program.send_signal(number)
        out, error = program.communicate(timeout=60)
    code = program.returncode if program.returncode >= 0 else 128 - program.returncode
    assert (code, out) == (SIGNALS[number], "")
    assert "Traceback" not in error
    await_that(lambda: not working(place))
    assert place.strays() == set()


def await_that(condition: Callable[[], bool]) -> None:
    """Wait until something is so; processes that are no children of ours tell nobody when they end."""
    pause = threading.Event()
    while not condition():
        pause.wait(0.05)


def working(place: Place) -> list[str]:
    """List the processes that were started for a place: they have its temporary folder in their command lines."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if str(place.folder / "tmp").encode() in command:
            found.append(process.name)
    return found
