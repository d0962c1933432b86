"""Families of questions: `${name}` in the text and the code stands for one of several values.

In a deck file `$${name}` is the text `${name}` itself. The domain keeps that spelling in families, which
are filled in before they are shown; whatever has no `vary` is literal already when it has been read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct, structs

from ptquiz.domain.digests import blake2b
from ptquiz.domain.questions import Question

PLACEHOLDER = re.compile(r"(\$?)\$\{(\w+)\}")
"""With a dollar before it, it stands for itself."""
LOOKS_LIKE_ONE = re.compile(r"\$\{\w+\}")
ESCAPED = "$${"
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


def first_member(question: T) -> T:
    """Return the member of a family that has the first of all values."""
    vary: Mapping[str, tuple[str, ...]] = getattr(question, "vary", {})
    return fill_in(question, {name: values[0] for name, values in vary.items()})


def fill_in(thing: T, values: Mapping[str, str]) -> T:
    """Replace the placeholders in every text and snippet of a family; unknown names stay as they are.

    What has no values is no family, and is returned as it is.
    """
    return _filled(thing, values) if values else thing


def literal(thing: T) -> T:
    """Return what a file spells `$${name}` as the text that is meant."""
    return _filled(thing, {})


def escaped(thing: T) -> T:
    """Return a literal text as a file spells it; the opposite of `literal`."""
    spelled: T = _mapped(thing, lambda text: LOOKS_LIKE_ONE.sub(r"$\g<0>", text))
    return spelled


def _filled(thing: T, values: Mapping[str, str]) -> T:
    def value(match: re.Match[str]) -> str:
        return f"${{{match[2]}}}" if match[1] else values.get(match[2], match[0])

    filled: T = _mapped(thing, lambda text: PLACEHOLDER.sub(value, text))
    return filled


def _mapped(thing: Any, change: Callable[[str], str]) -> Any:
    """Change every text of a thing but its names."""
    if type(thing) is str:  # an enumeration is a str, too, and has no placeholders
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(_mapped(item, change) for item in thing)
    if isinstance(thing, Struct):
        fields = {name: getattr(thing, name) for name in thing.__struct_fields__ if name not in ("vary", "id", "place")}
        return structs.replace(thing, **{name: _mapped(value, change) for name, value in fields.items()})
    return thing


def names_in(thing: object) -> set[str]:
    """Return the names of all placeholders in a thing."""
    if type(thing) is str:
        return {name for escape, name in PLACEHOLDER.findall(thing) if not escape}
    if isinstance(thing, tuple):
        return {name for item in thing for name in names_in(item)}
    if isinstance(thing, Struct):
        return {name for field in thing.__struct_fields__ for name in names_in(getattr(thing, field))}
    return set()
