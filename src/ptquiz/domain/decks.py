"""A deck: one topic, its explanation and its questions; and what can be wrong with one."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ptquiz.domain.questions import FILLED, Identifier, Level, Needs, Question
from ptquiz.domain.snippets import Place, Snippet


class Section(Struct, frozen=True, kw_only=True):
    """One rung of an explanation."""

    level: Level
    title: str
    """Its heading."""
    text: str
    """What it teaches."""
    run: Snippet | None = None
    """Executed while the reader reads; its output is shown below."""
    shows: str | None = None
    """The output that `run` must have."""
    vary: dict[str, Annotated[tuple[str, ...], Meta(min_length=1)]] = {}
    """Values the reader can change: `${name}` stands for the first, or for what `--set name=...` says."""
    source: str | None = None
    """A dotted name in torch whose installed code is shown."""
    requires: str | None = None
    """The torch that `run` and `source` need: `torch>=2.4`."""
    needs: Needs | None = None
    """What `run` needs beyond what every snippet may do: `workers` lets it start processes."""


class Deck(Struct, frozen=True, kw_only=True):
    """One deck file. `topic` is what the user types after `explain` and `--topic`."""

    format: Literal[1]
    """The version of the deck language."""
    deck: Identifier
    """The deck's id, and the name of its topic."""
    title: str
    """Its name for people."""
    about: str = ""
    """One line for lists."""
    rank: Annotated[int, Meta(ge=1, le=1000)] = 500
    """Decks with a lower rank come first, where new questions are chosen and decks are listed."""
    language: Literal["en", "zh"] = "en"
    """The language of its texts."""
    setup: Snippet | None = None
    """Runs before every snippet of the deck; not shown."""
    explain: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()
    """The questions, in the order in which new ones are asked."""
    place: Annotated[Place, Meta(extra=FILLED)] = Place()


class Problem(Struct, frozen=True):
    """Something an author must mend: where, what, and how."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
