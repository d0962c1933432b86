"""The user's own decks: where they are, and which of their code may run."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from ptquiz.errors import BrokenDeckError, StoreError


class OwnDeck(msgspec.Struct, frozen=True):
    """A deck file or folder that the user added."""

    path: str
    consent: tuple[str, ...] = ()
    """Fingerprints of the code that the user agreed to run."""


class _Register(msgspec.Struct, frozen=True):
    format: int = 1
    decks: tuple[OwnDeck, ...] = ()


class Registry:
    """A small file that lists the user's own decks."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def decks(self) -> tuple[OwnDeck, ...]:
        """List the decks in the order in which they were added.

        Raises BrokenDeckError when the list cannot be read.
        """
        try:
            raw = self._file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreError(f"cannot read {self._file}: {error.strerror}") from None
        try:
            return msgspec.json.decode(raw, type=_Register).decks
        except msgspec.MsgspecError as error:
            raise BrokenDeckError(
                f"the list of your decks is damaged: {self._file}",
                details=(str(error), "move that file away and add your decks again: ptquiz deck add PATH"),
            ) from None

    def put(self, path: Path, consent: tuple[str, ...]) -> None:
        """Add a deck, or replace what was agreed for it.

        Raises StoreError when the list cannot be written.
        """
        kept = tuple(deck for deck in self.decks() if deck.path != str(path))
        draft = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft.open("wb") as stream:
                stream.write(msgspec.json.encode(_Register(decks=(*kept, OwnDeck(str(path), consent)))))
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(self._file)
        except OSError as error:
            raise StoreError(
                f"cannot write {self._file}: {error.strerror}",
                details=("make the folder writable, or set PTQUIZ_HOME to another one",),
            ) from None
