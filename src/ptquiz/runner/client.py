"""The live runner as the rest of ptquiz uses it. This process never imports torch."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from types import TracebackType
from typing import Self

from ptquiz.domain.snippets import Crashed, Outcome, Program
from ptquiz.errors import EnvironmentProblem
from ptquiz.runner import protocol
from ptquiz.runner.machine import Machine
from ptquiz.runner.process import CHOOSE, WarmProcess
from ptquiz.runner.worker.frames import BadMessage, ChannelClosed, Message

START_SECONDS = 120.0
"""How long an interpreter may take to import torch."""
ACCEPT_SECONDS = 60.0
"""How long the warm process may take to begin with a program: it may be in the middle of an import."""
GRACE_SECONDS = 3.0
"""How long after a program's own limit the warm process may take to tell how it ended."""
CANCEL_SECONDS = 2.0


class WarmProcessLost(Exception):  # noqa: N818 - an event that is handled here
    """The warm process has died or no longer answers."""


class LiveRunner:
    """Runs programs in a warm torch process, one at a time; safe to share between threads."""

    def __init__(self, python: str = sys.executable) -> None:
        self._python = python
        self._warm: WarmProcess | None = None
        self._problem: EnvironmentProblem | None = None
        self._number = 0
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
                self._warm = WarmProcess(self._python)
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
            except EnvironmentProblem as problem:
                self._problem = problem
                self._discard()
                raise

    def describe(self) -> Machine:
        """Return what programs run with, waiting until it is known."""
        machine = self.wait_ready(START_SECONDS)
        if machine is None:
            self._discard()
            self._problem = EnvironmentProblem(
                f"torch was not imported within {START_SECONDS:.0f} seconds, so answers cannot be run",
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
        with self._turn:
            for _ in range(2):
                self.describe()
                try:
                    return self._run(program)
                except WarmProcessLost:
                    self._discard()
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

    def _run(self, program: Program) -> Outcome:
        """Have the warm process run the program."""
        warm = self._warm
        if warm is None:
            raise WarmProcessLost("closed by another thread")
        self._number += 1
        try:
            warm.channel.send(protocol.request(self._number, program))
            self._await(warm, "started", ACCEPT_SECONDS)
            ended = self._await(warm, "ended", program.seconds + GRACE_SECONDS)
        except (ChannelClosed, BadMessage) as problem:
            raise WarmProcessLost(str(problem)) from None
        return protocol.outcome(ended, program)

    def _await(self, warm: WarmProcess, kind: str, timeout: float) -> Message:
        """Return the next message of this kind about the current program."""
        end = time.monotonic() + timeout
        while True:
            message = warm.channel.receive(end - time.monotonic())
            if message.get("kind") == kind and message.get("id") == self._number:
                return message

    def _cancel(self) -> None:
        """Stop the running program after an interrupt; start a new warm process when that fails."""
        warm = self._warm
        try:
            if warm is None or not warm.channel.between_messages:
                raise WarmProcessLost("in the middle of a message")
            warm.channel.send({"kind": "cancel", "id": self._number})
            self._await(warm, "ended", CANCEL_SECONDS)
        except (WarmProcessLost, ChannelClosed, BadMessage, TimeoutError):
            self._discard()
            self.start()

    def _discard(self) -> None:
        """Kill the warm process."""
        with self._state:
            warm, self._warm = self._warm, None
        if warm is not None:
            with contextlib.suppress(OSError):
                warm.stop()
