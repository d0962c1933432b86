"""Count questions by topic, kind, level and difficulty, and what is proven, varied and translated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from ptquiz.domain.decks import Deck
from ptquiz.domain.judging.judge import runs
from ptquiz.domain.questions import CodeTask, Level, Question
from ptquiz.domain.translations import Translation

KINDS: tuple[str, ...] = tuple(str(cls.__struct_config__.tag) for cls in get_args(Question))
"""Every kind as a deck spells it, in the order of the language."""

DIFFICULTIES = range(1, 6)


@dataclass(frozen=True)
class Cell:
    """How many questions of one topic have one kind, one level and one difficulty."""

    topic: str
    kind: str
    level: Level
    difficulty: int
    questions: int


@dataclass(frozen=True)
class Missing:
    """What a topic has no question of."""

    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    difficulties: tuple[int, ...]


@dataclass(frozen=True)
class Summary:
    """One topic as a whole."""

    topic: str
    title: str
    questions: int
    kinds: int
    """How many of the kinds occur."""
    proven: int
    """Questions that a run decides."""
    families: int
    """Questions that vary."""
    tasks: int
    """Questions that are answered in code."""
    wrong: int
    """Wrong solutions that the checks of its tasks must reject."""
    sections: int
    """Of its explanation."""
    translated: dict[str, int]
    """Questions with words of their own, by language."""


@dataclass(frozen=True)
class Coverage:
    """All cells with a question, in the order of decks, kinds, levels and difficulties."""

    topics: tuple[str, ...]
    cells: tuple[Cell, ...]
    summaries: tuple[Summary, ...] = ()

    def count(
        self,
        *,
        topic: str | None = None,
        kind: str | None = None,
        level: Level | None = None,
        difficulty: int | None = None,
    ) -> int:
        """Count the questions that have everything that is named."""
        wanted = {"topic": topic, "kind": kind, "level": level, "difficulty": difficulty}
        named = {name: value for name, value in wanted.items() if value is not None}
        return sum(
            cell.questions for cell in self.cells if all(getattr(cell, name) == value for name, value in named.items())
        )

    def missing(self, topic: str) -> Missing:
        """Return the kinds, levels and difficulties of which a topic has no question."""
        return Missing(
            tuple(kind for kind in KINDS if not self.count(topic=topic, kind=kind)),
            tuple(level.value for level in Level if not self.count(topic=topic, level=level)),
            tuple(n for n in DIFFICULTIES if not self.count(topic=topic, difficulty=n)),
        )


def kind_of(question: Question) -> str:
    """Return the kind of a question as a deck spells it."""
    return str(question.__struct_config__.tag)


def cover(decks: Iterable[Deck], translations: Iterable[Translation] = ()) -> Coverage:
    """Count the questions of some decks."""
    texts = tuple(translations)
    listed = tuple(decks)
    order = {kind: place for place, kind in enumerate(KINDS)}
    levels = {level: place for place, level in enumerate(Level)}
    cells = []
    for deck in listed:
        counts = Counter((kind_of(q), q.level, q.difficulty) for q in deck.questions)
        ordered = sorted(counts, key=lambda key: (order[key[0]], levels[key[1]], key[2]))
        cells += [Cell(deck.deck, *key, counts[key]) for key in ordered]
    summaries = tuple(_summary(deck, [text for text in texts if text.translates == deck.deck]) for deck in listed)
    return Coverage(tuple(deck.deck for deck in listed), tuple(cells), summaries)


def _summary(deck: Deck, texts: list[Translation]) -> Summary:
    ids = {question.id for question in deck.questions}
    tasks = [question for question in deck.questions if isinstance(question, CodeTask)]
    return Summary(
        topic=deck.deck,
        title=deck.title,
        questions=len(ids),
        kinds=len({kind_of(question) for question in deck.questions}),
        proven=sum(runs(question) for question in deck.questions),
        families=sum(bool(question.vary) for question in deck.questions),
        tasks=len(tasks),
        wrong=sum(len(task.wrong) for task in tasks),
        sections=len(deck.explain),
        translated={text.language: len(ids & {question.id for question in text.questions}) for text in texts},
    )
