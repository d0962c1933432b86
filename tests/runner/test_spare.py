"""Where torch cannot be forked, each program gets a process that was started beforehand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptquiz.domain.snippets import Crashed, Frame, Place, Program, Raised, Scalar, Snippet, TimedOut
from ptquiz.errors import EnvironmentProblem
from ptquiz.runner import LiveRunner, Mode
from tests.runner.conftest import only_value, raised, ran
from tests.runner.test_lifecycle import ENDLESS, ONE, Ending, interrupted_soon


@pytest.fixture(scope="module")
def spares() -> Iterator[LiveRunner]:
    with LiveRunner(mode=Mode.SPARE) as runner:
        yield runner


def program(code: str, *values: str, seconds: float = 20.0, workers: bool = False) -> Program:
    """Return a program that stands in a deck."""
    return Program(
        (Snippet(code, Place("deck.yaml", 7)),), tuple(map(Snippet, values)), seconds=seconds, workers=workers
    )


def test_a_program_runs_and_is_told_like_any_other(spares: LiveRunner) -> None:
    code = "import sys, warnings, torch\nprint('out'); print('err', file=sys.stderr); warnings.warn('careful')"
    outcome = ran(spares.run(program(code, "torch.get_num_threads()")))
    assert (outcome.stdout, outcome.stderr) == ("out\n", "err\n")
    assert outcome.warnings[0].message == "careful"
    assert only_value(outcome) == Scalar(1)


def test_nothing_leaks_into_the_next_program_which_has_another_process(spares: LiveRunner) -> None:
    code = "import os\nseen = 'leak' in globals(); leak = 1"
    first, second = (ran(spares.run(program(code, "os.getpid()", "seen"))).values for _ in range(2))
    assert first[0] != second[0]
    assert (first[1].text, second[1].text) == ("False", "False")


@pytest.mark.parametrize(
    ("code", "seconds", "end"),
    [
        pytest.param("import os; os.abort()", 20.0, Crashed("crashed (aborted)"), id="abort"),
        pytest.param("import os; os._exit(0)", 20.0, Crashed("stopped before its end (os._exit)"), id="leave"),
        pytest.param("while True: pass", 0.5, TimedOut(0.5), id="loop"),
    ],
)
def test_every_end_is_told(spares: LiveRunner, code: str, seconds: float, end: object) -> None:
    assert spares.run(program(code, seconds=seconds)) == end


def test_a_flood_is_stopped_and_the_beginning_is_kept(spares: LiveRunner) -> None:
    outcome = spares.run(program("while True: print('x' * 1000)"))
    assert isinstance(outcome, Crashed)
    assert outcome.reason == "printed more than 1 MiB"
    assert len(outcome.stdout) == 256 << 10


def test_too_many_files_are_stopped(spares: LiveRunner) -> None:
    outcome = spares.run(program("for i in range(3000): open(str(i), 'w').close()\nwhile True: pass"))
    assert outcome == Crashed("wrote more than 128 MiB or 2000 files")


def test_a_traceback_points_into_the_deck(spares: LiveRunner) -> None:
    assert raised(spares.run(program("\n1 / 0"))).frames == (Frame("deck.yaml", 8, "<module>"),)


@pytest.mark.parametrize(
    "code",
    ["open('/etc/passwd')", "import socket; socket.socket()", "import os; os.fork()", "import os; os.kill(1, 0)"],
)
def test_on_linux_it_is_contained_too(spares: LiveRunner, code: str) -> None:
    assert raised(spares.run(program(code))).type == "PermissionError"


def test_on_linux_workers_may_start_processes(spares: LiveRunner) -> None:
    code = "from torch.utils.data import DataLoader\nn = len(list(DataLoader(range(4), num_workers=2)))"
    assert only_value(spares.run(program(code, "n", workers=True))) == Scalar(4)


def test_a_forged_report_is_none(spares: LiveRunner) -> None:
    outcome = spares.run(program("import os\nfor n in range(3, 99):\n  try: os.write(n, b'x')\n  except OSError: pass"))
    assert isinstance(outcome, Crashed)


def test_the_machine_says_what_is_missing(spares: LiveRunner) -> None:
    layers = {layer.name: layer for layer in spares.describe().layers}
    assert not layers["fork"].active
    assert layers["files"].active
    assert layers["limits"].note.endswith("each process of a snippet for itself")


def test_ctrl_c_stops_the_program(spares: LiveRunner) -> None:
    with interrupted_soon():
        spares.run(ENDLESS)
    assert ran(spares.run(ONE)).stdout == "1\n"


def test_nothing_is_left_when_it_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with LiveRunner(mode=Mode.SPARE) as runner:
        runner.wait_ready()
        assert runner._warm is not None
        ending = Ending(runner._warm.pid)
        assert ran(runner.run(ONE)).stdout == "1\n"
        last = Ending(runner._warm.pid)
    assert ending.wait()
    assert last.wait()
    assert not list(tmp_path.iterdir())


def test_a_spare_process_ends_when_its_client_is_killed(tmp_path: Path) -> None:
    code = """
    from ptquiz.runner import LiveRunner, Mode
    runner = LiveRunner(mode=Mode.SPARE)
    runner.wait_ready()
    print(runner._warm.pid, flush=True)
    import time; time.sleep(1000)
    """
    interface = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert interface.stdout is not None
    with interface:
        ending = Ending(int(interface.stdout.readline()))
        interface.kill()
    assert ending.wait()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("what", "message"), [("missing", "torch is not installed"), ("broken", "importing torch")])
def test_an_interpreter_without_a_working_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, message: str
) -> None:
    init = {"missing": "raise ModuleNotFoundError(name='torch')", "broken": "import os; os.abort()"}[what]
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(init)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with LiveRunner(mode=Mode.SPARE) as runner, pytest.raises(EnvironmentProblem, match=message):
        runner.run(ONE)


@pytest.mark.parametrize(
    "torch",
    [
        pytest.param("import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()"),
        pytest.param("import os\ndef refuse(): raise OSError(1, 'no')\nos.fork = refuse"),
    ],
    ids=["a thread", "refused"],
)
def test_where_a_fork_is_not_safe_spare_processes_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torch: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(torch)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with LiveRunner() as runner:
        assert ran(runner.run(ONE)).stdout == "1\n"
        assert next(layer.name for layer in runner.describe().layers if not layer.active) == "fork"


ELSEWHERE = """
import importlib.abc, os, platform, select, signal, sys

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name in ("resource", "fcntl", "termios", "pwd", "grp"):
            raise ImportError(name)

