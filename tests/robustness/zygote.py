"""A process that has imported the program and forks a child for each command line: a real process in little time.

It reads one request a line and answers with the exit code; null for a child that did not end in time. The child has
streams, variables, limits and a folder of its own.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import ptquiz
from ptquiz.cli.environment import system_environment
from ptquiz.cli.main import main

LEFT_OUT = ("ptquiz.runner.worker", "ptquiz.__main__", "ptquiz.pytest_plugin")
FLAGS = (os.O_RDONLY, os.O_WRONLY | os.O_APPEND, os.O_WRONLY | os.O_APPEND)
UNFLUSHED = 120
"""What the interpreter ends with when it cannot write what its streams still hold."""


def import_all() -> None:
    """Import what the commands would import one after the other."""
    for module in pkgutil.walk_packages(ptquiz.__path__, "ptquiz."):
        if not module.name.startswith(LEFT_OUT):
            importlib.import_module(module.name)
    gc.freeze()


def serve() -> dict[str, Any] | None:
    """Answer requests until there are no more; a child returns with its request."""
    tell("ready")
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            return request
        tell(wait(child, request["seconds"]))
    return None


def tell(answer: object) -> None:
    """Write one line to whoever asks."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def wait(child: int, seconds: float) -> int | None:
    """Return how a child ended; None for one that had to be killed."""
    watched = os.pidfd_open(child)
    ended, _, _ = select.select([watched], [], [], seconds)
    os.close(watched)
    if not ended:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if ended else None


def prepare(request: dict[str, Any]) -> None:
    """Turn a forked child into what the request says."""
    os.setsid()
    os.chdir(request["cwd"])
    if request["cwd"].endswith("/gone"):
        os.rmdir(request["cwd"])  # noqa: PTH106
    os.environ.clear()
    os.environ.update(request["environ"])
    time.tzset()
    for number, (file, flags) in enumerate(zip(request["streams"], FLAGS, strict=True)):
        opened = os.open(file, flags)
        os.dup2(opened, number)
        os.close(opened)
    # They live as long as the process, as the real ones do.
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name, limit in request["limits"].items():
        resource.setrlimit(getattr(resource, name), (limit, limit))


def end(code: int) -> NoReturn:
    """End as the interpreter does, without taking down every module, which would take longer than the command."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = UNFLUSHED
    os._exit(code)


if __name__ == "__main__":
    import_all()
    mine = serve()
    if mine is not None:
        prepare(mine)
        end(main(mine["argv"], replace(system_environment(), questions=Path(mine["questions"]))))
