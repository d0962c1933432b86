"""What all decks in use hold together, settled once and kept in one file of the cache.

The file begins with a head that is read at each start, and grows with the number of decks. Behind it stand the
ids and outlines of each deck, which are read when something is asked of the deck.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, msgpack

from ptquiz.banks.head import CourseRow, DeckRow, Head, Source, Span, TextRow, read_head, with_head, words_in
from ptquiz.banks.lookup import Lookup, lookup_block
from ptquiz.banks.reading import Reading
from ptquiz.domain.decks import Problem
from ptquiz.domain.outlines import Outline, Outlines
from ptquiz.domain.questions import QuestionId
from ptquiz.errors import StoreError, said

T = TypeVar("T")


class _Broken(Struct, frozen=True, array_like=True):
    """A file that cannot be used, and why."""

    file: str
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]


class Contents:
    """The contents of a cache file."""

    def __init__(self, file: Path, head: Head, body: memoryview) -> None:
        """Take the head and what stands behind it."""
        self.file = file
        self.head = head
        self.body = body

    @cached_property
    def outlines(self) -> Outlines:
        """The outlines of all questions; each deck's are read when they are looked at."""
        decks = {number: _Unread(self, row) for number, row in enumerate(self.head.decks)}
        return Outlines(decks, self.lookup.find)

    @cached_property
    def broken(self) -> tuple[Reading, ...]:
        """The files that cannot be used."""
        span = self.head.broken
        rows = self.unpacked(span, tuple[_Broken, ...]) if span[0] < span[1] else ()
        return tuple(Reading(Path(row.file), problems=row.problems, lines=row.lines) for row in rows)

    def unpacked(self, span: Span, type_: type[T]) -> T:
        """Unpack what stands somewhere behind the head. Raises StoreError where that is damaged."""
        try:
            return msgpack.decode(self.body[slice(*span)], type=type_)
        except ValueError:  # the errors of msgspec are ValueErrors, too
            raise damaged(self.file) from None

    @cached_property
    def lookup(self) -> Lookup:
        """What tells the number of the deck of a question."""
        return Lookup(self.body[slice(*self.head.lookup)])


class _Unread:
    """The outlines of a deck, read when they are looked at."""

    def __init__(self, contents: Contents, row: DeckRow) -> None:
        self._contents = contents
        self._row = row

    @property
    def deck(self) -> str:
        return self._row.deck

    @property
    def size(self) -> int:
        return self._row.size

    @property
    def requires(self) -> Mapping[QuestionId, str]:
        return self._row.requires

    @cached_property
    def fingerprints(self) -> tuple[str, ...]:
        return tuple(self._words(self._row.fingerprints))

    @cached_property
    def ids(self) -> tuple[QuestionId, ...]:
        return tuple(self._words(self._row.ids))

    @cached_property
    def rows(self) -> Mapping[QuestionId, Outline]:
        return {row.id: row for row in self._contents.unpacked(self._row.rows, tuple[Outline, ...])}

    def _words(self, span: Span) -> list[str]:
        if span[0] == span[1]:
            return []
        try:
            return words_in(self._contents.body, span)
        except ValueError:
            raise damaged(self._contents.file) from None


def damaged(file: Path) -> StoreError:
    """Say that a file of the cache cannot be read."""
    return StoreError(
        said("the compiled decks are damaged: {file}", file=file),
        details=(said("delete {folder}; it is made again at the next start", folder=file.parent),),
    )


def read_contents(file: Path, key: str) -> Contents | None:
    """Read what was kept under a key; None where there is nothing, or something older."""
    read = read_head(file)
    return Contents(file, *read) if read is not None and read[0].key == _key(key) else None


class Writer:
    """Puts a file of contents together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: list[bytes] = []
        self._size = 0
        self._decks: list[DeckRow] = []
        self._numbers: dict[QuestionId, int] = {}

    def deck(self, deck: str, title: str, source: Source, rows: Iterable[Outline]) -> None:
        """Add a deck with its outlines."""
        rows = tuple(rows)
        self._numbers.update((row.id, len(self._decks)) for row in rows)
        self._decks.append(
            DeckRow(
                deck=deck,
                title=title,
                size=len(rows),
                requires={row.id: row.requires for row in rows if row.requires is not None},
                source=source,
                ids=self._put(_joined(row.id for row in rows)),
                rows=self._put(msgpack.encode(rows)),
                fingerprints=self._put(_joined(row.fingerprint for row in rows if row.needs_run)),
            )
        )

    def whole(
        self,
        key: str,
        texts: tuple[TextRow, ...],
        courses: tuple[CourseRow, ...],
        renamed: dict[QuestionId, QuestionId],
        broken: Iterable[Reading],
    ) -> bytes | None:
        """Return the file; None where the ids cannot be told apart by their hashes."""
        lookup = lookup_block(self._numbers)
        if lookup is None:
            return None
        found = self._put(lookup)
        rows = tuple(_Broken(str(reading.path), reading.problems, reading.lines) for reading in broken)
        reported = self._put(msgpack.encode(rows) if rows else b"")
        head = Head(_key(key), self._size, tuple(self._decks), texts, courses, renamed, found, reported)
        return with_head(head, self._parts)

    def _put(self, part: bytes) -> Span:
        begin = self._size
        self._parts.append(part)
        self._size += len(part)
        return begin, self._size


def _joined(words: Iterator[str]) -> bytes:
    """Write names, in which there is no space."""
    return " ".join(words).encode()


def _key(key: str) -> str:
    """Return a key for this machine: numbers are kept as it has them."""
    return f"{sys.byteorder}:{key}"
