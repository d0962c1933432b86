"""The head of the file in which all decks in use are settled: names, places and sizes.

Apart from the rest, so that the shell can complete names without loading the types of questions.
"""

from __future__ import annotations

import mmap
from pathlib import Path

from msgspec import Struct, msgpack

SUFFIX = ".contents"
_LENGTH = 8
"""Bytes that say how long the head is."""

Span = tuple[int, int]
"""Where something begins and ends behind the head."""


class Source(Struct, frozen=True, array_like=True):
    """A compiled file: where it is, and the key under which it was compiled."""

    file: str
    key: str


class DeckRow(Struct, frozen=True, array_like=True):
    """One deck."""

    deck: str
    title: str
    size: int
    requires: dict[str, str]
    source: Source
    ids: Span
    rows: Span
    fingerprints: Span


class TextRow(Struct, frozen=True, array_like=True):
    """One translation."""

    deck: str
    language: str
    source: Source


class CourseRow(Struct, frozen=True, array_like=True):
    """One course."""

    course: str
    title: str
    source: Source


class Head(Struct, frozen=True, array_like=True):
    """What is read at each start."""

    key: str
    """Changes whenever one of the files does, or another takes part."""
    size: int
    """Of what stands behind it, in bytes."""
    decks: tuple[DeckRow, ...]
    texts: tuple[TextRow, ...]
    courses: tuple[CourseRow, ...]
    renamed: dict[str, str]
    lookup: Span
    broken: Span


def read_head(file: Path) -> tuple[Head, memoryview] | None:
    """Return the head of a file and what stands behind it; None where there is no such file, or it is damaged."""
    try:
        with file.open("rb") as stream:
            whole = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        length = int.from_bytes(whole[:_LENGTH], "big")
        head = msgpack.decode(whole[_LENGTH : _LENGTH + length], type=Head)
    except (OSError, ValueError):  # the errors of msgspec are ValueErrors
        return None
    body = whole[_LENGTH + length :]
    return (head, body) if head.size == len(body) else None


def with_head(head: Head, parts: list[bytes]) -> bytes:
    """Return a file that begins with a head."""
    packed = msgpack.encode(head)
    return b"".join((len(packed).to_bytes(_LENGTH, "big"), packed, *parts))


def words_in(body: memoryview, span: Span) -> list[str]:
    """Return names, in which there is no space. Raises ValueError where they are damaged."""
    return bytes(body[span[0] : span[1]]).decode().split()
