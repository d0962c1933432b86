"""Importing torch and what its users import later, and telling what there is. The same for every kind of process."""

from __future__ import annotations

import contextlib
import importlib
import os
import platform
import sys
import warnings
from collections.abc import Iterator

from .frames import Message

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


@contextlib.contextmanager
def in_background() -> Iterator[None]:
    """Work as a batch job and without a word.

    SCHED_BATCH and not SCHED_IDLE: an ordinary user cannot leave SCHED_IDLE again, so that children would inherit it,
    and on a busy machine an idle process would never get ready.
    """
    _schedule("SCHED_BATCH")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        _schedule("SCHED_OTHER")


def _schedule(policy: str) -> None:
    """Change the scheduling policy, on systems that have several."""
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setscheduler(0, getattr(os, policy), os.sched_param(0))


def import_torch(server: str) -> Message | None:
    """Import torch with one thread, and the module that runs programs; return a message about what is wrong, if any."""
    try:
        with in_background():
            import torch

            torch.set_num_threads(1)
            importlib.import_module(server, __package__)  # a torch too old for it is told as broken
            from . import warmup

            warmup.use_numpy_bridge()
            warmup.run_small_network()
    except ModuleNotFoundError as problem:
        if problem.name == "torch":
            return {"kind": "problem", "what": "missing"}
        return _broken(problem)
    except BaseException as problem:  # noqa: BLE001 - whatever a broken torch raises is told to the client
        return _broken(problem)
    return None


def _broken(problem: BaseException) -> Message:
    return {"kind": "problem", "what": "broken", "text": f"{type(problem).__name__}: {problem}"}


def hello(layers: list[tuple[str, bool, str]]) -> Message:
    """Return the message that tells what programs run with."""
    import torch

    return {
        "kind": "hello",
        "torch": str(torch.__version__),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
        "executable": sys.executable,
        "layers": layers,
    }


def preload(module: str) -> None:
    """Import one module of the list, if it is there."""
    with in_background(), contextlib.suppress(Exception):
        importlib.import_module(module)


def warm_optimizer() -> None:
    """Take the first step of an optimizer, which imports more."""
    from . import warmup

    with in_background(), contextlib.suppress(Exception):
        warmup.run_optimizer()
