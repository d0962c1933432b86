"""Every limit has its own message, and what the runner itself lacks is told and leaves it usable."""

from __future__ import annotations

import resource
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ptquiz.domain.snippets import Crashed, Outcome, Place, Program, Raised, Ran, Scalar, Snippet, TimedOut
from ptquiz.errors import EnvironmentProblem, ExitCode
from ptquiz.runner import LiveRunner
from tests.runner.conftest import Run, only_value
from tests.runner.test_lifecycle import ONE

MEMORY = "a snippet gets 1 GiB of memory"
TORCH_MEMORY = "RuntimeError: [enforce fail at alloc_cpu.cpp:"


def told(outcome: Outcome) -> str:
    """Return what a learner reads of an end."""
    match outcome:
        case Ran():
            return "ran"
        case Raised():
            return f"{outcome.type}: {outcome.message}"
        case TimedOut():
            return f"stopped after {outcome.seconds:g} s"
        case Crashed():
            return outcome.reason


@pytest.mark.parametrize(
    ("code", "seconds", "message"),
    [
        pytest.param("while True: pass", 0.3, "stopped after 0.3 s", id="wall-clock time"),
        pytest.param(
            "import resource, signal\nresource.setrlimit(resource.RLIMIT_CPU, (1, 5))\nwhile True: pass",
            20.0,
            "stopped at the limit of processor time",
            id="processor time",
        ),
        pytest.param("x = [0] * 10**9", 20.0, f"MemoryError: {MEMORY}", id="memory of Python"),
        pytest.param("b''.join([b'x'] * 2**31)", 20.0, f"MemoryError: {MEMORY}", id="memory of one string"),
        pytest.param("print('x' * 2_000_000)", 20.0, "printed more than 1 MiB", id="output"),
        pytest.param(
            "open('x', 'wb').truncate(64 << 20)",
            20.0,
            "OSError: [Errno 27] File too large (a snippet writes at most 32 MiB a file)",
            id="one file",
        ),
        pytest.param(
            "for i in range(2100): open(str(i), 'w').close()\nwhile True: pass",
            20.0,
            "wrote more than 128 MiB or 2000 files",
            id="files",
        ),
        pytest.param(
            "f = []\nwhile True: f.append(open('/dev/null'))",
            20.0,
            "OSError: [Errno 24] Too many open files: '/dev/null' (a snippet opens at most 256 files)",
            id="open files",
        ),
        pytest.param(
            "import threading\nthreading.stack_size(64 << 20)\n"
            "while True: threading.Thread(target=threading.Event().wait, daemon=True).start()",
            20.0,
            "RuntimeError: can't start new thread (a snippet starts at most 64 processes and threads)",
            id="threads",
        ),
        pytest.param("def f(): f()\nf()", 20.0, "RecursionError: maximum recursion depth exceeded", id="recursion"),
        pytest.param(
            "import subprocess; subprocess.run('true')",
            20.0,
            "PermissionError: [Errno 1] Operation not permitted"
            " (a snippet starts no other programs, and processes by fork only)",
            id="programs",
        ),
        pytest.param(
            "import socket; socket.create_connection(('127.0.0.1', 1))",
            20.0,
            "PermissionError: [Errno 1] Operation not permitted (a snippet has no network)",
            id="network",
        ),
        pytest.param(
            "open('/etc/hostname')",
            20.0,
            "PermissionError: [Errno 13] Permission denied: '/etc/hostname'"
            " (a snippet reads Python and its packages only, and writes in its own folder only)",
            id="files of others",
        ),
        pytest.param("raise PermissionError('my own')", 20.0, "PermissionError: my own", id="an error of its own"),
    ],
)
def test_a_limit_has_its_message(run: Run, code: str, seconds: float, message: str) -> None:
    assert told(run(code, seconds=seconds)) == message
    assert only_value(run("", "1 + 1")) == Scalar(2)


@pytest.mark.parametrize("code", ["torch.ones(10**15)", "torch.ones(300_000_000)"])
def test_memory_that_torch_asks_for_has_the_same_limit(run: Run, code: str) -> None:
    message = told(run(f"import torch\n{code}"))
    assert message.startswith(TORCH_MEMORY)
    assert message.endswith(f"({MEMORY})")


@pytest.mark.parametrize("code", ["os.fork()", "mp.Process(target=time.sleep, args=(99,)).start()"])
def test_too_many_processes_have_their_message(run: Run, code: str) -> None:
    outcome = run(
        f"import os, time, multiprocessing as mp\nfor _ in range(99): {code}\ntime.sleep(99)",
        seconds=60.0,
        workers=True,
    )
    assert told(outcome) == "started more than 64 processes or 256 threads"


def test_without_a_place_for_temporary_files_the_error_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with LiveRunner() as runner, pytest.raises(EnvironmentProblem) as caught:
        runner.run(ONE)
    assert caught.value.message == (
        "no temporary folder can be made (No such file or directory), so answers cannot be run"
    )
    assert caught.value.exit_code == ExitCode.ENVIRONMENT


def test_on_a_full_disk_the_error_says_so() -> None:
    """A limit of no bytes a file answers every write as a full disk does."""
    code = """
    import resource
    from ptquiz.runner import LiveRunner
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try: LiveRunner().describe()
    except Exception as problem: print(type(problem).__name__, problem.message)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True, cwd="/usr"
    )
    assert done.stdout.startswith("EnvironmentProblem no temporary folder can be made (No usable temporary directory")


def test_on_a_disk_that_fills_up_programs_without_files_go_on() -> None:
    with LiveRunner() as runner:
        runner.wait_ready()
        assert runner._warm is not None
        resource.prlimit(runner._warm.pid, resource.RLIMIT_FSIZE, (0, 0))
        deck = Place("deck.yaml")
        assert told(runner.run(Program((Snippet("x = 1", deck),)))) == "ran"
        assert told(runner.run(Program((Snippet("x = 1"),)))) == (
            "could not be run (its scratch folder cannot be written: File too large)"
        )
        assert told(runner.run(Program((Snippet("with open('x', 'w') as f: f.write('x')", deck),)))) == (
            "OSError: [Errno 27] File too large (a snippet writes at most 32 MiB a file)"
        )
        assert told(runner.run(Program((Snippet("x = 1", deck),)))) == "ran"
