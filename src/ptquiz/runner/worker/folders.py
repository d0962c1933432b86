"""Measuring and removing a folder that an enemy may have filled: any depth, any names, any modes."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
from pathlib import Path

BLOCK = 512
READABLE = 0o700


def measure(folder: Path, most_entries: int) -> tuple[int, int]:
    """Return the bytes and the number of entries below a folder, counting no further than one entry too many.

    A path that has become too long to look at counts as too many.
    """
    size = entries = 0
    todo = [str(folder)]
    while todo and entries <= most_entries:
        try:
            with os.scandir(todo.pop()) as found:
                for entry in itertools.islice(found, most_entries + 1):
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * BLOCK
        except OSError as problem:
            if problem.errno == errno.ENAMETOOLONG:
                return size, most_entries + 1
    return size, entries


def remove(folder: Path) -> None:
    """Remove a folder and all below it, as far as the system lets us."""
    if empty(folder):
        with contextlib.suppress(OSError):
            folder.rmdir()


def empty(folder: Path) -> bool:
    """Remove all that is below a folder; tell whether that succeeded.

    Where the system can, every folder inside is moved up to the top before it is emptied, so that depth needs neither
    recursion nor long paths nor many descriptors.
    """
    if os.unlink not in os.supports_dir_fd:
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()
    try:
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        _empty(top)
    except OSError:
        return False
    finally:
        os.close(top)
    return True


def _empty(top: int) -> None:
    """Remove everything in the folder that is open as this descriptor."""
    numbers = itertools.count()
    todo = _raise_folders(top, top, numbers)
    while todo:
        name = todo.pop()
        descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
        try:
            todo += _raise_folders(descriptor, top, numbers)
        finally:
            os.close(descriptor)
        os.rmdir(name, dir_fd=top)


def _raise_folders(folder: int, top: int, numbers: itertools.count[int]) -> list[str]:
    """Remove the files of a folder, move its folders to the top, and return their new names."""
    raised = []
    with os.scandir(folder) as found:
        entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]
    for name, is_folder in entries:
        if is_folder:
            os.chmod(name, READABLE, dir_fd=folder)
            new_name = f"ptquiz-removed-{next(numbers)}"
            os.rename(name, new_name, src_dir_fd=folder, dst_dir_fd=top)
            raised.append(new_name)
        else:
            os.unlink(name, dir_fd=folder)
    return raised
