"""The warm process: import torch once, then fork a child per program.

It must stay single-threaded, must never run a program itself, and must end when the client does.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import platform
import signal
import socket
import sys
import traceback
import warnings
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from . import folders, linux, processes
from .frames import BadMessage, Channel, ChannelClosed, Message

if TYPE_CHECKING:
    from .serve import Server

PRELOAD = (
    "torch._subclasses.schema_check_mode",
    "sympy",
    "torch.fx.experimental.symbolic_shapes",
    "torch.onnx",
    "torch.distributed.tensor",
    "torch.distributed.fsdp",
    "torch._dynamo",
    "torch._functorch.aot_autograd",
    "torch.testing",
    "torch.utils.serialization",
    "multiprocessing.popen_fork",
    "multiprocessing.queues",
    "multiprocessing.synchronize",
)
"""Imported in idle time after the process is ready, in pieces, so that a request waits for one piece at most.

The first optimizer of a child would import `torch._dynamo` for itself, which takes a second; what stands before it is
what it imports, so that no piece takes more than about 0.4 seconds.
"""
QUIET = 0.3
"""Seconds without a request after which preloading goes on."""
FIRST_QUIET = 0.05
"""Seconds that a client has to ask before preloading begins."""


def serve_forever(control: int, scratch_folder: str) -> None:
    """Import torch, say hello, and serve requests until the client goes away."""
    scratch = Path(scratch_folder)
    channel = Channel(socket.socket(fileno=control))
    _settle()
    status = 0
    try:
        problem = _import_torch()
        if problem:
            channel.send(problem)
            return
        from .serve import Server

        server = Server(channel, scratch)
        channel.send(_hello(server.sandbox.describe(scratch)))
        _serve(channel, server)
    except (ChannelClosed, BadMessage):
        pass
    except BaseException:  # noqa: BLE001 - the client shows the end of standard error
        traceback.print_exc()
        status = 1
    finally:
        processes.reap_everything()
        folders.remove(scratch)
        sys.stderr.flush()
        os._exit(status)


def _settle() -> None:
    """Be undisturbed by Ctrl-C, collect no garbage, and adopt orphans."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()
    processes.become_subreaper()


@contextlib.contextmanager
def _in_background() -> Iterator[None]:
    """Work as a batch job and without a word.

    SCHED_BATCH and not SCHED_IDLE: an ordinary user cannot leave SCHED_IDLE again, so that children would inherit it,
    and on a busy machine an idle process would never get ready.
    """
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _import_torch() -> Message | None:
    """Import torch with one thread; return a message about what is wrong with it, if anything."""
    try:
        with _in_background():
            import torch

            torch.set_num_threads(1)
            importlib.import_module(".serve", __package__)  # a torch too old for it is told as broken
            from . import warmup

            warmup.use_numpy_bridge()
            warmup.run_small_network()
    except ModuleNotFoundError as problem:
        if problem.name == "torch":
            return {"kind": "problem", "what": "missing"}
        return _broken(problem)
    except BaseException as problem:  # noqa: BLE001 - whatever a broken torch raises is told to the client
        return _broken(problem)
    if linux.thread_count() != 1:
        return {"kind": "problem", "what": "broken", "text": "it starts a thread when it is imported"}
    return None


def _broken(problem: BaseException) -> Message:
    return {"kind": "problem", "what": "broken", "text": f"{type(problem).__name__}: {problem}"}


def _hello(layers: list[tuple[str, bool, str]]) -> Message:
    import torch

    return {
        "kind": "hello",
        "torch": str(torch.__version__),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
        "executable": sys.executable,
        "layers": layers,
    }


def _serve(channel: Channel, server: Server) -> None:
    """Serve requests; preload between them."""
    preload = deque(PRELOAD)
    quiet = FIRST_QUIET
    while True:
        if preload and not channel.pending(quiet):
            quiet = 0.0
            _load(preload.popleft())
            if not preload:
                _warm_optimizer()
            continue
        message = channel.receive()
        if message.get("kind") == "run":
            server.run(message)
            quiet = QUIET


def _load(module: str) -> None:
    with _in_background(), contextlib.suppress(Exception):
        importlib.import_module(module)


def _warm_optimizer() -> None:
    from . import warmup

    with _in_background(), contextlib.suppress(Exception):
        warmup.run_optimizer()
