"""What a program needs to start processes of its own, where it may: locks, and a way to share tensors.

Everything else stays refused: other programs, sockets, files outside scratch, /dev/shm.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.heap
from pathlib import Path
from typing import Any

from . import semaphores, sharing


def install(scratch: Path) -> None:
    """Make `multiprocessing` and `torch.multiprocessing` work by fork alone, in this process."""
    multiprocessing.set_start_method("fork", force=True)
    semaphores.install()
    arena: Any = multiprocessing.heap.Arena
    arena._dir_candidates = []
    sharing.Sharing(scratch).install()
