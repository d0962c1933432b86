"""What can be wrong with the file of the review log, said to the user with what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from msgspec import DecodeError

from ptquiz.errors import Message, StoreError, said
from ptquiz.store.copies import newest_good_backup

RESTORE_COMMAND = "ptquiz state restore"
"""What the user types, with the path of a backup behind it."""


@contextmanager
def explained(path: Path, backups: Path) -> Iterator[None]:
    """Turn every failure of the file at a path into a StoreError; defects of ptquiz pass."""
    try:
        yield
    except sqlite3.Error as error:
        known = explanation(error, path, backups)
        if known is None:
            raise
        raise known from error
    except DecodeError as error:
        raise damaged(path, backups) from error
    except IsADirectoryError as error:
        raise is_directory(path) from error
    except OSError as error:
        raise StoreError(
            said("the review log {file} cannot be opened: {reason}", file=path, reason=error.strerror),
            details=(_look_at(path),),
        ) from error


def explanation(error: sqlite3.Error, path: Path, backups: Path) -> StoreError | None:
    """Return what an error of SQLite means for the user; None when it is a defect of ptquiz."""
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy()
        case sqlite3.SQLITE_FULL:
            return StoreError(
                said("the review log {file} cannot be written: the disk is full", file=path),
                details=(
                    "what was rated before is safe",
                    said("free some space and try again: df -h {folder}", folder=_folder(path)),
                ),
            )
        case sqlite3.SQLITE_READONLY:
            return StoreError(said("the review log {file} is read-only", file=path), details=(_look_at(path),))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreError(
                said("the review log {file} cannot be opened or written", file=path), details=(_look_at(path),)
            )
        case sqlite3.SQLITE_IOERR:
            return StoreError(
                said("the review log {file} cannot be read or written: {reason}", file=path, reason=error),
                details=(said("see whether its disk is there and has space: df -h {folder}", folder=_folder(path)),),
            )
        case sqlite3.SQLITE_NOTADB:
            return foreign(path, backups)
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path, backups)
        case _:
            return None


def busy() -> StoreError:
    """Say that another process holds the log."""
    return StoreError(
        "the review log is busy: another ptquiz is writing",
        details=(
            "what was rated before is safe",
            "wait until the other one is done, or leave it with q; then try again",
        ),
    )


def damaged(path: Path, backups: Path) -> StoreError:
    """Say that the log cannot be read, and name the newest good backup."""
    return StoreError(said("the review log {file} is damaged", file=path), details=_ways_back(path, backups))


def foreign(path: Path, backups: Path) -> StoreError:
    """Say that the file is something else."""
    return StoreError(said("{file} is not a review log of ptquiz", file=path), details=_ways_back(path, backups))


def is_directory(path: Path) -> StoreError:
    """Say that there is a folder where the file should be."""
    return StoreError(
        said("the review log {file} is a folder", file=path),
        details=(
            said(
                "move it away, and a new log is begun: mv {file} {old}", file=quote(str(path)), old=quote(f"{path}.old")
            ),
        ),
    )


def too_new(path: Path, *, schema: int, known: int) -> StoreError:
    """Say that a newer ptquiz has written the log."""
    return StoreError(
        said(
            "the review log {file} was written by a newer ptquiz: it has schema {schema}, this one knows {known}",
            file=path,
            schema=schema,
            known=known,
        ),
        details=("the file was not touched", "upgrade: pip install --upgrade ptquiz"),
    )


def replaced(path: Path) -> StoreError:
    """Say that the file was exchanged while it was open."""
    return StoreError(
        said("the review log {file} was replaced while ptquiz was writing", file=path),
        details=("nothing was written", "try again"),
    )


def _ways_back(path: Path, backups: Path) -> tuple[str | Message, ...]:
    backup = newest_good_backup(backups)
    if backup is not None:
        return (
            "the file was not touched",
            said("the newest good backup is {backup}", backup=backup),
            said("to go back to it: {command} {backup}", command=RESTORE_COMMAND, backup=quote(str(backup))),
        )
    return (
        "the file was not touched",
        said("there is no good backup in {folder}", folder=backups),
        said(
            "to begin a new log and keep this file: mv {file} {old}",
            file=quote(str(path)),
            old=quote(f"{path}.old"),
        ),
    )


def _look_at(path: Path) -> Message:
    return said("see who may write there: ls -ld {folder} {file}", folder=_folder(path), file=quote(str(path)))


def _folder(path: Path) -> str:
    return quote(str(path.parent))
