"""One request: fork a child for the program, watch it, clean up after it, tell how it ended."""

from __future__ import annotations

import gc
import os
import secrets
from pathlib import Path

from . import child, folders, limits, linux, processes, report
from .frames import Channel, ChannelClosed, Message
from .sandbox import Sandbox
from .watch import Watch


class ForkUnsafe(RuntimeError):  # noqa: N818 - reads as the fact it states
    """A child would hang or cannot be had; the client goes on without forks."""


class Server:
    """Runs the programs of a client, one after the other."""

    def __init__(self, channel: Channel, scratch: Path) -> None:
        self.sandbox = Sandbox()
        self._channel = channel
        self._scratch = scratch
        self._folder = scratch / "run"

    def run(self, request: Message) -> None:
        """Run the requested program and send how it ended."""
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            ending = self._run_in(self._folder, request)
        except ForkUnsafe as problem:
            ending = {"ending": "unsafe", "text": str(problem)}
        except OSError as problem:
            processes.reap_everything()
            ending = {"ending": "failed", "text": str(problem)}
        self._channel.send({"kind": "ended", "id": request["id"], **ending})
        if not folders.empty(self._folder):
            self._folder = self._scratch / secrets.token_hex(6)

    def _run_in(self, folder: Path, request: Message) -> Message:
        """Run the program with this scratch folder."""
        program = request["program"]
        nonce = secrets.token_bytes(report.NONCE_BYTES)
        stdout, stderr, told = os.pipe(), os.pipe(), os.pipe()
        pid = self._fork(folder, program, nonce, (stdout[1], stderr[1], told[1]))
        self._channel.send({"kind": "started", "id": request["id"], "pid": pid})
        for pipe in (stdout, stderr, told):
            os.close(pipe[1])
        watch = Watch(pid, (stdout[0], stderr[0], told[0]), folder)
        try:
            ending = watch.until_end(program["seconds"], self._channel.fileno(), lambda: self._interrupted(request))
            status = processes.kill_child(pid)
            processes.reap_everything()
            overstepped = watch.drain()
            if ending == "exit" and overstepped:
                ending = overstepped
            return {
                "ending": ending,
                "status": status,
                "report": report.read_report(bytes(watch.told.kept), nonce) if ending == "exit" else None,
                "stdout": watch.stdout.kept.decode(errors="backslashreplace"),
                "stderr": watch.stderr.kept.decode(errors="backslashreplace"),
            }
        finally:
            watch.close()

    def _fork(self, folder: Path, program: Message, nonce: bytes, pipes: tuple[int, int, int]) -> int:
        """Fork the child that runs the program; return its process id."""
        if linux.thread_count() != 1:
            raise ForkUnsafe("the warm process has more than one thread")
        mapped, tasks = linux.mapped_bytes(), limits.tasks_of_user()
        gc.freeze()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            child.live(
                parent,
                pipes,
                folder,
                program,
                nonce,
                lambda: self.sandbox.enter(folder, program["seconds"], mapped, tasks, workers=program["workers"]),
            )
        return pid

    def _interrupted(self, request: Message) -> str:
        """Look at what the client said meanwhile: a cancellation, or its end."""
        try:
            message = self._channel.receive(timeout=1.0)
        except (TimeoutError, ChannelClosed):
            return "client gone"
        return "cancelled" if message.get("kind") == "cancel" and message.get("id") == request["id"] else ""
