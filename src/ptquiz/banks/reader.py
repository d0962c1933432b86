"""Read one deck file into a Deck, or into every problem it has."""

from __future__ import annotations

from pathlib import Path

import yaml
from msgspec import structs

from ptquiz.banks.decode import Decoder
from ptquiz.banks.nodes import Node, UnreadableError, compose, decode_bytes, place_of, read_bytes
from ptquiz.banks.reading import Reading
from ptquiz.banks.rules import apply_rules
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.questions import Question
from ptquiz.domain.snippets import Place
from ptquiz.domain.translations import Translation
from ptquiz.domain.variants import ESCAPED, literal

FORMAT = 1
"""The newest deck format this program reads."""


def read_deck(path: Path) -> Reading:
    """Read a deck file; problems are returned, not raised."""
    try:
        raw = read_bytes(path)
    except OSError as error:
        return Reading(path, problems=(Problem(Place(str(path)), f"cannot be read: {error.strerror}"),))
    return parse_deck(raw, path)


def parse_deck(raw: bytes, path: Path) -> Reading:
    """Decode and check the bytes of a deck file."""
    file = str(path)
    try:
        text = decode_bytes(raw, file)
    except UnreadableError as error:
        return Reading(path, problems=(error.problem,))
    lines = tuple(text.splitlines())
    try:
        node = compose(text, file)
    except UnreadableError as error:
        return Reading(path, problems=(error.problem,), lines=lines)
    decoder = Decoder(file, lines)
    if newer := _newer_format(node, decoder):
        return Reading(path, problems=(newer,), lines=lines)
    if _has_key(node, "translates"):
        translation: Translation | None = decoder.decode(node, Translation)
        return Reading(path, translation=translation, problems=_sorted(decoder.problems), lines=lines)
    if _has_key(node, "course"):
        course: Course | None = decoder.decode(node, Course)
        return Reading(path, course=course, problems=_sorted(decoder.problems), lines=lines)
    deck: Deck | None = decoder.decode(node, Deck)
    if deck is not None:
        apply_rules(deck, decoder)
    if deck is None or decoder.problems:
        return Reading(path, problems=_sorted(decoder.problems), lines=lines)
    return Reading(path, deck=_finished(_literal(deck) if ESCAPED in text else deck), lines=lines)


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.place))


def _has_key(node: Node, name: str) -> bool:
    """Tell what kind of file it is: its kind is said by a key that only this kind has."""
    return isinstance(node, yaml.MappingNode) and any(key.value == name for key, _ in node.value)


def _newer_format(node: Node, decoder: Decoder) -> Problem | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    for key, value in node.value:
        if key.value == "format" and isinstance(value, yaml.ScalarNode) and value.value.isdecimal():
            if int(value.value) <= FORMAT:
                return None
            return Problem(
                place_of(value, decoder.file),
                f"this deck has format {value.value}; this ptquiz reads up to format {FORMAT}",
                "upgrade ptquiz: pip install --upgrade ptquiz",
            )
    return None


def _literal(deck: Deck) -> Deck:
    """Turn `$${name}` into the text it stands for, wherever no family does so later."""
    return structs.replace(
        deck,
        explain=tuple(section if section.vary else literal(section) for section in deck.explain),
        questions=tuple(question if question.vary else literal(question) for question in deck.questions),
    )


def _finished(deck: Deck) -> Deck:
    """Give each question its deck's id and setup."""

    def finish(question: Question) -> Question:
        setup = (deck.setup, *question.setup) if deck.setup else question.setup
        finished: Question = structs.replace(question, deck=deck.deck, setup=setup)
        return finished

    return structs.replace(deck, questions=tuple(finish(question) for question in deck.questions))
