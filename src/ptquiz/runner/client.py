"""The live runner as the rest of ptquiz uses it. This process never imports torch."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from msgspec import structs

from ptquiz.domain.snippets import SECONDS, Crashed, Outcome, Program
from ptquiz.errors import EnvironmentProblem, said
from ptquiz.runner.engine import Engine, EngineLost, ForkUnsafe, Mode
from ptquiz.runner.machine import Machine

START_SECONDS = 120.0
"""How long an interpreter may take to import torch."""


class LiveRunner:
    """Runs programs in a warm torch process, one at a time; safe to share between threads."""

    def __init__(
        self,
        python: str = sys.executable,
        *,
        variables: Mapping[str, str] | None = None,
        mode: Mode | None = None,
        seconds: float = SECONDS,
    ) -> None:
        """Name the interpreter, environment variables that it gets besides the usual ones, and how programs start.

        Without a mode it is that of the system: where torch can be forked, that is done. `seconds` is the limit of
        programs that set none of their own.
        """
        self._python = python
        self._variables = variables or {}
        self._seconds = seconds
        self._mode = mode or (Mode.FORK if sys.platform == "linux" else Mode.SPARE)
        self._warm: Engine | None = None
        self._problem: EnvironmentProblem | None = None
        self._closed = False
        self._state = threading.Lock()
        self._turn = threading.RLock()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the warm process without waiting for it; problems are raised by whoever needs it."""
        with self._state:
            if self._closed or self._warm is not None or self._problem is not None:
                return
            try:
                self._warm = self._engine()
            except EnvironmentProblem as problem:
                self._problem = problem

    @property
    def ready(self) -> bool:
        """Tell without waiting whether a program would run at once."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            return self.wait_ready(0.0) is not None
        except EnvironmentProblem:
            return False
        finally:
            self._turn.release()

    def wait_ready(self, timeout: float = START_SECONDS) -> Machine | None:
        """Return the machine once torch is imported, None when that takes longer; raise when it cannot be."""
        self.start()
        with self._turn:
            if self._problem is not None:
                raise self._problem
            if self._warm is None:
                raise EnvironmentProblem("the runner is closed")
            try:
                return self._warm.wait_ready(timeout)
            except ForkUnsafe:
                self._go_on_without_forks()
                return self.wait_ready(timeout)
            except EnvironmentProblem as problem:
                self._problem = problem
                self._discard()
                raise

    def describe(self) -> Machine:
        """Return what programs run with, waiting until it is known."""
        machine = self.wait_ready(START_SECONDS)
        if machine is None:
            from ptquiz.runner.interpreter import CHOOSE  # brings the protocol, which no start should wait for

            self._discard()
            self._problem = EnvironmentProblem(
                said(
                    "torch was not imported within {seconds:.0f} seconds, so answers cannot be run",
                    seconds=START_SECONDS,
                ),
                details=(CHOOSE,),
            )
            raise self._problem
        return machine

    @property
    def torch_version(self) -> str:
        """Return the version of torch, waiting until it is known."""
        return self.describe().torch

    def run(self, program: Program) -> Outcome:
        """Run a program and return how it ended, whatever it does; raise EnvironmentProblem when nothing can be run."""
        if program.seconds == SECONDS != self._seconds:
            program = structs.replace(program, seconds=self._seconds)
        with self._turn:
            for _ in range(2):
                self.describe()
                try:
                    return self._run(program)
                except EngineLost:
                    self._discard()
                except ForkUnsafe:
                    self._go_on_without_forks()
                except TimeoutError:
                    self._discard()
                    self.start()
                    return Crashed("did not stop at its time limit, and was killed together with the warm process")
                except BaseException:
                    self._cancel()
                    raise
            self.start()
            return Crashed("stopped together with the warm process, twice")

    def close(self) -> None:
        """End the warm process; nothing can be run afterwards."""
        with self._state:
            self._closed = True
            warm, self._warm = self._warm, None
        if warm is not None:
            warm.leave()

    def _engine(self) -> Engine:
        """Start what runs programs in this mode."""
        match self._mode:
            case Mode.FORK:
                from ptquiz.runner.process import WarmProcess

                return WarmProcess(self._python, self._variables)
            case Mode.SPARE:
                from ptquiz.runner.spare import Spares

                return Spares(self._python, self._variables)

    def _run(self, program: Program) -> Outcome:
        warm = self._warm
        if warm is None:
            raise EngineLost("closed by another thread")
        return warm.run(program)

    def _cancel(self) -> None:
        """Stop the running program after an interrupt; start anew when that fails."""
        try:
            if self._warm is not None:
                self._warm.cancel()
        except EngineLost:
            self._discard()
            self.start()

    def _go_on_without_forks(self) -> None:
        """Use spare processes from now on."""
        self._discard()
        self._mode = Mode.SPARE
        self.start()

    def _discard(self) -> None:
        """Kill the warm process."""
        with self._state:
            warm, self._warm = self._warm, None
        if warm is not None:
            with contextlib.suppress(OSError):
                warm.stop()
