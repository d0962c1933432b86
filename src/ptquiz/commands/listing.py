"""List the decks in use, and those that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ptquiz.banks.trust import snippets
from ptquiz.commands.library import Library
from ptquiz.domain.decks import Problem


@dataclass(frozen=True)
class DeckRow:
    """One deck in use."""

    deck: str
    title: str
    about: str
    language: str
    questions: int
    sections: int
    trusted: bool
    """Whether all of its code may run."""
    code: bool
    """Whether it has code at all."""
    built_in: bool
    file: str


@dataclass(frozen=True)
class BrokenRow:
    """A file that is no deck, and why."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Listing:
    """Every deck that is used or wanted."""

    decks: tuple[DeckRow, ...]
    broken: tuple[BrokenRow, ...]


def list_decks(library: Library) -> Listing:
    """List the decks of a library in their order."""
    rows = tuple(
        DeckRow(
            deck=deck.deck,
            title=deck.title,
            about=deck.about,
            language=deck.language,
            questions=len(deck.questions),
            sections=len(deck.explain),
            trusted=deck.deck in library.trusted,
            code=deck.deck in library.believed or any(True for _ in snippets(deck)),
            built_in=deck.deck in library.believed,
            file=str(Path(deck.place.file).absolute()),
        )
        for deck in library.collection.decks
    )
    broken = tuple(BrokenRow(str(reading.path), reading.problems) for reading in library.collection.broken)
    return Listing(rows, broken)
