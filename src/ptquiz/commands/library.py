"""The decks in use: the shipped ones and the user's own, and whose code may run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct, field

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.reading import Reading
from ptquiz.banks.registry import Agreed, Consents, Registry
from ptquiz.banks.report import show_problems
from ptquiz.banks.trust import Inventory, inventory, question_fingerprint, units
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import Question
from ptquiz.errors import BrokenDeckError, Message, UsageError, said

Read = Callable[[Path], Reading]
Gather = Callable[[Sequence[Path]], Collection]
"""Reads deck files and settles what concerns all of them."""


class Library(Struct, frozen=True, dict=True):
    """Every deck in use, and what of their code may run."""

    collection: Collection
    believed: frozenset[str]
    """The ids of decks that may run whatever they hold: the shipped ones, and those named on the command line."""
    agreed: Agreed = field(default_factory=dict)
    """What the user agreed to run, by deck."""

    def trusts(self, question: Question) -> bool:
        """Tell whether a question's code may run; a member of a family asks for the whole family."""
        if question.deck in self.believed:
            return True
        if question.deck not in self.agreed:
            return False
        family = self.collection.questions.get(question.id)
        return family is not None and self.may_run(question.deck, (question_fingerprint(family),))

    def may_run(self, deck: str, fingerprints: Iterable[str]) -> bool:
        """Tell whether all code of a deck with some fingerprints may run."""
        return deck in self.believed or self._agreed(deck).issuperset(fingerprints)

    @cached_property
    def trusted(self) -> frozenset[str]:
        """The ids of the decks all of whose code may run."""
        return self.believed | {
            deck.deck
            for deck in self.collection.decks
            if deck.deck in self.agreed and self.may_run(deck.deck, [unit.fingerprint for unit in units(deck)])
        }

    @cached_property
    def _agreed(self) -> Callable[[str], frozenset[str]]:
        return cache(lambda deck: frozenset(self.agreed.get(deck, ())))


def open_library(gather: Gather, shipped: Path, registry: Registry, extra: Sequence[Path] = ()) -> Library:
    """Gather the shipped decks and the user's own; or, when `extra` names some, only those.

    Decks named on the command line are trusted: whoever types the path has chosen to run it.
    Raises UsageError for a path that does not exist.
    """
    if extra:
        for path in extra:
            if not path.exists():
                raise UsageError(
                    said('there is no deck "{file}"', file=path), details=("ptquiz deck list shows the decks in use",)
                )
        collection = gather(deck_files(extra))
        return Library(collection, frozenset(head.deck for head in collection.heads))
    own = registry.decks()
    ours = deck_files([shipped])
    collection = gather((*ours, *deck_files(Path(deck.path) for deck in own)))
    files = set(map(str, ours))
    believed = frozenset(head.deck for head in collection.heads if head.file in files)
    return Library(collection, believed, Consents({id_: raw for deck in own for id_, raw in deck.packed.items()}))


class Candidate(Struct, frozen=True):
    """Decks whose code the user is about to allow or not."""

    path: Path
    """What was, or is to be, added: a file or a folder."""
    decks: tuple[Deck, ...]
    inventories: tuple[Inventory, ...]

    @property
    def fresh(self) -> bool:
        """Whether there is something the user has not agreed to."""
        return any(seen.fresh for seen in self.inventories)

    @property
    def consent(self) -> Agreed:
        """What a yes to all of it is bound to."""
        return {
            deck.deck: tuple(unit.fingerprint for unit in seen.units)
            for deck, seen in zip(self.decks, self.inventories, strict=True)
        }


def examine(path: Path, read: Read, library: Library) -> Candidate:
    """Read a deck, or a folder of them, without running anything.

    Raises UsageError for a path without a deck, BrokenDeckError for decks that cannot be read or whose
    ids clash with others in use.
    """
    if not path.exists():
        raise UsageError(
            said('there is no "{file}"', file=path), details=("ptquiz deck add PATH, where PATH is a deck or a folder",)
        )
    files = deck_files([path.absolute()])
    if not files:
        raise UsageError(said('no deck below "{file}"', file=path), details=("a deck is a .yaml file",))
    others = [Path(head.file) for head in library.collection.heads]
    together = collect((*(file for file in others if file not in files), *files), read)
    mine = Collection(broken=tuple(reading for reading in together.broken if reading.path in files))
    if mine.broken:
        mend = said("mend it, then check it with: ptquiz check {file}", file=path)
        details: tuple[str | Message, ...] = (*show_problems(mine), mend)
        raise BrokenDeckError(said("cannot use {file}", file=path), details=details)
    decks = tuple(deck for deck in together.decks if Path(deck.place.file) in files)
    return Candidate(
        path.absolute(), decks, tuple(inventory(deck, library.agreed.get(deck.deck, ())) for deck in decks)
    )
