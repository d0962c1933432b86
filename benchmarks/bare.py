"""A process that is as warm as that of ptquiz and forks without any protection: what a live run is compared with."""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
from types import TracebackType
from typing import Self

from benchmarks.harness import PYTHON, ROOT
from ptquiz.runner.interpreter import environment
from ptquiz.runner.worker.frames import Channel, ChannelClosed


class BareFork:
    """The process, seen from outside."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        path = os.pathsep.join([str(ROOT), *sys.path])
        with theirs:
            self.process = subprocess.Popen(
                [PYTHON, "-m", "benchmarks.bare", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env=environment("/tmp") | {"PYTHONPATH": path},
                start_new_session=True,  # as ours is: Linux divides a busy processor by sessions
            )
        self._channel.receive()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.close()
        self.process.wait()

    def run(self, code: str) -> None:
        """Have a child execute the code and send back what `x` is."""
        self._channel.send({"code": code})
        self._channel.receive()


def serve(descriptor: int) -> None:
    """Be the process that forks, prepared as the one of ptquiz is, until nobody asks any more."""
    import torch

    torch.set_num_threads(1)
    from ptquiz.runner.worker import pages, startup, warmup

    warmup.use_numpy_bridge()
    warmup.run_small_network()
    for module in startup.PRELOAD:
        startup.preload(module)
    warmup.run_optimizer()
    gc.collect()
    gc.disable()
    gc.freeze()
    pages.collapse(pages.blocks())
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send({"kind": "hello"})
    while True:
        try:
            code = channel.receive()["code"]
        except ChannelClosed:
            return
        channel.send({"text": _run_in_child(code)})


def _run_in_child(code: str) -> str:
    """Fork, execute, and return what the child found `x` to be."""
    import torch

    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        gc.enable()
        torch.manual_seed(0)
        namespace: dict[str, object] = {}
        exec(compile(code, "program", "exec"), namespace)
        os.write(write_end, json.dumps(str(namespace["x"])).encode())
        os._exit(0)
    os.close(write_end)
    text = os.read(read_end, 1 << 16)
    os.close(read_end)
    os.waitpid(pid, 0)
    return str(json.loads(text))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
