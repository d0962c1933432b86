"""Names for the shell to complete, from the compiled decks alone: no deck is parsed, torch is not imported."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ptquiz.banks.head import SUFFIX, Head, read_head, words_in

BUDGET = 0.05
"""Seconds after which what was found has to do: somebody has pressed TAB and waits."""
MOST = 50
SHORTEST_ID = 2
"""Characters of an id before ids are offered: there are too many to list."""

Found = tuple[str, str]
"""A name and what the shell shows beside it."""


@dataclass(frozen=True)
class Names:
    """The names in the compiled decks, or, when there are none yet, of the decks that are shipped."""

    index: Path
    shipped: Path

    def topics(self, beginning: str) -> list[Found]:
        """Return the topics that begin so, with their titles."""
        found = {deck.deck: deck.title for head, _ in self._heads() for deck in head.decks}
        if not found:
            # By convention a shipped deck has the name of its file; translations have a second suffix.
            found = {file.stem: "" for file in sorted(self.shipped.glob("*.yaml")) if "." not in file.stem}
        return [(name, title) for name, title in sorted(found.items()) if name.startswith(beginning)]

    def questions(self, beginning: str) -> list[Found]:
        """Return the ids of questions that begin so, with their topics; none before the second character."""
        if len(beginning) < SHORTEST_ID:
            return []
        found: dict[str, str] = {}
        with suppress(ValueError):  # a damaged file: what was found has to do
            for head, body in self._heads():
                for deck in head.decks:
                    found.update((id, deck.deck) for id in words_in(body, deck.ids) if id.startswith(beginning))
        return sorted(found.items())[:MOST]

    def courses(self, beginning: str) -> list[Found]:
        """Return the courses that begin so, with their titles."""
        found = {course.course: course.title for head, _ in self._heads() for course in head.courses}
        return [(name, title) for name, title in sorted(found.items()) if name.startswith(beginning)]

    def _heads(self) -> Iterator[tuple[Head, memoryview]]:
        """Yield what decks in use hold together until the time is up; a file that cannot be read is left out."""
        end = time.monotonic() + BUDGET
        for file in sorted(self.index.glob(f"*{SUFFIX}")):
            if time.monotonic() > end:
                return
            read = read_head(file)
            if read is not None:
                yield read
