"""What contains a spare process, system by system, and what does not."""

from __future__ import annotations

import os
import platform

from . import limits
from .frames import Message
from .notes import noted

Layer = tuple[str, bool, str]

MODE: Layer = (
    "fork",
    False,
    noted("not used: each snippet gets a process that was started beforehand, and the next one takes seconds"),
)
OPEN: dict[str, str] = {
    "files": noted("not contained on this system: a snippet can read and write what you can"),
    "network": noted("not contained on this system: a snippet can use the network"),
    "processes": noted("not contained on this system: a snippet can start other programs"),
    "signals": noted("not contained on this system: a snippet can end your other programs"),
}
POSIX_LIMITS = noted("processor time, 32 MiB a file and 256 open files; memory is not limited on this system")
NO_LIMITS = noted("wall-clock time and output only; memory, files and processes are not limited on this system")


def describe() -> list[Layer]:
    """Return the layers around a spare process and their state."""
    if platform.system() == "Linux":
        from .sandbox import Sandbox

        return [MODE, *Sandbox().expect()]
    return [MODE, *_portable_layers()]


def _portable_layers() -> list[Layer]:
    posix = limits.AVAILABLE
    return [
        ("session", False, noted("what a snippet starts is killed with its process group, and escapes by leaving it"))
        if posix
        else ("session", False, noted("what a snippet starts is not found on this system")),
        ("limits", posix, POSIX_LIMITS if posix else NO_LIMITS),
        *((name, False, note) for name, note in OPEN.items()),
    ]


def enter(folder: os.PathLike[str], program: Message) -> None:
    """Apply every layer that this system has to this process."""
    if platform.system() == "Linux":
        from pathlib import Path

        from . import linux, processes, workers
        from .sandbox import Sandbox

        processes.die_with_parent(os.getppid())
        if program["workers"]:
            workers.install(Path(folder))
        Sandbox().enter(
            Path(folder),
            program["seconds"],
            linux.mapped_bytes(),
            limits.tasks_of_user(),
            workers=program["workers"],
        )
    elif limits.AVAILABLE:
        limits.apply(program["seconds"], None, None)
