"""Spare processes as the client sees them: one waits with torch imported, runs one program, and the next is started.

Nothing here may need more than the standard library has on every system.
"""

from __future__ import annotations

import contextlib
import json
import queue
import secrets
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from ptquiz.domain.snippets import Outcome, Program
from ptquiz.runner import engine, protocol
from ptquiz.runner.engine import EngineLost
from ptquiz.runner.interpreter import Interpreter, kill
from ptquiz.runner.machine import Machine
from ptquiz.runner.worker import bounds, folders, report
from ptquiz.runner.worker.frames import LENGTH, LIMIT, BadMessage, Message, decode

OUTPUT, ERRORS, FOLDER = "stdout", "stderr", "run"
"""What the process makes in its scratch folder: two files, and the program's own folder."""
LAST_WORDS_SECONDS = 1.0
"""How long after a process has ended its report may take to arrive."""


class Answers(threading.Thread):
    """Reads what a process says: messages until it has started the program, then its report to the end."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self.messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        """None at the end of the stream."""
        self.report = b""
        self.complete = threading.Event()
        self.start()

    def run(self) -> None:
        """Read until the end, which comes when the process ends."""
        with contextlib.suppress(OSError, ValueError), self._stream:
            message: Message | None = {}
            while message is not None and message.get("kind") != "started":
                message = self._message()
                self.messages.put(message)
            if message is not None:
                self.report = self._stream.read(report.LIMIT + report.HEAD.size + 1)
        self.messages.put(None)
        self.complete.set()

    def _message(self) -> Message | None:
        head = self._stream.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        body = self._stream.read(length) if length <= LIMIT else b""
        try:
            return decode(body)
        except BadMessage:
            return None


class SpareProcess(Interpreter):
    """One process that runs one program."""

    def __init__(self, python: str, variables: Mapping[str, str]) -> None:
        super().__init__(python, variables)
        self._process = self._start("spare", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._answers = Answers(self._process.stdout)

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    def wait_ready(self, timeout: float) -> Machine | None:
        """Return the machine once torch is imported; None when that takes longer than the timeout."""
        if self.machine is not None:
            return self.machine
        try:
            hello = self._answers.messages.get(timeout=max(timeout, 0.0) or None, block=timeout > 0)
        except queue.Empty:
            return None
        if hello is None:
            raise self._silent(self._process)
        return self._met(hello, self._process)

    def send(self, program: Program) -> bytes:
        """Have the process begin with the program; return the nonce of its report."""
        nonce = secrets.token_bytes(report.NONCE_BYTES)
        body = json.dumps({**protocol.request(1, program), "nonce": nonce.hex()}).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(LENGTH.pack(len(body)) + body)
            self._process.stdin.flush()
        except OSError as problem:
            raise EngineLost(str(problem)) from None
        return nonce

    def finish(self, program: Program, nonce: bytes) -> Outcome:
        """Wait until the program that was sent has ended, and kill what does not end."""
        try:
            started = self._answers.messages.get(timeout=engine.ACCEPT_SECONDS)
        except queue.Empty:
            raise TimeoutError from None
        if started is None:
            raise EngineLost("ended before it began")
        ending = self._until_end(program.seconds)
        if ending == "exit":
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LAST_WORDS_SECONDS)
        kill(self._process)
        status = self._process.wait()
        self._answers.complete.wait(LAST_WORDS_SECONDS)
        if ending == "exit":
            ending = self._overuse() or ending
        told = {
            "ending": ending,
            "status": status,
            "report": report.read_report(self._answers.report, nonce) if ending == "exit" else None,
            "stdout": self._kept(OUTPUT),
            "stderr": self._kept(ERRORS),
        }
        return protocol.outcome(told, program)

    def stop(self) -> None:
        """Kill the process and its group, and remove its files."""
        kill(self._process)
        self._process.wait()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._answers.complete.wait(LAST_WORDS_SECONDS)
        self._forget()

    def _until_end(self, seconds: float) -> str:
        """Return `exit` when the process has ended by itself, else the name of what it overstepped."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._answers.complete.wait(min(left, bounds.LOOK_EVERY)) or self._process.poll() is not None:
                return "exit"
            if reason := self._overuse():
                return reason
        return "time"

    def _overuse(self) -> str:
        """Name what the program has written too much of."""
        if len(self._answers.report) > report.LIMIT + report.HEAD.size:
            return "report"
        if any(_size(self.scratch / name) > bounds.OUTPUT_LIMIT for name in (OUTPUT, ERRORS)):
            return "output"
        size, entries = folders.measure(self.scratch / FOLDER, bounds.ENTRIES_LIMIT)
        return "disk" if size > bounds.DISK_LIMIT or entries > bounds.ENTRIES_LIMIT else ""

    def _kept(self, name: str) -> str:
        try:
            with (self.scratch / name).open("rb") as file:
                return file.read(bounds.OUTPUT_KEPT).decode(errors="backslashreplace")
        except OSError:
            return ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class Spares:
    """One process that waits for a program, and at most one that runs one."""

    def __init__(self, python: str, variables: Mapping[str, str]) -> None:
        self._python, self._variables = python, variables
        self._waiting = SpareProcess(python, variables)
        self._busy: SpareProcess | None = None
        self.machine: Machine | None = None

    @property
    def pid(self) -> int:
        """Return the id of the process that gets the next program."""
        return self._waiting.pid

    def wait_ready(self, timeout: float) -> Machine | None:
        """Return the machine once torch is imported; None when that takes longer than the timeout."""
        ready = self._waiting.wait_ready(timeout)
        if ready is not None and self.machine is None:
            self.machine = ready
        return self.machine if ready is not None else None

    def run(self, program: Program) -> Outcome:
        """Have the waiting process run the program, and start the next one meanwhile."""
        busy = self._busy = self._waiting
        nonce = busy.send(program)
        self._waiting = SpareProcess(self._python, self._variables)
        outcome = busy.finish(program, nonce)
        self.cancel()
        return outcome

    def cancel(self) -> None:
        """Stop the running program; the next process is there already."""
        busy, self._busy = self._busy, None
        if busy is not None and busy is not self._waiting:
            busy.stop()

    def stop(self) -> None:
        """Kill both processes."""
        self.cancel()
        self._waiting.stop()

    def leave(self) -> None:
        """Kill both processes: they have nothing to clean up."""
        self.stop()
