"""A spare process, for systems on which a process with torch cannot be forked: it runs one program, and ends.

It gets one request on its standard input, answers on what was its standard output, and keeps what the program prints
in files, which its client reads. Nothing here may need more than the standard library has on every system.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import signal
import sys
import threading
from collections import deque
from pathlib import Path
from typing import NoReturn

from . import confinement, folders, startup
from .frames import LENGTH, Message

OUTPUT, ERRORS, FOLDER = "stdout", "stderr", "run"
"""What the client finds in the folder it has made: two files, and the program's own folder."""
LOOK = 0.05
"""Seconds to wait for the request before preloading goes on."""

_exit = os._exit


def live_once(scratch_folder: str) -> NoReturn:
    """Import torch, say hello, run the one program that is asked for; never return."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    requests, answers = os.dup(0), os.dup(1)
    problem = startup.import_torch(".life")
    _send(answers, problem or startup.hello(confinement.describe()))
    request = None if problem else _request(requests)
    if request is None:
        folders.remove(Path(scratch_folder))
        _exit(0)
    _run(request, answers, Path(scratch_folder))


def _request(descriptor: int) -> Message | None:
    """Preload until the client asks for something; None when the client has ended."""
    asked: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
    reader = threading.Thread(target=lambda: asked.put(_receive(descriptor)), daemon=True)
    reader.start()
    waiting = deque(startup.PRELOAD)
    while waiting:
        try:
            request = asked.get(timeout=LOOK)
            break
        except queue.Empty:
            startup.preload(waiting.popleft())
    else:
        startup.warm_optimizer()
        request = asked.get()
    reader.join()  # a thread that is left would be outside of the sandbox
    return request


def _run(request: Message, answers: int, scratch: Path) -> NoReturn:
    """Run the program of a request, report it, and end."""
    from . import life

    program, nonce = request["program"], bytes.fromhex(request["nonce"])
    status = life.FAILED
    try:
        _send(answers, {"kind": "started"})
        _redirect(scratch)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        folder = scratch / FOLDER
        folder.mkdir(mode=0o700)
        life.move_in(folder)
        confinement.enter(folder, program)
        life.seed(program["seed"])
        status = life.run_and_report(program, nonce, answers)
    except BaseException as problem:  # noqa: BLE001 - the exit status tells
        status = life.status_of(problem)
    finally:
        _exit(status)


def _redirect(scratch: Path) -> None:
    """Have standard input end at once, and what is printed kept in files."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_BINARY", 0)
    sources = (
        os.open(os.devnull, os.O_RDONLY),
        os.open(scratch / OUTPUT, flags, 0o600),
        os.open(scratch / ERRORS, flags, 0o600),
    )
    sys.stderr.flush()
    for source, target in zip(sources, (0, 1, 2), strict=True):
        os.dup2(source, target)
        os.close(source)


def _send(descriptor: int, message: Message) -> None:
    body = json.dumps(message).encode()
    rest = memoryview(LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _receive(descriptor: int) -> Message | None:
    """Read one message; None at the end of the stream."""
    with os.fdopen(descriptor, "rb") as stream:
        head = stream.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        body = stream.read(length)
    return dict(json.loads(body)) if len(body) == length else None
