"""The warm process as the client sees it: started, spoken to, killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from ptquiz.errors import EnvironmentProblem
from ptquiz.runner.machine import Layer, Machine
from ptquiz.runner.protocol import signal_name
from ptquiz.runner.worker import folders
from ptquiz.runner.worker.frames import BadMessage, Channel, ChannelClosed, Message

ENTRY = Path(__file__).parent / "worker" / "__main__.py"
INHERITED = (
    "PATH",
    "HOME",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONPYCACHEPREFIX",
    "LD_LIBRARY_PATH",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "TZ",
)
"""Variables that an interpreter may need to start; no others are handed on, so that no secret is."""
SET = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONSAFEPATH": "1",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "MALLOC_ARENA_MAX": "2",
}
STDERR_TAIL = 2000
INSTALL = "pip install torch"
CHOOSE = "ptquiz --python PATH uses the torch of another environment"


class WarmProcess:
    """One process that has torch imported, or is about to."""

    def __init__(self, python: str) -> None:
        self._python = python
        self.machine: Machine | None = None
        if sys.platform != "linux":
            raise EnvironmentProblem("answers can be run on Linux only")
        program = shutil.which(python)
        if program is None:
            raise EnvironmentProblem(
                f"{python} is not a Python interpreter, so answers cannot be run", details=(CHOOSE,)
            )
        self._scratch = tempfile.mkdtemp(prefix="ptquiz-")
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _forget
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [str(Path(program).absolute()), str(ENTRY), str(theirs.fileno()), self._scratch],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._stderr,
                    pass_fds=(theirs.fileno(),),
                    env=environment(self._scratch),
                    cwd=self._scratch,
                    start_new_session=True,
                )
        except OSError as problem:
            self.channel.close()
            self._forget()
            raise EnvironmentProblem(
                f"{python} cannot be started ({problem.strerror}), so answers cannot be run", details=(CHOOSE,)
            ) from None

    @property
    def pid(self) -> int:
        """Return the process id, which is also that of its session."""
        return self._process.pid

    def wait_ready(self, timeout: float) -> Machine | None:
        """Return the machine once torch is imported; None when that takes longer than the timeout."""
        if self.machine is None:
            try:
                hello = self.channel.receive(timeout)
            except TimeoutError:
                return None
            except (ChannelClosed, BadMessage):
                raise self._silent() from None
            if hello.get("kind") != "hello":
                raise self._told(hello)
            self.machine = _machine(hello)
        return self.machine

    def stop(self) -> None:
        """Kill the process and whatever it runs, and remove its files."""
        if self._process.poll() is None:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self.channel.close()
        self._forget()

    def leave(self, patience: float = 0.3) -> None:
        """Let the process end by itself, as it does when its channel closes; kill it when it does not."""
        self.channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.stop()

    def _forget(self) -> None:
        self._stderr.close()
        folders.remove(Path(self._scratch))

    def _told(self, problem: Message) -> EnvironmentProblem:
        """Return what the process itself said is wrong."""
        if problem.get("what") == "missing":
            return EnvironmentProblem("torch is not installed, so answers cannot be run", details=(INSTALL, CHOOSE))
        text = str(problem.get("text", "")).strip() or "no reason given"
        return EnvironmentProblem(
            "torch cannot be imported, so answers cannot be run",
            details=(*text.splitlines()[:10], f"{INSTALL} --force-reinstall", CHOOSE),
        )

    def _silent(self) -> EnvironmentProblem:
        """Return why the process ended before it could say anything."""
        try:
            status = self._process.wait(5.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        tail = self._last_words()
        if status < 0:
            return EnvironmentProblem(
                f"importing torch crashed ({signal_name(-status)}), so answers cannot be run",
                details=(*tail, f"{INSTALL} --force-reinstall", CHOOSE),
            )
        return EnvironmentProblem(
            f"{self._python} does not start as a Python interpreter, so answers cannot be run",
            details=(*tail, f"it ended with exit status {status}", CHOOSE),
        )

    def _last_words(self) -> list[str]:
        """Return the last lines that the process wrote on standard error."""
        try:
            self._stderr.seek(0, os.SEEK_END)
            self._stderr.seek(max(self._stderr.tell() - STDERR_TAIL, 0))
            return self._stderr.read().decode(errors="backslashreplace").strip().splitlines()[-5:]
        except ValueError:  # closed by another thread
            return []


def environment(scratch: str) -> dict[str, str]:
    """Return the variables that the warm process gets: nothing that could be a secret, and one thread everywhere."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    if path := kept.get("PYTHONPATH"):
        kept["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in path.split(os.pathsep) if entry)
    kept |= SET | {"TMPDIR": scratch}
    return {name: value for name, value in kept.items() if value or name == "CUDA_VISIBLE_DEVICES"}


def _machine(hello: Message) -> Machine:
    return Machine(
        torch=str(hello["torch"]),
        python=str(hello["python"]),
        platform=str(hello["platform"]),
        executable=str(hello["executable"]),
        layers=tuple(Layer(str(name), bool(active), str(note)) for name, active, note in hello["layers"]),
    )
