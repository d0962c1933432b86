"""What the system knows about a process: its memory, its children, and whether it still works."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

QUIET = 1.0
"""Seconds without work after which a process is taken to be ready."""


@dataclass(frozen=True)
class Memory:
    """The memory of a process in megabytes."""

    resident: float
    share: float
    """Its proportional set size: what it shares with others counts by its part."""


def memory(pid: int | str = "self") -> Memory:
    """Return the memory of a process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return Memory(resident=sizes["Rss"], share=sizes["Pss"])


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that live."""
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _children_of(task)]


def wait_until_idle(pid: int) -> None:
    """Wait until a process has done nothing for a while, asking for its time on the processor."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET:
        used = _ticks(pid)
        if used != before:
            before, since = used, time.monotonic()
        time.sleep(0.1)


def _children_of(task: Path) -> list[str]:
    return (task / "children").read_text("ascii").split()


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
