"""What every source of cards is read into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ptquiz.domain.questions import Level
from ptquiz.errors import BrokenDeckError

MAX_CARDS = 20_000
"""More cards are a collection and not a deck."""
MAX_FIELD = 100_000
"""Characters; a longer field is no text that somebody would learn."""


@dataclass(frozen=True)
class Card:
    """One card: a front, a back, and what stays the same when either is edited."""

    key: str
    """Identifies the card within its source, also after an edit where the source can tell."""
    front: str
    back: str
    explain: str = ""
    tags: tuple[str, ...] = ()
    id: str = ""
    """The id the question has in a deck of ours; empty when the source does not know."""
    level: Level = Level.ANSWER
    difficulty: int = 2


@dataclass(frozen=True)
class Stack:
    """The cards of one file, and a sentence on everything in it that is not among them."""

    title: str
    cards: tuple[Card, ...]
    left_out: tuple[str, ...] = ()


class Omissions:
    """Counts what is left out while a file is read."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, one: str, many: str, count: int = 1) -> None:
        """Note that something is left out, with its name for one and for several."""
        if count:
            self._counts[one, many] += count

    def sentences(self) -> tuple[str, ...]:
        """Return one sentence for each kind of thing."""
        return tuple(f"{n} {one if n == 1 else many}" for (one, many), n in self._counts.items())


class UnreadableCardsError(BrokenDeckError):
    """A file of cards cannot be read; the details say where and why."""

    def __init__(self, path: Path, *details: str) -> None:
        super().__init__(f"cannot import {path}", details=details)
