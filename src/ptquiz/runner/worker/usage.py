"""What all processes of a run use together, looked at from outside."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

from . import folders, limits, processes
from .bounds import DISK_LIMIT, ENTRIES_LIMIT

MEMORY_SLACK = 256 << 20
"""What all processes of a run may use above the limit of one."""
ADDRESS_LIMIT = 8 << 30
"""Address space that all of them may have together: shared memory can be held without being resident."""
THREADS_LIMIT = 4 * limits.TASKS


class Size(NamedTuple):
    """What one process uses, in bytes, and its threads; zero for one that has ended."""

    address_space: int = 0
    private: int = 0
    shared: int = 0
    threads: int = 0


def size_of(pid: int) -> Size:
    """Look at one process."""
    fields = _fields(f"/proc/{pid}/status")
    address_space, private, shared = (fields.get(name, 0) << 10 for name in ("VmSize", "RssAnon", "RssShmem"))
    return Size(address_space, private, shared, fields.get("Threads", 0))


def overuse(pid: int, scratch: Path) -> str:
    """Name what a child and all below it use too much of; empty when nothing."""
    tree = [pid, *processes.descendants(pid)]
    sizes = [size_of(member) for member in tree]
    if len(tree) > limits.TASKS or sum(size.threads for size in sizes) > THREADS_LIMIT:
        return "processes"
    if _memory(tree, sizes):
        return "memory"
    size, entries = folders.measure(scratch, ENTRIES_LIMIT)
    return "disk" if size + _nameless_bytes(tree) > DISK_LIMIT or entries > ENTRIES_LIMIT else ""


def _memory(tree: list[int], sizes: list[Size]) -> bool:
    """Tell whether a run uses too much memory, beyond what it has inherited from this process."""
    own, limit = size_of(os.getpid()), limits.MEMORY + MEMORY_SLACK
    if sum(max(size.address_space - own.address_space, 0) for size in sizes) > ADDRESS_LIMIT:
        return True
    private = sum(max(size.private - own.private, 0) for size in sizes)
    shared = sum(size.shared for size in sizes)
    if private + shared > limit and len(tree) > 1:  # what several share was counted for each of them
        shared = sum(_fields(f"/proc/{pid}/smaps_rollup").get("Pss_Shmem", 0) << 10 for pid in tree)
    return private + shared > limit


def _nameless_bytes(tree: list[int]) -> int:
    """Return the bytes of open files that have been removed, which still fill the disk."""
    found: dict[tuple[int, int], int] = {}
    for pid in tree:
        for opened in _listed(Path(f"/proc/{pid}/fd")):
            with contextlib.suppress(OSError):
                status = opened.stat()
                if stat.S_ISREG(status.st_mode) and not status.st_nlink:
                    found[status.st_dev, status.st_ino] = status.st_blocks * folders.BLOCK
    return sum(found.values())


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _fields(path: str) -> dict[str, int]:
    """Read the numbers of a file of lines such as `VmSize: 12 kB`; none when its process has gone."""
    try:
        text = Path(path).read_text()
    except OSError:
        return {}
    pairs = (line.partition(":") for line in text.splitlines())
    words = ((name, rest.split()) for name, _, rest in pairs)
    return {name: int(rest[0]) for name, rest in words if rest and rest[0].isdigit()}
