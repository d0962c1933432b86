"""Every way to end is told in plain words, and leaves the next run alone."""

from __future__ import annotations

import pytest

from ptquiz.domain.snippets import Crashed, Scalar, TimedOut
from tests.runner.conftest import Run, only_value, ran


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("import os; os._exit(0)", "stopped before its end (os._exit)", id="os._exit(0)"),
        pytest.param("import os; os._exit(3)", "stopped before its end (exit status 3)", id="os._exit(3)"),
        pytest.param("import os; os.abort()", "crashed (aborted)", id="abort"),
        pytest.param("import ctypes; ctypes.string_at(0)", "crashed (segmentation fault)", id="segfault"),
        pytest.param("import os; os.kill(os.getpid(), 9)", "was killed", id="SIGKILL"),
        pytest.param("import os, signal; os.kill(os.getpid(), 14)", "was stopped by SIGALRM", id="SIGALRM"),
        pytest.param("while True: print('x' * 1000)", "printed more than 1 MiB", id="stdout flood"),
        pytest.param("import os\nwhile True: os.write(2, b'x' * 1000)", "printed more than 1 MiB", id="stderr flood"),
        pytest.param("print('x' * 1_048_577)", "printed more than 1 MiB", id="one long line"),
        pytest.param(
            "for i in range(3000): open(str(i), 'w').close()\nwhile True: pass",
            "wrote more than 128 MiB or 2000 files",
            id="many files",
        ),
        pytest.param(
            "for i in range(5): open(str(i), 'wb').write(bytes(30 << 20))\nwhile True: pass",
            "wrote more than 128 MiB or 2000 files",
            id="large files",
        ),
    ],
)
def test_a_crash_is_told_in_plain_words(run: Run, code: str, reason: str) -> None:
    outcome = run(code)
    assert isinstance(outcome, Crashed)
    assert outcome.reason == reason
    assert only_value(run("", "1 + 1")) == Scalar(2)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("while True: pass", id="loop"),
        pytest.param("import time; time.sleep(1000)", id="sleep"),
        pytest.param("import torch; x = torch.ones(4000, 4000)\nfor _ in range(99): x @ x", id="loop in torch"),
        pytest.param("import re; re.match('(a+)+b', 'a' * 60)", id="loop in C that holds the lock"),
        pytest.param("x = 10 ** 10 ** 8", id="one operation"),
        pytest.param("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", id="stops itself"),
        pytest.param(
            "import signal\nfor s in {15, 2, 24}: signal.signal(s, signal.SIG_IGN)\nwhile True: pass",
            id="ignores signals",
        ),
        pytest.param(
            "try:\n  while True: pass\nexcept BaseException: pass\nfinally:\n  while True: pass", id="hangs in finally"
        ),
    ],
)
def test_a_program_is_stopped_at_its_time_limit(run: Run, code: str) -> None:
    outcome = run("print('begun')\n" + code, seconds=0.3)
    assert outcome == TimedOut(0.3, stdout="begun\n")
    assert only_value(run("", "1 + 1")) == Scalar(2)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import atexit\n@atexit.register\ndef hang():\n    while True: pass", id="exit handler"),
        pytest.param("class Hang:\n    def __del__(self):\n        while True: pass\nx = Hang()", id="__del__"),
        pytest.param("import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()", id="thread"),
        pytest.param("import sys; sys.settrace(lambda *_: 1 / 0)", id="trace function"),
        pytest.param("import sys; sys.stdout = None; sys.stderr = object()", id="streams replaced"),
        pytest.param("import sys; sys.setrecursionlimit(20)", id="recursion limit"),
        pytest.param("import os; os.getpid = lambda: 0; os.write = os._exit = None", id="os patched"),
        pytest.param("import json; json.dumps = json.JSONEncoder.encode = None", id="json patched"),
        pytest.param("import builtins\nfor n in ('len', 'isinstance', 'type'): delattr(builtins, n)", id="builtins"),
    ],
)
def test_a_program_that_hinders_its_ending_still_ends(run: Run, code: str) -> None:
    assert ran(run("print('begun')\n" + code)).stdout == "begun\n"


def test_what_a_crashed_program_printed_is_kept(run: Run) -> None:
    outcome = run("import os, sys; print('out'); print('err', file=sys.stderr); os.abort()")
    assert outcome == Crashed("crashed (aborted)", stdout="out\n", stderr="err\n")


def test_a_process_that_a_program_forked_never_reports(run: Run) -> None:
    outcome = run("import os\nif os.fork() == 0: raise ValueError('copy')")
    assert type(outcome).__name__ == "Raised"
    assert getattr(outcome, "type", "") == "PermissionError"
