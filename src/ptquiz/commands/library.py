"""The decks in use: the shipped ones and the user's own, and whose code may run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.reading import Reading
from ptquiz.banks.registry import Registry
from ptquiz.banks.report import show_problems
from ptquiz.banks.trust import Inventory, inventory
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import Question
from ptquiz.errors import BrokenDeckError, UsageError


@dataclass(frozen=True)
class Library:
    """Every deck in use, and the ids of those whose code may run."""

    collection: Collection
    trusted: frozenset[str]

    def trusts(self, question: Question) -> bool:
        """Tell whether a question's code may run."""
        return question.deck in self.trusted


def open_library(
    read: Callable[[Path], Reading], shipped: Path, registry: Registry, extra: Sequence[Path] = ()
) -> Library:
    """Read the shipped decks and the user's own; or, when `extra` names some, only those.

    Decks named on the command line are trusted: whoever types the path has chosen to run it.
    Raises UsageError for a path that does not exist.
    """
    if extra:
        for path in extra:
            if not path.exists():
                raise UsageError(f'there is no deck "{path}"', details=("ptquiz deck list shows the decks in use",))
        collection = collect(deck_files(extra), read)
        return Library(collection, frozenset(deck.deck for deck in collection.decks))
    own = registry.decks()
    consent = {fingerprint for deck in own for fingerprint in deck.consent}
    ours = set(deck_files([shipped]))
    collection = collect((*sorted(ours), *deck_files(Path(deck.path) for deck in own)), read)
    trusted = {
        deck.deck
        for deck in collection.decks
        if Path(deck.place.file) in ours or (consent and inventory(deck).fingerprint in consent)
    }
    return Library(collection, frozenset(trusted))


@dataclass(frozen=True)
class Candidate:
    """Decks that the user is about to add."""

    path: Path
    decks: tuple[Deck, ...]
    inventories: tuple[Inventory, ...]


def examine(path: Path, read: Callable[[Path], Reading], library: Library) -> Candidate:
    """Read a deck, or a folder of them, without running anything.

    Raises UsageError for a path without a deck, BrokenDeckError for decks that cannot be read or whose
    ids clash with others in use.
    """
    if not path.exists():
        raise UsageError(f'there is no "{path}"', details=("ptquiz deck add PATH, where PATH is a deck or a folder",))
    files = deck_files([path.absolute()])
    if not files:
        raise UsageError(f'no deck below "{path}"', details=("a deck is a .yaml file",))
    others = [Path(deck.place.file) for deck in library.collection.decks]
    together = collect((*(file for file in others if file not in files), *files), read)
    mine = Collection(broken=tuple(reading for reading in together.broken if reading.path in files))
    if mine.broken:
        details = (*show_problems(mine), f"mend it, then check it with: ptquiz check {path}")
        raise BrokenDeckError(f"cannot add {path}", details=details)
    decks = tuple(deck for deck in together.decks if Path(deck.place.file) in files)
    return Candidate(path.absolute(), decks, tuple(inventory(deck) for deck in decks))
