"""Families of questions: `${name}` in the text and the code stands for one of several values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, TypeVar

from msgspec import Struct, structs

from ptquiz.domain.questions import Question

PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
MOST = 32
"""So many members of a family are proven; of a larger one, this many drawn ones."""

T = TypeVar("T")


def drawn(question: Question, repetition: int) -> Question:
    """Return the member of a family that is asked at a repetition, always the same one."""
    return fill_in(question, _values(question, repetition))


def _values(question: Question, repetition: int) -> dict[str, str]:
    return {name: _pick(options, f"{question.id}:{name}:{repetition}") for name, options in question.vary.items()}


def _pick(options: tuple[str, ...], seed: str) -> str:
    return options[int.from_bytes(blake2b(seed.encode(), digest_size=8).digest(), "big") % len(options)]


def members(question: Question) -> Iterator[tuple[Mapping[str, str], Question]]:
    """Yield the members of a family with their values: every one, or MOST drawn ones.

    A question without `vary` is its only member.
    """
    names = tuple(question.vary)
    chosen = list(itertools.islice(itertools.product(*question.vary.values()), MOST + 1))
    combinations = (dict(zip(names, values, strict=True)) for values in chosen)
    if len(chosen) > MOST:
        combinations = (_values(question, repetition) for repetition in range(MOST))
    for values in combinations:
        yield values, fill_in(question, values)


def fill_in(thing: T, values: Mapping[str, str]) -> T:
    """Replace the placeholders in every text and snippet of a thing; unknown names stay as they are."""
    if not values:
        return thing
    filled: T = _filled(thing, values)
    return filled


def _filled(thing: Any, values: Mapping[str, str]) -> Any:
    if type(thing) is str:  # an enumeration is a str, too, and has no placeholders
        return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), thing)
    if isinstance(thing, tuple):
        return tuple(_filled(item, values) for item in thing)
    if isinstance(thing, Struct):
        fields = {name: getattr(thing, name) for name in thing.__struct_fields__ if name not in ("vary", "id", "place")}
        return structs.replace(thing, **{name: _filled(value, values) for name, value in fields.items()})
    return thing


def names_in(thing: object) -> set[str]:
    """Return the names of all placeholders in a thing."""
    if type(thing) is str:
        return set(PLACEHOLDER.findall(thing))
    if isinstance(thing, tuple):
        return {name for item in thing for name in names_in(item)}
    if isinstance(thing, Struct):
        return {name for field in thing.__struct_fields__ for name in names_in(getattr(thing, field))}
    return set()
