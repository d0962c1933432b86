"""Change the list of the user's own decks: begin one, take one off, allow its code or not."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from ptquiz.banks.collection import Collection
from ptquiz.banks.registry import OwnDeck, Registry
from ptquiz.banks.template import fill_template
from ptquiz.commands.library import Candidate, Library, Read, examine
from ptquiz.commands.suggesting import meant
from ptquiz.domain.decks import Deck
from ptquiz.errors import EnvironmentProblem, UsageError, said

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Target:
    """What the user named: something that was added, and the one deck of it that is meant, or all."""

    entry: OwnDeck
    deck: Deck | None
    """None when the whole entry is meant."""

    @property
    def path(self) -> Path:
        """What was added: a file or a folder."""
        return Path(self.entry.path)


def create(name: str, folder: Path, taken: Sequence[str]) -> Path:
    """Write a new deck from the template and return its path; `taken` are the ids of the decks in use.

    Raises UsageError for a name that cannot be a deck's, that is taken, or whose file exists.
    """
    named = Path(name)
    path = folder / (named if named.suffix in (".yaml", ".yml") else f"{named}.yaml")
    id_ = path.stem
    if not IDENTIFIER.fullmatch(id_):
        better = "-".join(re.findall(r"[a-z0-9]+", id_.lower())) or "my-deck"
        raise UsageError(
            said('"{name}" cannot be the name of a deck', name=id_),
            details=("a name is lower-case words and digits joined by hyphens", f"ptquiz deck new {better}"),
        )
    if id_ in taken:
        raise UsageError(
            said('there is a deck "{name}" already', name=id_), details=("ptquiz deck list shows the decks in use",)
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(fill_template(id_))
    except FileExistsError:
        raise UsageError(
            said("{file} exists", file=path), details=("choose another name, or edit that file",)
        ) from None
    except OSError as error:
        raise EnvironmentProblem(said("cannot write {file}: {reason}", file=path, reason=error.strerror)) from None
    return path


def find_deck(collection: Collection, named: str) -> Deck:
    """Find a deck in use by its id. Raises UsageError with a suggestion for an unknown one."""
    if deck := collection.deck(named):
        return deck
    suggested = meant(named, (head.deck for head in collection.heads))
    raise UsageError(
        said('there is no deck "{name}".{meant}', name=named, meant=suggested),
        details=("ptquiz deck list shows the decks in use",),
    )


def find_own(named: str, registry: Registry, library: Library) -> Target:
    """Find what the user added by its path or by the id of a deck.

    Raises UsageError for a deck that is built in or was never added.
    """
    entries = registry.decks()
    for entry in entries:
        if Path(entry.path) in (Path(named).absolute(), _resolved(named)):
            return Target(entry, None)
    deck = library.collection.deck(named)
    if deck is None:
        raise _unknown(named, entries, library)
    file = Path(deck.place.file)
    for entry in entries:
        if file.is_relative_to(entry.path):
            return Target(entry, deck if file != Path(entry.path) else None)
    raise UsageError(
        said('"{name}" is built in', name=named), details=("only your own decks can be removed, trusted or untrusted",)
    )


def _resolved(named: str) -> Path:
    """Return where a path leads, whatever stands in it: a home of nobody, links in a circle."""
    return Path(os.path.realpath(os.path.expanduser(named)))  # noqa: PTH111 - that of pathlib raises


def _unknown(named: str, entries: Sequence[OwnDeck], library: Library) -> UsageError:
    if Path(named).exists():
        return UsageError(said("{name} was not added", name=named), details=(f"ptquiz deck add {named}",))
    own = [deck.deck for deck in library.collection.decks if deck.deck not in library.believed]
    suggested = meant(named, [*own, *(entry.path for entry in entries)])
    return UsageError(
        said('you have no deck "{name}".{meant}', name=named, meant=suggested),
        details=("ptquiz deck list shows the decks in use",),
    )


@dataclass(frozen=True)
class Removed:
    """What was taken off the list."""

    path: Path
    decks: tuple[str, ...]
    """Their ids, as far as they could be read."""
    reviewed: int
    """How many of their questions have a history, which is kept."""


def remove(target: Target, registry: Registry, library: Library, states: Mapping[str, object]) -> Removed:
    """Take a deck off the list; its file and the history of its questions stay.

    Raises UsageError for one deck of a folder that was added as a whole.
    """
    decks = [deck for deck in library.collection.decks if Path(deck.place.file).is_relative_to(target.path)]
    if target.deck is not None and len(decks) > 1:
        raise UsageError(
            said('"{deck}" belongs to {file}, which was added as a whole', deck=target.deck.deck, file=target.path),
            details=(said("ptquiz deck remove {file} removes all {n} decks of it", file=target.path, n=len(decks)),),
        )
    registry.remove(target.path)
    reviewed = sum(question.id in states for deck in decks for question in deck.questions)
    return Removed(target.path, tuple(deck.deck for deck in decks), reviewed)


def consider(target: Target, read: Read, library: Library) -> Candidate:
    """Read again what the user may trust.

    Raises BrokenDeckError for decks that cannot be read, UsageError when the file is gone.
    """
    candidate = examine(target.path, read, library)
    if target.deck is None:
        return candidate
    pairs = zip(candidate.decks, candidate.inventories, strict=True)
    chosen = [(deck, seen) for deck, seen in pairs if deck.deck == target.deck.deck]
    return structs.replace(candidate, decks=tuple(d for d, _ in chosen), inventories=tuple(seen for _, seen in chosen))


def trust(candidate: Candidate, registry: Registry) -> None:
    """Let the code of decks run, as it is now."""
    registry.put(candidate.path, _agreed(candidate.path, registry) | dict(candidate.consent))


def untrust(target: Target, registry: Registry) -> None:
    """Let nothing of a deck, or of all that was added with it, run any more."""
    agreed = _agreed(target.path, registry) if target.deck is not None else {}
    kept = {id_: prints for id_, prints in agreed.items() if target.deck is None or id_ != target.deck.deck}
    registry.put(target.path, kept)


def add(candidate: Candidate, registry: Registry, *, trusted: bool | None) -> None:
    """Put decks on the list; without a decision, what was agreed before stays."""
    if trusted:
        trust(candidate, registry)
    else:
        registry.put(candidate.path, {} if trusted is False else _agreed(candidate.path, registry))


def _agreed(path: Path, registry: Registry) -> dict[str, tuple[str, ...]]:
    entry = registry.entry(path)
    return dict(entry.agreed) if entry else {}
