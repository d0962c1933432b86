"""Decks and questions as plain data: the keys and values that a deck file would have."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TypeAlias

from msgspec import NODEFAULT, Meta, Struct, structs

from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.questions import FILLED, Question
from ptquiz.domain.snippets import Snippet
from ptquiz.domain.variants import escaped

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain]"

FIRST = ("id", "kind", "level", "difficulty", "tags", "requires", "vary", "setup", "ask", "code")
LAST = ("hints", "explain", "source", "follows", "aliases", "seconds")
"""The order of keys that a reader expects; what belongs to one kind only stands between."""


def plain_question(question: Question, deck_setup: Snippet | None = None) -> dict[str, Plain]:
    """Return the keys of a question; what the deck's setup adds to its own is left away."""
    if deck_setup is not None and question.setup[:1] == (deck_setup,):
        question = structs.replace(question, setup=question.setup[1:])
    keys = _keys(question if question.vary else escaped(question))
    order = {**dict.fromkeys(FIRST), **dict.fromkeys(key for key in keys if key not in LAST), **dict.fromkeys(LAST)}
    return {key: keys[key] for key in order if key in keys}


def plain_section(section: Section) -> dict[str, Plain]:
    """Return the keys of a section."""
    return _keys(_spelled(section))


def plain_deck(deck: Deck) -> dict[str, Plain]:
    """Return the keys of a deck."""
    questions: list[Plain] = [plain_question(question, deck.setup) for question in deck.questions]
    return plain_head(deck) | {"questions": questions}


def plain_head(deck: Deck) -> dict[str, Plain]:
    """Return the keys of a deck without its questions."""
    keys = _keys(structs.replace(deck, questions=(), explain=tuple(map(_spelled, deck.explain))))
    return {key: value for key, value in keys.items() if key != "questions"}


def _spelled(section: Section) -> Section:
    return section if section.vary else escaped(section)


def _keys(thing: Struct) -> dict[str, Plain]:
    """Return the fields that are required or differ from their default."""
    config = thing.__struct_config__
    keys: dict[str, Plain] = {config.tag_field: str(config.tag)} if config.tag_field else {}
    for name, default in _written(type(thing)):
        value = getattr(thing, name)
        if value is not None and (default is NODEFAULT or value != default):
            keys[name] = _plain(value)
    return keys


@cache
def _written(type_: type[Struct]) -> tuple[tuple[str, object], ...]:
    """Return the fields that are keys of the deck language, each with its default."""
    return tuple(
        (field.name, field.default_factory() if callable(field.default_factory) else field.default)
        for field in structs.fields(type_)
        if not any(isinstance(note, Meta) and note.extra == FILLED for note in getattr(field.type, "__metadata__", ()))
    )


def _plain(value: object) -> Plain:
    match value:
        case Snippet(code=code):
            return code
        case Struct():
            return _keys(value)
        case Enum():
            return str(value.value)
        case tuple():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case str() | int() | float():
            return value
        case _:
            raise AssertionError(f"the deck language has no {type(value).__name__}")
