"""The compiled index: decks as msgpack in the cache folder, so that a warm start never parses YAML.

An entry is keyed by path, modification time, size and the program's version; a stale, damaged or
unwritable entry only costs a parse. Its questions are packed one by one, so that one can be read without the others.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import get_args

from msgspec import Struct, msgpack
from msgspec.structs import replace

from ptquiz import __version__
from ptquiz.banks.reading import Reading
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck
from ptquiz.domain.digests import blake2b
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.translations import Translation
from ptquiz.files import replace_whole


class Entry(Struct, frozen=True, dict=True):
    """One compiled file: a deck and its questions, a translation, or a course."""

    key: str
    deck_head: bytes = b""
    """The deck without its questions."""
    packed: tuple[tuple[QuestionId, bytes], ...] = ()
    """The questions, in their order."""
    translated: bytes = b""
    ordered: bytes = b""

    @property
    def deck(self) -> Deck | None:
        """Unpack the whole deck; None where the file is none."""
        if not self.deck_head:
            return None
        unpack: msgpack.Decoder[Question] = msgpack.Decoder(Question)
        questions = tuple(unpack.decode(packed) for _, packed in self.packed)
        return replace(msgpack.decode(self.deck_head, type=Deck), questions=questions)

    @property
    def translation(self) -> Translation | None:
        """Unpack the translation; None where the file is none."""
        return msgpack.decode(self.translated, type=Translation) if self.translated else None

    @property
    def course(self) -> Course | None:
        """Unpack the course; None where the file is none."""
        return msgpack.decode(self.ordered, type=Course) if self.ordered else None

    def question(self, id: QuestionId, kind: str) -> Question | None:
        """Unpack one question whose kind is known; None for one that the deck has not."""
        packed = self._by_id.get(id)
        if packed is None:
            return None
        # Only the type of this kind is prepared: to prepare all of them takes longer than all else here.
        question: Question = msgpack.decode(packed, type=_TYPES[kind])
        return question

    @cached_property
    def _by_id(self) -> dict[QuestionId, bytes]:
        return dict(self.packed)


_TYPES = {str(type_.__struct_config__.tag): type_ for type_ in get_args(Question)}


class DeckIndex:
    """Reads decks through the cache."""

    def __init__(self, folder: Path) -> None:
        """Use a cache folder; it is made when something is kept."""
        self.folder = folder

    def read(self, path: Path) -> Reading:
        """Read a deck, from the cache when the file has not changed."""
        key = self.key(path)
        entry = self._cached(path, key) if key else None
        try:
            if entry is not None:
                return Reading(path, deck=entry.deck, translation=entry.translation, course=entry.course)
        except ValueError:  # the errors of msgspec are ValueErrors, too
            pass  # damaged inside
        from ptquiz.banks.reader import read_deck

        reading = read_deck(path)
        if key and not reading.problems:
            self.keep(self._file(path), msgpack.encode(_entry(key, reading)))
        return reading

    def entry(self, path: Path, key: str) -> Entry:
        """Return a file as it was compiled under a key or, where that is gone, as it is now."""
        return self._cached(path, key) or _entry(key, self.read(path))

    def key(self, path: Path) -> str:
        """Return what changes whenever a file does; empty for one that is not there."""
        try:
            stat = os.stat(path)  # noqa: PTH116 - called for every file at each start
        except OSError:
            return ""
        return f"{__version__}:{path}:{stat.st_mtime_ns}:{stat.st_size}"

    def keep(self, file: Path, content: bytes) -> None:
        """Write a file of the cache as a whole, or not at all: a cache that cannot be written does not matter."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_whole(file, content, durable=False)

    def named(self, words: Iterable[str], suffix: str) -> Path:
        """Return the file of the cache that is about some words."""
        digest = blake2b("\n".join(words).encode("utf-8", "surrogateescape"), digest_size=12)
        return self.folder / f"{digest.hexdigest()}{suffix}"

    def _file(self, path: Path) -> Path:
        return self.named([str(path.absolute())], ".msgpack")

    def _cached(self, path: Path, key: str) -> Entry | None:
        try:
            entry = msgpack.decode(self._file(path).read_bytes(), type=Entry)
        except (OSError, ValueError):
            return None
        return entry if entry.key == key else None


def _entry(key: str, reading: Reading) -> Entry:
    deck = reading.deck
    return Entry(
        key,
        _packed(deck and replace(deck, questions=())),
        tuple((question.id, _packed(question)) for question in deck.questions) if deck else (),
        _packed(reading.translation),
        _packed(reading.course),
    )


def _packed(thing: Struct | None) -> bytes:
    return b"" if thing is None else msgpack.encode(thing)
