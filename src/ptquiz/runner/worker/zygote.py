"""The warm process: import torch once, then fork a child per program.

It must stay single-threaded, must never run a program itself, and must end when the client does.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import folders, linux, pages, processes, startup
from .frames import BadMessage, Channel, ChannelClosed, Message

if TYPE_CHECKING:
    from .serve import Server

QUIET = 0.3
"""Seconds without a request after which preloading goes on."""
FIRST_QUIET = 0.05
"""Seconds that a client has to ask before preloading begins."""
MANY = 6
"""Requests without a pause after which there will be many more, so that getting warmer pays at once."""
FORK_PATIENCE = 10_000
"""Milliseconds that the first child has for a small computation; a fork that is not safe hangs there."""


def serve_forever(control: int, scratch_folder: str) -> None:
    """Import torch, say hello, and serve requests until the client goes away."""
    scratch = Path(scratch_folder)
    channel = Channel(socket.socket(fileno=control))
    _settle()
    status = 0
    try:
        problem = startup.import_torch(".serve") or _unsafe_fork()
        if problem:
            channel.send(problem)
            return
        from .serve import Server

        server = Server(channel, scratch)
        channel.send(startup.hello(server.sandbox.describe(scratch)))
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


def _unsafe_fork() -> Message | None:
    """Fork once and compute something in the child; return a message about why that does not work, if it does not."""
    if linux.thread_count() != 1:
        return {"kind": "problem", "what": "fork", "text": "torch starts a thread when it is imported"}
    try:
        read_end, write_end = os.pipe()
        pid = os.fork()
    except OSError as problem:
        return {"kind": "problem", "what": "fork", "text": f"the system refuses it: {problem.strerror}"}
    if pid == 0:
        _compute_and_exit(write_end)
    os.close(write_end)
    poll = select.poll()
    poll.register(read_end, select.POLLIN)
    answered = bool(poll.poll(FORK_PATIENCE)) and os.read(read_end, 1) == b"1"
    os.close(read_end)
    processes.kill_child(pid)
    if answered:
        return None
    return {"kind": "problem", "what": "fork", "text": "torch does not work in a forked process"}


def _compute_and_exit(descriptor: int) -> NoReturn:
    """Use torch in a child and say so; never return."""
    try:
        import torch

        if torch.ones(64, 64).mm(torch.ones(64, 64)).sum().item() == 64**3:
            os.write(descriptor, b"1")
    finally:
        os._exit(0)


def _serve(channel: Channel, server: Server) -> None:
    """Serve requests; get warmer between them."""
    chores = _chores()
    chore = next(chores, None)
    quiet, served = FIRST_QUIET, 0
    while True:
        if chore and (served >= MANY or not channel.pending(quiet)):
            quiet = 0.0
            chore()
            chore = next(chores, None)
            continue
        message = channel.receive()
        if message.get("kind") == "run":
            server.run(message)
            quiet, served = QUIET, served + 1


def _chores() -> Iterator[Callable[[], None]]:
    """Yield what makes later programs faster, piece by piece."""
    for module in startup.PRELOAD:
        yield partial(startup.preload, module)
    yield startup.warm_optimizer
    yield _tidy
    blocks = pages.blocks()
    for start in range(0, len(blocks), pages.STEP):
        yield partial(pages.collapse, blocks[start : start + pages.STEP])


def _tidy() -> None:
    """Collect what the imports have left, which no child has to look at."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
