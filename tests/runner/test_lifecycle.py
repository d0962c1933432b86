"""The warm process starts, fails, dies and ends without taking anybody with it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ptquiz.domain.snippets import Crashed, Place, Program, Snippet, TimedOut
from ptquiz.errors import EnvironmentProblem, ExitCode
from ptquiz.runner import LiveRunner
from ptquiz.runner.worker import processes
from tests.runner.conftest import ran

ONE = Program(snippets=(Snippet("print(1)"),))
ENDLESS = Program(snippets=(Snippet("print('begun')\nwhile True: pass"),), seconds=60.0)
PATIENCE = 60_000
"""Milliseconds to wait for what is bound to happen."""


def warm_pid(runner: LiveRunner) -> int:
    """Return the process id of the warm process."""
    runner.wait_ready()
    assert runner._warm is not None
    return runner._warm.pid


def warm_pid_of_busy(runner: LiveRunner) -> int:
    """Wait until the runner has a warm process that runs something, and return its process id."""
    while True:
        warm = runner._warm
        if warm is not None and warm.machine is not None and processes.descendants(warm.pid):
            return warm.pid


class Ending:
    """Waits for the end of a process that is not a child of ours."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._descriptor = os.pidfd_open(pid)

    def wait(self) -> bool:
        """Tell whether the process has ended."""
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        ended = bool(poll.poll(PATIENCE))
        os.close(self._descriptor)
        return ended


