"""The warm process as the client sees it: started, spoken to, killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping

from ptquiz.domain.snippets import Outcome, Program
from ptquiz.runner import engine, protocol
from ptquiz.runner.engine import EngineLost, ForkUnsafe
from ptquiz.runner.interpreter import Interpreter
from ptquiz.runner.machine import Machine
from ptquiz.runner.worker.frames import BadMessage, Channel, ChannelClosed, Message


class WarmProcess(Interpreter):
    """One process that has torch imported, or is about to, and forks a child for every program."""

    def __init__(self, python: str, variables: Mapping[str, str]) -> None:
        super().__init__(python, variables)
        self._number = 0
        self._child: int | None = None
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        with theirs:
            try:
                self._process = self._start(
                    str(theirs.fileno()),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                )
            except BaseException:
                self.channel.close()
                raise

    @property
    def pid(self) -> int:
        """Return the process id, which is also that of its session."""
        return self._process.pid

    def wait_ready(self, timeout: float) -> Machine | None:
        """Return the machine once torch is imported; None when that takes longer than the timeout."""
        if self.machine is not None:
            return self.machine
        try:
            hello = self.channel.receive(timeout)
        except TimeoutError:
            return None
        except (ChannelClosed, BadMessage):
            raise self._silent(self._process) from None
        return self._met(hello, self._process)

    def run(self, program: Program) -> Outcome:
        """Have a child run the program."""
        self._number += 1
        try:
            self.channel.send(protocol.request(self._number, program))
            ended = self._await(("started", "ended"), engine.ACCEPT_SECONDS)
            if ended["kind"] == "started":
                self._child = ended.get("pid")
                ended = self._await(("ended",), program.seconds + engine.GRACE_SECONDS)
        except (ChannelClosed, BadMessage) as problem:
            raise EngineLost(str(problem)) from None
        self._child = None
        if ended.get("ending") == "unsafe":
            raise ForkUnsafe(str(ended.get("text")))
        return protocol.outcome(ended, program)

    def cancel(self) -> None:
        """Stop the running program after an interrupt; raises EngineLost when nothing can be run after that."""
        try:
            if not self.channel.between_messages:
                raise EngineLost("in the middle of a message")
            self.channel.send({"kind": "cancel", "id": self._number})
            self._await(("ended",), engine.CANCEL_SECONDS)
        except (ChannelClosed, BadMessage, TimeoutError) as problem:
            raise EngineLost(str(problem)) from None

    def stop(self) -> None:
        """Kill the process and whatever it runs, and remove its files."""
        self._end(self._process)
        if isinstance(self._child, int) and self._child > 1:  # whatever it started could not leave its group
            with contextlib.suppress(OSError):
                os.killpg(self._child, signal.SIGKILL)
        self.channel.close()
        self._forget()

    def leave(self, patience: float = 0.3) -> None:
        """Let the process end by itself, as it does when its channel closes; kill it when it does not."""
        self.channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
            self._child = None
        self.stop()

    def _await(self, kinds: tuple[str, ...], timeout: float) -> Message:
        """Return the next message of one of these kinds about the current program."""
        end = time.monotonic() + timeout
        while True:
            message = self.channel.receive(end - time.monotonic())
            if message.get("kind") in kinds and message.get("id") == self._number:
                return message
