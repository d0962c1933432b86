"""The compiled index: decks as msgpack in the cache folder, so that a warm start never parses YAML.

An entry is keyed by path, modification time, size and the program's version; a stale, damaged or
unwritable entry only costs a parse.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from ptquiz import __version__
from ptquiz.banks.reading import Reading
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck
from ptquiz.domain.digests import blake2b
from ptquiz.domain.translations import Translation


class _Entry(msgspec.Struct, frozen=True):
    key: str
    deck: Deck | None = None
    translation: Translation | None = None
    course: Course | None = None


class DeckIndex:
    """Reads decks through the cache."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: Path) -> Reading:
        """Read a deck, from the cache when the file has not changed."""
        key = self._key(path)
        if key and (entry := self._cached(path, key)):
            return Reading(path, deck=entry.deck, translation=entry.translation, course=entry.course)
        from ptquiz.banks.reader import read_deck

        reading = read_deck(path)
        if key and not reading.problems:
            self._keep(path, _Entry(key, reading.deck, reading.translation, reading.course))
        return reading

    def _key(self, path: Path) -> str:
        try:
            stat = path.stat()
        except OSError:
            return ""
        return f"{__version__}:{path}:{stat.st_mtime_ns}:{stat.st_size}"

    def _file(self, path: Path) -> Path:
        return self._folder / f"{blake2b(str(path.absolute()).encode(), digest_size=12).hexdigest()}.msgpack"

    def _cached(self, path: Path, key: str) -> _Entry | None:
        try:
            entry = msgspec.msgpack.decode(self._file(path).read_bytes(), type=_Entry)
        except (OSError, msgspec.MsgspecError):
            return None
        return entry if entry.key == key else None

    def _keep(self, path: Path, entry: _Entry) -> None:
        target = self._file(path)
        draft = target.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(msgspec.msgpack.encode(entry))
            draft.replace(target)