for name in ("resource", "fcntl", "termios", "pwd", "grp"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
for module, names in (
    (os, "fork setsid killpg getuid sched_setscheduler SCHED_BATCH pidfd_open O_DIRECTORY O_NOFOLLOW"),
    (select, "poll epoll"),
    (signal, "SIGSYS SIGBUS SIGXCPU"),
):
    for name in names.split():
        delattr(module, name)
os.supports_dir_fd = set()
platform.system = lambda: "Elsewhere"
"""


def test_nothing_of_linux_is_needed_elsewhere(tmp_path: Path) -> None:
    """The modules and functions that only Linux has are taken away on both sides."""
    (tmp_path / "sitecustomize.py").write_text(ELSEWHERE)
    client = """
    import json, sys
    sys.platform = "win32"
    from ptquiz.runner import LiveRunner
    from ptquiz.domain.snippets import Program, Snippet
    sys.platform = "linux"  # for the standard library, which would call Windows
    from ptquiz.runner import Mode
    with LiveRunner(mode=Mode.SPARE) as runner:
        ends = [runner.run(Program((Snippet(code),), seconds=1.0))
                for code in ("import torch; print(torch.ones(2).sum().item())", "while True: pass")]
        layers = {layer.name: layer.active for layer in runner.describe().layers}
    print(json.dumps([ends[0].stdout, type(ends[1]).__name__, layers]))
    """
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(client)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    stdout, second, layers = json.loads(done.stdout)
    assert (stdout, second) == ("2.0\n", "TimedOut")
    assert not any(layers.values())


def test_other_systems_get_spare_processes_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with LiveRunner() as runner:
        monkeypatch.undo()
        assert not isinstance(runner.run(ONE), Raised)
        assert runner.describe().layers[0].name == "fork"
