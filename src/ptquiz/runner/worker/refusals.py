"""Saying of an exception that it comes from a limit or a refusal of the runner, which one, and what to do.

Runs beside the program, like everything that describes exceptions: a program can lie here about nothing but itself.
"""

from __future__ import annotations

import errno
import types

NO_WORKERS = 'a snippet starts no processes; a question whose code has to says "needs: workers"'
NO_PROGRAMS = "a snippet starts no other programs, and processes by fork only"
NO_NETWORK = "a snippet has no network"
NO_FILES = "a snippet reads Python and its packages only, and writes in its own folder only"
NO_SHARED_MEMORY = "a snippet has no /dev/shm"
REFUSED = "the runner does not let a snippet do this"

LIMITS = {
    errno.EFBIG: "a snippet writes at most 32 MiB a file",
    errno.EMFILE: "a snippet opens at most 256 files",
    errno.EAGAIN: "a snippet starts at most 64 processes and threads",
    errno.ENOMEM: "a snippet gets 1 GiB of memory",
    errno.ENOSPC: "the disk is full",
}
DENIALS = (errno.EPERM, errno.EACCES, errno.ENOSYS)
DENIED_WORDS = ("Operation not permitted", "Permission denied")
PARTS = {
    "multiprocessing": NO_WORKERS,
    "concurrent": NO_WORKERS,
    "subprocess.py": NO_PROGRAMS,
    "socket.py": NO_NETWORK,
    "socketserver.py": NO_NETWORK,
}
"""What a denial in a module of this name is about; the innermost frame decides."""
CHAIN = 10
"""Exceptions to look at, of those that led to one another."""


def note(error: BaseException, *, workers: bool) -> str:
    """Return why the runner caused an exception; empty when it did not, as far as can be seen."""
    try:
        return next(filter(None, (_note(link, workers=workers) for link in _chain(error))), "")
    except Exception:  # noqa: BLE001 - the exception is the program's own
        return ""


def _chain(error: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and len(links) < CHAIN:
        links.append(link)
        link = link.__cause__ or link.__context__
    return links


def _note(error: BaseException, *, workers: bool) -> str:
    kind, text = type(error), str(error)
    if (kind is MemoryError and not text) or "can't allocate memory" in text:
        return LIMITS[errno.ENOMEM]
    if kind is RuntimeError and text == "can't start new thread":
        return LIMITS[errno.EAGAIN]
    if kind is RuntimeError and "shared memory object" in text:
        return NO_SHARED_MEMORY if workers else NO_WORKERS
    if isinstance(error, OSError) and error.errno is not None:
        if error.errno in DENIALS:
            return _denied(error, workers=workers)
        if kind.__name__ == "gaierror":
            return NO_NETWORK
        return LIMITS.get(error.errno, "")
    return REFUSED if kind is RuntimeError and any(words in text for words in DENIED_WORDS) else ""


def _denied(error: OSError, *, workers: bool) -> str:
    """Say what a system call was denied for."""
    if str(error.filename or "").startswith("/dev/shm") and workers:
        return NO_SHARED_MEMORY
    part = _innermost_part(error.__traceback__)
    if part:
        return NO_PROGRAMS if part == NO_WORKERS and workers else part
    if error.filename is not None:
        return NO_FILES
    if _calls_fork(error.__traceback__):
        return REFUSED if workers else NO_WORKERS
    return REFUSED


def _innermost_part(trace: types.TracebackType | None) -> str:
    found = ""
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename.replace("\\", "/").split("/")
        found = next((PARTS[name] for name in path if name in PARTS), found)
        trace = trace.tb_next
    return found


def _calls_fork(trace: types.TracebackType | None) -> bool:
    """Tell whether the innermost frame is of code that names `fork`."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and bool({"fork", "forkpty"} & set(trace.tb_frame.f_code.co_names))
