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


class Coded(Struct, frozen=True):
    """Python code."""

    code: str


class Recalled(Struct, frozen=True):
    """A flashcard turned over."""


class GaveUp(Struct, frozen=True):
    """The learner asked to see the answer."""


Answer = Picked | Claimed | Typed | Coded | Recalled | GaveUp
