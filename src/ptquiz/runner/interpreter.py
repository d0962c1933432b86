"""A process of the chosen interpreter that imports torch: started, listened to, killed, its failures put into words."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from ptquiz.errors import EnvironmentProblem, said
from ptquiz.runner.engine import ForkUnsafe
from ptquiz.runner.machine import Layer, Machine
from ptquiz.runner.protocol import signal_name
from ptquiz.runner.worker import folders
from ptquiz.runner.worker.frames import Message

ENTRY = Path(__file__).parent / "worker" / "__main__.py"
INHERITED = (
    "PATH",
    "HOME",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONPYCACHEPREFIX",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "SYSTEMROOT",
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
REINSTALL = f"{INSTALL} --force-reinstall"
CHOOSE = said("ptquiz --python PATH uses the torch of another environment")
POSIX = os.name == "posix"


class Interpreter:
    """One process with a scratch folder that is removed with it."""

    def __init__(self, python: str, variables: Mapping[str, str]) -> None:
        self._python, self._variables = python, variables
        self.machine: Machine | None = None
        program = shutil.which(python)
        if program is None:
            raise EnvironmentProblem(
                said("{python} is not a Python interpreter, so answers cannot be run", python=python), details=(CHOOSE,)
            )
        self._program = str(Path(program).absolute())
        self.scratch, self._stderr = _scratch()

    def _start(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        """Start the process in a session of its own, with few variables and no descriptors but those named."""
        try:
            return subprocess.Popen(
                [self._program, str(ENTRY), *arguments, str(self.scratch)],
                stderr=self._stderr,
                env=environment(str(self.scratch)) | dict(self._variables),
                cwd=self.scratch,
                start_new_session=POSIX,
                **options,
            )
        except OSError as problem:
            self._forget()
            raise EnvironmentProblem(
                said(
                    "{python} cannot be started ({reason}), so answers cannot be run",
                    python=self._python,
                    reason=problem.strerror,
                ),
                details=(CHOOSE,),
            ) from None

    def _met(self, hello: Message, process: subprocess.Popen[bytes]) -> Machine:
        """Return the machine that the first message tells of; raise the problem that it tells of instead."""
        if hello.get("kind") != "hello":
            raise self._told(hello)
        try:
            self.machine = _machine(hello)
        except (KeyError, TypeError, ValueError):
            raise self._silent(process) from None
        return self.machine

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the process and its group."""
        if process.poll() is None:
            kill(process)
            process.wait()

    def _forget(self) -> None:
        self._stderr.close()
        folders.remove(self.scratch)

    def _told(self, problem: Message) -> EnvironmentProblem | ForkUnsafe:
        """Return what the process itself said is wrong."""
        text = str(problem.get("text", "")).strip() or "no reason given"
        match problem.get("what"):
            case "missing":
                return EnvironmentProblem("torch is not installed, so answers cannot be run", details=(INSTALL, CHOOSE))
            case "fork":
                return ForkUnsafe(text)
            case _:
                return EnvironmentProblem(
                    "torch cannot be imported, so answers cannot be run",
                    details=(*text.splitlines()[:10], REINSTALL, CHOOSE),
                )

    def _silent(self, process: subprocess.Popen[bytes]) -> EnvironmentProblem:
        """Return why the process ended before it could say anything."""
        try:
            status = process.wait(5.0)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        tail = self._last_words()
        if status < 0:
            return EnvironmentProblem(
                said("importing torch crashed ({signal}), so answers cannot be run", signal=signal_name(-status)),
                details=(*tail, REINSTALL, CHOOSE),
            )
        return EnvironmentProblem(
            said("{python} does not start as a Python interpreter, so answers cannot be run", python=self._python),
            details=(*tail, said("it ended with exit status {status}", status=status), CHOOSE),
        )

    def _last_words(self) -> list[str]:
        """Return the last lines that the process wrote on standard error."""
        try:
            self._stderr.seek(0, os.SEEK_END)
            self._stderr.seek(max(self._stderr.tell() - STDERR_TAIL, 0))
            return self._stderr.read().decode(errors="backslashreplace").strip().splitlines()[-5:]
        except ValueError:  # closed by another thread
            return []


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, and its group where there are groups."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()


def _scratch() -> tuple[Path, IO[bytes]]:
    """Make the folder and the file for standard error that a process gets."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="ptquiz-"))
        try:
            return folder, tempfile.TemporaryFile()
        except OSError:
            folder.rmdir()
            raise
    except OSError as problem:
        raise EnvironmentProblem(
            said(
                "no temporary folder can be made ({reason}), so answers cannot be run",
                reason=problem.strerror or problem,
            ),
            details=("TMPDIR=FOLDER ptquiz ... uses another folder for temporary files",),
        ) from None


def environment(scratch: str) -> dict[str, str]:
    """Return the variables that a process gets: nothing that could be a secret, and one thread everywhere."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    if path := kept.get("PYTHONPATH"):
        kept["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in path.split(os.pathsep) if entry)
    kept |= SET | {"TMPDIR": scratch, "TEMP": scratch}
    return {name: value for name, value in kept.items() if value or name == "CUDA_VISIBLE_DEVICES"}


def _machine(hello: Message) -> Machine:
    return Machine(
        torch=str(hello["torch"]),
        python=str(hello["python"]),
        platform=str(hello["platform"]),
        executable=str(hello["executable"]),
        layers=tuple(Layer(str(name), bool(active), str(note)) for name, active, note in hello["layers"]),
    )
