"""Names for the shell to complete, from the compiled decks alone: no deck is parsed, torch is not imported."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

BUDGET = 0.05
"""Seconds after which what was found has to do: somebody has pressed TAB and waits."""
MOST = 50
SHORTEST_ID = 2
"""Characters of an id before ids are offered: there are too many to list."""

Found = tuple[str, str]
"""A name and what the shell shows beside it."""


class _Question(msgspec.Struct):
    id: str


class _Deck(msgspec.Struct):
    deck: str
    title: str = ""
    questions: tuple[_Question, ...] = ()


class _Course(msgspec.Struct):
    course: str
    title: str = ""


class _Entry(msgspec.Struct):
    """What completion needs of an entry of the index; the rest is skipped."""

    deck: _Deck | None = None
    course: _Course | None = None


@dataclass(frozen=True)
class Names:
    """The names in the compiled decks, or, when there are none yet, of the decks that are shipped."""

    index: Path
    shipped: Path

    def topics(self, beginning: str) -> list[Found]:
        """Return the topics that begin so, with their titles."""
        found = {entry.deck.deck: entry.deck.title for entry in self._entries() if entry.deck}
        if not found:
            # By convention a shipped deck has the name of its file; translations have a second suffix.
            found = {file.stem: "" for file in sorted(self.shipped.glob("*.yaml")) if "." not in file.stem}
        return [(name, title) for name, title in sorted(found.items()) if name.startswith(beginning)]

    def questions(self, beginning: str) -> list[Found]:
        """Return the ids of questions that begin so, with their topics; none before the second character."""
        if len(beginning) < SHORTEST_ID:
            return []
        found = (
            (question.id, deck.deck)
            for deck in (entry.deck for entry in self._entries())
            if deck is not None
            for question in deck.questions
            if question.id.startswith(beginning)
        )
        return sorted({name: (name, topic) for name, topic in found}.values())[:MOST]

    def courses(self, beginning: str) -> list[Found]:
        """Return the courses that begin so, with their titles."""
        found = {entry.course.course: entry.course.title for entry in self._entries() if entry.course}
        return [(name, title) for name, title in sorted(found.items()) if name.startswith(beginning)]

    def _entries(self) -> Iterator[_Entry]:
        """Yield the compiled files until the time is up; one that cannot be read is left out."""
        end = time.monotonic() + BUDGET
        for file in sorted(self.index.glob("*.msgpack")):
            if time.monotonic() > end:
                return
            try:
                yield msgspec.msgpack.decode(file.read_bytes(), type=_Entry)
            except (OSError, msgspec.MsgspecError):
                continue
