"""Tensors shared between the processes of one program, by files in its scratch folder.

Torch itself uses /dev/shm, where every program of the user has its own files, and passes descriptors through sockets;
a snippet has neither. As with torch, a tensor that is sent to another process is shared from then on.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import weakref
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing.reductions

FOLDER = ".shared"

Storage: Any = torch.UntypedStorage
TorchTensor: Any = torch.Tensor
Reduced = tuple[Callable[..., Any], tuple[Any, ...]]

_numbers = itertools.count(1)


class Sharing:
    """Makes, sends and receives storages whose memory is a file of one folder."""

    def __init__(self, scratch: Path) -> None:
        self._folder = scratch / FOLDER

    def install(self) -> None:
        """Have torch share tensors in this way, in this process and in those it forks."""
        self._folder.mkdir(mode=0o700)
        Storage._new_shared = self.new_storage
        TorchTensor.share_memory_ = lambda tensor: self.share(tensor)
        ForkingPickler.register(torch.UntypedStorage, self.reduce_storage)
        kinds: list[Any] = [torch.Tensor, torch.nn.Parameter, *torch._tensor_classes]
        for kind in kinds:
            ForkingPickler.register(kind, self.reduce_tensor)

    def new_storage(self, size: int, *, device: object = "cpu") -> Any:
        """Return an empty storage of so many bytes in shared memory."""
        if not size:
            return Storage(0)
        path = self._new_path()
        storage = Storage.from_file(path, True, size)
        weakref.finalize(storage, _forget, path, os.getpid()).atexit = False
        return storage

    def share(self, tensor: torch.Tensor) -> torch.Tensor:
        """Move a tensor into shared memory, in place, and return it."""
        old = tensor.untyped_storage()
        if tensor.device.type != "cpu" or old.is_shared() or not old.nbytes():
            return tensor
        new = self.new_storage(old.nbytes())
        new.copy_(old)
        moved = torch.empty(0, dtype=tensor.dtype)
        moved.set_(new, tensor.storage_offset(), tensor.size(), tensor.stride())
        tensor.data = moved
        return tensor

    def reduce_tensor(self, tensor: torch.Tensor) -> Reduced:
        """Say how another process of the program gets this tensor."""
        if tensor.layout is torch.strided and (tensor.is_leaf or not tensor.requires_grad):
            self.share(tensor)
        reduce: Callable[[torch.Tensor], Reduced] = torch.multiprocessing.reductions.reduce_tensor
        return reduce(tensor)

    def reduce_storage(self, storage: torch.UntypedStorage) -> Reduced:
        """Say how another process of the program gets this storage: by a name of its own for the file."""
        if not storage.nbytes():
            return torch.UntypedStorage, (0,)
        path = self._new_path()
        try:
            os.link(storage.filename or "", path)
        except OSError:  # not a file, or one whose name is gone
            Storage.from_file(path, True, storage.nbytes()).copy_(storage)
        return _receive, (path, storage.nbytes())

    def _new_path(self) -> str:
        return str(self._folder / f"{os.getpid()}-{next(_numbers)}")


def _receive(path: str, size: int) -> Any:
    """Map a file that was sent; its name is no longer needed."""
    storage = Storage.from_file(path, True, size)
    Path(path).unlink()
    return storage


def _forget(path: str, owner: int) -> None:
    """Remove the file of a storage that is gone, unless only a forked copy of it is."""
    if os.getpid() == owner:
        with contextlib.suppress(OSError):
            Path(path).unlink()
