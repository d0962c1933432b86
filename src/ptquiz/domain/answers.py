"""What a learner can answer."""

from __future__ import annotations

from msgspec import Struct


class Picked(Struct, frozen=True, tag="picked"):
    """Options, by their place in the deck (from 0), not on the screen."""

    options: tuple[int, ...]


class Claimed(Struct, frozen=True, tag="claimed"):
    """True or false."""

    truth: bool


class Typed(Struct, frozen=True, tag="typed"):
    """Text: an output, a number, a formula."""

    text: str


class Coded(Struct, frozen=True, tag="coded"):
    """Python code."""

    code: str


class Recalled(Struct, frozen=True, tag="recalled"):
    """A flashcard turned over."""


class GaveUp(Struct, frozen=True, tag="gave-up"):
    """The learner asked to see the answer."""


Answer = Picked | Claimed | Typed | Coded | Recalled | GaveUp
