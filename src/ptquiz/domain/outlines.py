"""Outlines: what choosing needs to know of questions, so that those that are not asked are never read.

They are kept deck by deck. Of a deck that nothing is asked of, only its name and the number of its questions
are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import Protocol

from msgspec import Struct

from ptquiz.domain.questions import Level, QuestionId

MayRun = Callable[[str, Collection[str]], bool]
"""Tells whether all code with some fingerprints may run; the first argument is the deck."""


class Outline(Struct, frozen=True, array_like=True):
    """One question, without its words and its code."""

    id: QuestionId
    deck: str
    kind: str
    """As a deck file spells it."""
    level: Level
    follows: tuple[QuestionId, ...] = ()
    """Its follow-ups."""
    before: tuple[QuestionId, ...] = ()
    """The questions that it is a follow-up of."""
    needs_run: bool = False
    """Whether only a live run can say what is right."""
    fingerprint: str = ""
    """Of the code of a question that needs a run."""
    runs: bool = False
    """Whether judging it runs anything."""
    requires: str | None = None
    """The torch it is true for."""
    misconceptions: tuple[str, ...] = ()
    """Those that wrong answers to it can show."""


class DeckOutline(Protocol):
    """The outlines of one deck, or of some of its questions."""

    @property
    def deck(self) -> str:
        """Its id, which is the name of its topic."""

    @property
    def size(self) -> int:
        """How many questions it has."""

    @property
    def requires(self) -> Mapping[QuestionId, str]:
        """The requirements of the questions that have one."""

    @property
    def fingerprints(self) -> Collection[str]:
        """The fingerprints of the questions that need a run."""

    @property
    def ids(self) -> Collection[QuestionId]:
        """The ids in their order."""

    @property
    def rows(self) -> Mapping[QuestionId, Outline]:
        """The outlines by id, in their order."""


class InMemory(Struct, frozen=True, dict=True):
    """Outlines of one deck that are at hand."""

    deck: str
    rows: Mapping[QuestionId, Outline]

    @property
    def size(self) -> int:
        """How many questions it has."""
        return len(self.rows)

    @property
    def ids(self) -> Collection[QuestionId]:
        """The ids in their order."""
        return self.rows.keys()

    @cached_property
    def requires(self) -> Mapping[QuestionId, str]:
        """The requirements of the questions that have one."""
        return {id: row.requires for id, row in self.rows.items() if row.requires is not None}

    @cached_property
    def fingerprints(self) -> Collection[str]:
        """The fingerprints of the questions that need a run."""
        return tuple(row.fingerprint for row in self.rows.values() if row.needs_run)


class Outlines(Mapping[QuestionId, Outline]):
    """The outlines of questions by id, in the order of their decks."""

    def __init__(
        self,
        decks: Mapping[int, DeckOutline],
        find: Callable[[QuestionId], int | None],
        hidden: frozenset[QuestionId] = frozenset(),
    ) -> None:
        """Take numbered decks, what tells the number of a question's deck, and which questions to leave out."""
        self._decks = decks
        self._find = find
        self._hidden = hidden

    def __getitem__(self, id: QuestionId) -> Outline:
        deck = self._deck_of(id)
        if deck is None:
            raise KeyError(id)
        return deck.rows[id]

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._deck_of(id) is not None

    def __iter__(self) -> Iterator[QuestionId]:
        return self.not_in(frozenset())

    def __len__(self) -> int:
        return sum(deck.size for deck in self._decks.values()) - len(self._hidden)

    def read(self) -> dict[QuestionId, Outline]:
        """Read all of them."""
        return {id: row for deck in self._decks.values() for id, row in deck.rows.items() if id not in self._hidden}

    def topic_of(self, id: QuestionId) -> str | None:
        """Return the topic of a question; None for one that is not here."""
        deck = self._deck_of(id)
        return None if deck is None else deck.deck

    def of_topics(self, topics: Collection[str]) -> Outlines:
        """Return those of some topics."""
        chosen = {number: deck for number, deck in self._decks.items() if deck.deck in topics}
        hidden = frozenset(id for id in self._hidden if self._find(id) in chosen)
        return Outlines(chosen, self._find, hidden)

    def without(self, ids: Collection[QuestionId]) -> Outlines:
        """Return all but some, which have to be here."""
        return Outlines(self._decks, self._find, self._hidden.union(ids)) if ids else self

    def not_in(self, known: set[QuestionId] | frozenset[QuestionId]) -> Iterator[QuestionId]:
        """Yield the ids that are not among the known ones; a deck is looked at when its turn comes."""
        for deck in self._decks.values():
            # Most often every question of a deck is known, or none, which is quicker to find out than which.
            if not known or not known.issuperset(deck.ids):
                yield from (id for id in deck.ids if id not in known and id not in self._hidden)

    @property
    def requires(self) -> dict[QuestionId, str]:
        """The requirements of the questions that have one."""
        found = ((id, torch) for deck in self._decks.values() for id, torch in deck.requires.items())
        return {id: torch for id, torch in found if id not in self._hidden}

    def unjudged(self, may_run: MayRun) -> frozenset[QuestionId]:
        """Return the questions that only a run can judge, and whose code may not run."""
        return frozenset(
            row.id
            for deck in self._decks.values()
            if deck.fingerprints and not may_run(deck.deck, deck.fingerprints)
            for row in deck.rows.values()
            if row.needs_run and row.id not in self._hidden and not may_run(row.deck, (row.fingerprint,))
        )

    def _deck_of(self, id: QuestionId) -> DeckOutline | None:
        if id in self._hidden:
            return None
        number = self._find(id)
        return None if number is None else self._decks.get(number)


def in_memory(rows: Iterable[Outline]) -> Outlines:
    """Return outlines that are at hand, in the order in which they come."""
    decks: dict[int, DeckOutline] = {}
    numbers: dict[QuestionId, int] = {}
    for number, (deck, group) in enumerate(groupby(rows, key=lambda row: row.deck)):
        decks[number] = InMemory(deck, {row.id: row for row in group})
        numbers.update(dict.fromkeys(decks[number].rows, number))
    return Outlines(decks, numbers.get)


class Related(Mapping[QuestionId, Collection[QuestionId]]):
    """The siblings of each question that has any: a question and its follow-ups are siblings.

    The follow-ups of a follow-up are not: what hangs together in the end is a whole topic.
    """

    def __init__(self, outlines: Outlines) -> None:
        """Take the questions that count; a follow-up that is not among them is nobody's sibling."""
        self._outlines = outlines

    def __getitem__(self, id: QuestionId) -> Collection[QuestionId]:
        row = self._outlines[id]
        family = {member for root in (id, *row.before) for member in self._family(root)}
        if family <= {id}:
            raise KeyError(id)
        return family - {id}

    def __iter__(self) -> Iterator[QuestionId]:
        return (id for id in self._outlines if id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _family(self, root: QuestionId) -> Iterator[QuestionId]:
        row = self._outlines.get(root)
        if row is not None:
            yield root
            yield from (id for id in row.follows if id in self._outlines)
