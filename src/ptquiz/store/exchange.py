"""The review log as JSON Lines, and the entries of another log."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode

from ptquiz.domain.reviews import Entry
from ptquiz.errors import StoreError, UsageError, said
from ptquiz.store.codec import decode_entry, encode_entry
from ptquiz.store.connection import connect, connect_to_read
from ptquiz.store.copies import copy
from ptquiz.store.log import entries
from ptquiz.store.migrations import migrate

SCHEMA = 1
"""Goes up when an older ptquiz would misread the entries."""


class Head(Struct, frozen=True, kw_only=True, tag_field="file", tag="ptquiz-reviews"):
    """The first line."""

    schema: int
    entries: int


def exported(log: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of an export, without their ends."""
    log = tuple(log)
    yield encode(Head(schema=SCHEMA, entries=len(log))).decode()
    yield from map(encode_entry, log)


def read_export(path: Path) -> list[Entry]:
    """Return the entries of an exported file.

    Raises UsageError, with the line, for anything else: a part of a file is refused as a whole.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(said("{file} cannot be read: {reason}", file=path, reason=error.strerror)) from error
    head = _head(path, lines[0] if lines else b"")
    log = [_entry(path, number, line) for number, line in enumerate(lines[1:], start=2)]
    if len(log) != head.entries:
        raise UsageError(
            said(
                "{file} has {n} entries and says it has {of}: it was cut off or joined",
                file=path,
                n=len(log),
                of=head.entries,
            )
        )
    return log


def read_log(path: Path) -> tuple[Entry, ...]:
    """Return the entries of another review log, which is not touched.

    Raises UsageError when there is none; StoreError when the file is damaged, foreign or too new.
    """
    if not path.is_file():
        raise UsageError(said("there is no review log {file}", file=path))
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "other.sqlite3"
        try:
            with closing(connect_to_read(path)) as source:
                copy(source, draft)
            with closing(connect(draft)) as connection:
                migrate(connection, draft, Path(folder))
                return entries(connection)
        except (sqlite3.Error, DecodeError) as error:
            raise StoreError(
                said("{file} is damaged or is no review log", file=path), details=("nothing was merged",)
            ) from error
        except StoreError as error:
            message = error.message.replace(str(draft), str(path))
            raise StoreError(message, details=("nothing was merged", error.details[-1])) from error


def _head(path: Path, line: bytes) -> Head:
    try:
        head = decode(line, type=Head)
    except DecodeError as error:
        raise UsageError(
            said("{file} is no exported review log", file=path),
            details=("its first line should name the schema: ptquiz state export",),
        ) from error
    if head.schema > SCHEMA:
        raise UsageError(
            said(
                "{file} was exported by a newer ptquiz: it has schema {schema}, this one knows {known}",
                file=path,
                schema=head.schema,
                known=SCHEMA,
            ),
            details=("upgrade: pip install --upgrade ptquiz",),
        )
    return head


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        entry = decode_entry(line)
        encode_entry(entry)
    except (DecodeError, ValueError) as error:
        raise UsageError(
            said("{file}:{number}: {reason}", file=path, number=number, reason=error), details=("nothing was imported",)
        ) from error
    return entry
