"""What a learner can answer."""

from __future__ import annotations

from msgspec import Struct


class Picked(Struct, frozen=True):
    """Options, by their place in the deck (from 0), not on the screen."""

    options: tuple[int, ...]


class Claimed(Struct, frozen=True):
    """True or false."""

    truth: bool


class Typed(Struct, frozen=True):
    """Text: an output, a number, a formula."""

    text: str


class Filled(Struct, frozen=True):
    """One text a blank."""

    texts: tuple[str, ...]


class Explained(Struct, frozen=True):
    """An answer in the learner's own words."""

    text: str


class Ordered(Struct, frozen=True):
    """Steps in the learner's order, by their place in the deck (from 0)."""

    places: tuple[int, ...]


class Coded(Struct, frozen=True):
    """Python code."""

    code: str


class Recalled(Struct, frozen=True):
    """A flashcard turned over."""


class GaveUp(Struct, frozen=True):
    """The learner asked to see the answer."""


Answer = Picked | Claimed | Typed | Filled | Explained | Ordered | Coded | Recalled | GaveUp
