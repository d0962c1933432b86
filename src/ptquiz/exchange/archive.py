"""The container of an Anki package: a ZIP file with a database in it, opened with limits on everything.

Members are read by their name into a temporary file of our own; nothing is extracted to where the
archive says.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ptquiz.exchange import protobuf
from ptquiz.exchange.cards import UnreadableCardsError

MAX_DATABASE = 256 * 1024 * 1024
"""Bytes of the database, unpacked."""
MAX_META = 1024
MAX_WINDOW = 128 * 1024 * 1024
"""Bytes of memory that a compressed stream may ask for."""
CHUNK = 1024 * 1024
NEWEST_VERSION = 3
DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Newest first: the older ones beside a newer one only ask to upgrade Anki."""


DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, ValueError)
"""What the standard library raises for a broken, encrypted or unknown archive."""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Unpack the database of a package into a temporary file, which is gone afterwards.

    Raises UnreadableCardsError for what is no package, is damaged, or is larger than it should be.
    """
    with tempfile.TemporaryDirectory(prefix="ptquiz-") as folder:
        database = Path(folder) / "collection"
        try:
            with zipfile.ZipFile(path) as archive, database.open("wb") as target:
                _copy_database(archive, target, path)
        except OSError as error:
            raise UnreadableCardsError(path, f"cannot be read: {error.strerror or error}") from None
        except DAMAGED as error:
            raise UnreadableCardsError(path, f"this is no Anki package, or a damaged one: {error}") from None
        yield database


def _copy_database(archive: zipfile.ZipFile, target: IO[bytes], path: Path) -> None:
    names = set(archive.namelist())
    version = _version(archive) if "meta" in names else 0
    if version > NEWEST_VERSION:
        raise UnreadableCardsError(path, f"the package has version {version}; this ptquiz reads up to {NEWEST_VERSION}")
    name = next((name for name in DATABASES if name in names), None)
    if name is None:
        raise UnreadableCardsError(path, "there is no collection in it; export the deck from Anki as .apkg")
    if archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableCardsError(path, "it is packed in a way that Anki does not use")  # may ask for any memory
    with archive.open(name) as member:
        if name == DATABASES[0]:
            _decompress(member, target, path)
        else:
            _copy(member, target, path)


def _version(archive: zipfile.ZipFile) -> int:
    with archive.open("meta") as member:
        return protobuf.number(member.read(MAX_META), 1)


def _decompress(member: IO[bytes], target: IO[bytes], path: Path) -> None:
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).stream_reader(member) as stream:
            _copy(stream, target, path)
    except zstandard.ZstdError as error:
        raise UnreadableCardsError(path, f"the collection in it is damaged: {error}") from None


def _copy(source: IO[bytes], target: IO[bytes], path: Path) -> None:
    """Copy in chunks and stop at the limit, whatever size the archive claims."""
    written = 0
    while chunk := source.read(CHUNK):
        written += len(chunk)
        if written > MAX_DATABASE:
            megabytes = MAX_DATABASE // 1024**2
            raise UnreadableCardsError(path, f"the collection in it is larger than {megabytes} MiB; export fewer decks")
        target.write(chunk)
