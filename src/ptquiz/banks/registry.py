"""The user's own decks: where they are, and which of their code may run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from ptquiz.errors import BrokenDeckError, StoreError, said
from ptquiz.files import replace_whole

Agreed = Mapping[str, tuple[str, ...]]
"""The fingerprints of what may run, by the id of the deck."""


class Consents(Mapping[str, tuple[str, ...]]):
    """What the user agreed to run; of each deck it is read when something of the deck may run."""

    def __init__(self, packed: Mapping[str, msgspec.Raw]) -> None:
        """Take the fingerprints by deck, as the list has them."""
        self._packed = packed

    def __getitem__(self, deck: str) -> tuple[str, ...]:
        try:
            return msgspec.json.decode(self._packed[deck], type=tuple[str, ...])
        except msgspec.MsgspecError:
            return ()  # what cannot be read was not agreed to

    def __contains__(self, deck: object) -> bool:
        return deck in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class OwnDeck(msgspec.Struct, frozen=True):
    """A deck file or folder that the user added."""

    path: str
    packed: dict[str, msgspec.Raw] = msgspec.field(name="agreed", default_factory=dict)

    @property
    def agreed(self) -> Agreed:
        """What the user agreed to run, by the id of the deck."""
        return Consents(self.packed)


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
            raise StoreError(said("cannot read {file}: {reason}", file=self._file, reason=error.strerror)) from None
        try:
            return msgspec.json.decode(raw, type=_Register).decks
        except msgspec.MsgspecError as error:
            raise BrokenDeckError(
                said("the list of your decks is damaged: {file}", file=self._file),
                details=(str(error), "move that file away and add your decks again: ptquiz deck add PATH"),
            ) from None

    def entry(self, path: Path) -> OwnDeck | None:
        """Find what was added under a path."""
        return next((deck for deck in self.decks() if deck.path == str(path)), None)

    def put(self, path: Path, agreed: Agreed) -> None:
        """Add a deck, or replace what was agreed for it; it keeps its place in the list.

        Raises StoreError when the list cannot be written.
        """
        packed = {deck: msgspec.Raw(msgspec.json.encode(prints)) for deck, prints in agreed.items()}
        new = OwnDeck(str(path), packed)
        decks = self.decks()
        known = any(deck.path == new.path for deck in decks)
        self._write(tuple(new if deck.path == new.path else deck for deck in decks) if known else (*decks, new))

    def remove(self, path: Path) -> None:
        """Take a deck off the list.

        Raises StoreError when the list cannot be written.
        """
        self._write(tuple(deck for deck in self.decks() if deck.path != str(path)))

    def _write(self, decks: tuple[OwnDeck, ...]) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_whole(self._file, msgspec.json.encode(_Register(decks=decks)), durable=True)
        except OSError as error:
            raise StoreError(
                said("cannot write {file}: {reason}", file=self._file, reason=error.strerror),
                details=("make the folder writable, or set PTQUIZ_HOME to another one",),
            ) from None