@contextmanager
def interrupted_soon() -> Iterator[None]:
    """Raise KeyboardInterrupt in this thread within the block, as Ctrl-C does."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def expendable() -> Iterator[LiveRunner]:
    """A runner whose warm process tests may kill."""
    with LiveRunner() as runner:
        yield runner


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveRunner]:
    """A runner started in a folder with a false `random` module and with a secret."""
    folder, temporary = tmp_path_factory.mktemp("guarded"), tmp_path_factory.mktemp("temporary")
    (folder / "random.py").write_text("raise ImportError('not this one')")
    runner = LiveRunner()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("AWS_SECRET_ACCESS_KEY", "hidden")
        patch.setattr("tempfile.tempdir", str(temporary))
        runner.start()
    with runner:
        yield runner


def test_the_machine_is_described(runner: LiveRunner) -> None:
    machine = runner.describe()
    assert machine.torch == runner.torch_version
    assert machine.python == ".".join(map(str, sys.version_info[:3]))
    assert machine.executable == sys.executable
    assert machine.platform.startswith("Linux")
    assert {layer.name for layer in machine.layers} >= {"limits", "files", "network", "processes", "signals"}


def test_this_process_never_imports_torch() -> None:
    code = "import sys; from ptquiz.runner import LiveRunner; LiveRunner().close(); print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_two_runners_work_side_by_side(runner: LiveRunner, expendable: LiveRunner) -> None:
    assert (ran(expendable.run(ONE)).stdout, ran(runner.run(ONE)).stdout) == ("1\n", "1\n")
    assert warm_pid(expendable) != warm_pid(runner)


def test_programs_of_several_threads_take_turns(runner: LiveRunner) -> None:
    printed: list[str] = []
    programs = [Program(snippets=(Snippet(f"print({number})"),)) for number in range(4)]
    threads = [threading.Thread(target=lambda p=p: printed.append(ran(runner.run(p)).stdout)) for p in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(printed) == ["0\n", "1\n", "2\n", "3\n"]


def test_a_closed_runner_says_so() -> None:
    runner = LiveRunner()
    runner.close()
    runner.start()
    assert not runner.ready
    with pytest.raises(EnvironmentProblem, match="closed"):
        runner.run(ONE)


def test_a_runner_can_be_started_by_any_thread_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with LiveRunner() as runner:
        thread = threading.Thread(target=runner.start)
        thread.start()
        assert ran(runner.run(ONE)).stdout == "1\n"
        thread.join()
        ending = Ending(warm_pid(runner))
        runner.start()
        assert (warm_pid(runner), runner.ready) == (ending.pid, True)
        assert len(list(tmp_path.iterdir())) == 1
    assert ending.wait()
    assert not list(tmp_path.iterdir())


def test_files_of_a_run_are_removed_after_it(guarded: LiveRunner) -> None:
    code = Snippet("import os; print(os.listdir()); os.mkdir('folder'); open('folder/left', 'w').write('x')")
    program = Program(snippets=(Snippet("", Place("deck.yaml")), Snippet(code.code, Place("deck.yaml"))))
    assert [ran(guarded.run(program)).stdout for _ in range(2)] == ["[]\n", "[]\n"]


def test_the_modules_beside_the_user_are_not_imported(guarded: LiveRunner) -> None:
    code = Snippet("import random; print(random.__file__.endswith('lib/python3.%d/random.py' % sys.version_info[1]))")
    program = Program(snippets=(Snippet("import sys"), code))
    assert ran(guarded.run(program)).stdout == "True\n"


def test_secrets_of_the_environment_stay_here(guarded: LiveRunner) -> None:
    code = Snippet("import os; print('hidden' in str(os.environ), 'hidden' in open('/proc/self/environ').read())")
    assert ran(guarded.run(Program(snippets=(code,)))).stdout == "False False\n"


def test_the_warm_process_is_out_of_reach_of_the_terminal(runner: LiveRunner) -> None:
    assert os.getsid(warm_pid(runner)) == warm_pid(runner)


def test_ctrl_c_stops_the_program_and_leaves_the_runner_usable(runner: LiveRunner) -> None:
    pid = warm_pid(runner)
    with interrupted_soon():
        runner.run(ENDLESS)
    assert ran(runner.run(ONE)).stdout == "1\n"
    assert warm_pid(runner) == pid
    assert processes.descendants(pid) == []


def test_ctrl_c_while_torch_is_imported_leaves_the_runner_usable() -> None:
    with LiveRunner() as runner:
        with interrupted_soon():
            runner.run(ENDLESS)
        assert ran(runner.run(ONE)).stdout == "1\n"


def test_a_killed_warm_process_is_replaced_without_notice(expendable: LiveRunner) -> None:
    pid = warm_pid(expendable)
    os.kill(pid, signal.SIGKILL)
    assert ran(expendable.run(ONE)).stdout == "1\n"
    assert warm_pid(expendable) != pid


def test_a_program_that_takes_the_warm_process_along_is_given_up_after_two_tries(expendable: LiveRunner) -> None:
    def kill_twice() -> None:
        for _ in range(2):
            with endings_of_tree(warm_pid_of_busy(expendable)) as endings:
                os.kill(endings[0].pid, signal.SIGKILL)
            assert all(ending.wait() for ending in endings)

    killer = threading.Thread(target=kill_twice)
    killer.start()
    outcome = expendable.run(ENDLESS)
    killer.join()
    assert outcome == Crashed("stopped together with the warm process, twice")
    assert ran(expendable.run(ONE)).stdout == "1\n"


def test_a_stopped_warm_process_is_given_up_at_the_deadline(
    expendable: LiveRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ptquiz.runner.engine.ACCEPT_SECONDS", 0.2)
    pid = warm_pid(expendable)
    os.kill(pid, signal.SIGSTOP)
    assert isinstance(expendable.run(ONE), Crashed)
    monkeypatch.undo()
    assert ran(expendable.run(ONE)).stdout == "1\n"
    assert warm_pid(expendable) != pid


def test_the_warm_process_and_its_child_end_when_the_user_interface_is_killed() -> None:
    code = """
    import sys, threading
    from ptquiz.domain.snippets import Program, Snippet
    from ptquiz.runner import LiveRunner
    runner = LiveRunner()
    runner.wait_ready()
    print(runner._warm.pid, flush=True)
    endless = "import signal\\nfor s in (1, 2, 15): signal.signal(s, 1)\\nwhile True: pass"
    runner.run(Program(snippets=(Snippet(endless),), seconds=60.0))
    """
    interface = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert interface.stdout is not None
    with interface, endings_of_tree(int(interface.stdout.readline())) as endings:
        interface.kill()
    assert all(ending.wait() for ending in endings)


@contextmanager
def endings_of_tree(pid: int) -> Iterator[list[Ending]]:
    """Wait until a process has a child; give the endings of both."""
    while not (children := processes.descendants(pid)):
        continue
    yield [Ending(pid), Ending(children[0])]


def test_many_runs_leave_no_descriptor_thread_or_process(runner: LiveRunner) -> None:
    def resources() -> tuple[int, int, list[int]]:
        process = Path(f"/proc/{warm_pid(runner)}")
        return (
            len(list((process / "fd").iterdir())),
            len(list((process / "task").iterdir())),
            processes.descendants(pid),
        )

    pid = warm_pid(runner)
    runner.run(ONE)
    before = resources()
    for code in ["1 / 0", "import os; os.abort()", "while True: print('x' * 1000)", "while True: pass"] * 3:
        runner.run(Program(snippets=(Snippet(code),), seconds=0.2))
    assert resources() == before


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """An executable shell script that takes the place of an interpreter."""
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def problem_with(python: str) -> EnvironmentProblem:
    """Return the problem that a runner with this interpreter has, twice the same."""
    with LiveRunner(python) as runner:
        with pytest.raises(EnvironmentProblem) as first:
            runner.run(ONE)
        with pytest.raises(EnvironmentProblem) as again:
            runner.wait_ready()
        assert again.value is first.value
        assert not runner.ready
    assert first.value.exit_code == ExitCode.ENVIRONMENT
    return first.value


def test_an_interpreter_without_torch(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
    problem = problem_with(str(script))
    assert problem.message == "torch is not installed, so answers cannot be run"
    assert problem.details == ("pip install torch", "ptquiz --python PATH uses the torch of another environment")


@pytest.mark.parametrize(
    ("init", "message", "detail"),
    [
        pytest.param(
            "raise ImportError('libtorch.so: cannot open shared object file')",
            "torch cannot be imported, so answers cannot be run",
            "ImportError: libtorch.so: cannot open shared object file",
            id="raises",
        ),
        pytest.param(
            "import a_missing_dependency",
            "torch cannot be imported, so answers cannot be run",
            "ModuleNotFoundError: No module named 'a_missing_dependency'",
            id="misses a dependency",
        ),
        pytest.param(
            "",
            "torch cannot be imported, so answers cannot be run",
            "AttributeError: module 'torch' has no attribute 'set_num_threads'",
            id="is empty",
        ),
        pytest.param(
            "import os, sys; sys.stderr.write('bad CPU\\n'); sys.stderr.flush(); os.abort()",
            "importing torch crashed (SIGABRT), so answers cannot be run",
            "bad CPU",
            id="aborts",
        ),
        pytest.param(
            "import ctypes; ctypes.string_at(0)",
            "importing torch crashed (SIGSEGV), so answers cannot be run",
            "pip install torch --force-reinstall",
            id="segfaults",
        ),
        pytest.param(
            "raise SystemExit('no')",
            "torch cannot be imported, so answers cannot be run",
            "SystemExit: no",
            id="exits",
        ),
    ],
)
def test_a_broken_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, init: str, message: str, detail: str) -> None:
    package = tmp_path / "torch"
    package.mkdir()
    (package / "__init__.py").write_text(init)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    problem = problem_with(sys.executable)
    assert problem.message == message
    assert detail in problem.details


def test_a_program_that_is_no_interpreter(script: Path) -> None:
    script.write_text("#!/bin/sh\necho 'what is this?' >&2\nexit 7\n")
    problem = problem_with(str(script))
    assert problem.message == f"{script} does not start as a Python interpreter, so answers cannot be run"
    assert problem.details[:2] == ("what is this?", "it ended with exit status 7")


@pytest.mark.parametrize("name", ["no/such/python", "no-such-python"])
def test_an_interpreter_that_is_not_there(name: str) -> None:
    assert problem_with(name).message == f"{name} is not a Python interpreter, so answers cannot be run"


def test_a_file_that_cannot_be_executed(script: Path) -> None:
    script.write_bytes(b"\x00\x01")
    assert problem_with(str(script)).message.startswith(f"{script} cannot be started (Exec format error)")


def test_an_import_that_never_ends_is_given_up(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ptquiz.runner.client.START_SECONDS", 0.2)
    script.write_text("#!/bin/sh\nexec sleep 1000\n")
    with LiveRunner(str(script)) as runner, pytest.raises(EnvironmentProblem, match="was not imported within"):
        runner.run(ONE)


@pytest.mark.parametrize("seconds", [0.2, 0.4])
def test_the_time_limit_is_that_of_the_program(runner: LiveRunner, seconds: float) -> None:
    outcome = runner.run(Program(ENDLESS.snippets, seconds=seconds))
    assert outcome == TimedOut(seconds, stdout="begun\n")


def test_one_thread_and_normal_priority(runner: LiveRunner) -> None:
    code = "import os, torch; print(torch.get_num_threads(), os.sched_getscheduler(0), os.getpriority(0, 0))"
    outcome = runner.run(Program(snippets=(Snippet(code),)))
    assert ran(outcome).stdout == f"1 {os.SCHED_OTHER} {os.getpriority(0, 0)}\n"
