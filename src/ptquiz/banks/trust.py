"""What somebody should know before a stranger's deck may run its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from hashlib import blake2b

from msgspec import Struct

from ptquiz.domain.decks import Deck
from ptquiz.domain.snippets import Snippet

TOUCHY_BUILTINS = frozenset({"open", "exec", "eval", "compile", "__import__"})
"""Builtins that touch files or run text as code."""

TOUCHY_ATTRIBUTES = frozenset({
    "system", "popen", "remove", "rmtree", "unlink", "rename", "socket", "urlopen",
    "connect", "environ", "getenv", "fork", "kill", "Popen", "check_output", "load",
    "hub",
})  # fmt: skip
"""Attributes that touch files, the network or other programs; `model.eval` is not among them."""


class Inventory(Struct, frozen=True):
    """What a deck's code contains."""

    snippets: int
    imports: tuple[str, ...]
    touchy: tuple[str, ...]
    fingerprint: str
    """Changes whenever any snippet changes."""


def snippets(thing: object) -> Iterator[Snippet]:
    """Yield every snippet in a deck, a question, or a part of one."""
    if isinstance(thing, Snippet):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from snippets(item)
    elif isinstance(thing, Struct):
        for name in thing.__struct_fields__:
            yield from snippets(getattr(thing, name))


def inventory(deck: Deck) -> Inventory:
    """List what a deck's code imports and which touchy names it uses."""
    codes = sorted({snippet.code for snippet in snippets(deck)})
    imports: set[str] = set()
    touchy: set[str] = set()
    for code in codes:
        for node in ast.walk(ast.parse(code.strip())):
            match node:
                case ast.Import(names=names):
                    imports.update(alias.name.split(".")[0] for alias in names)
                case ast.ImportFrom(module=str() as module):
                    imports.add(module.split(".")[0])
                case ast.Name(id=name) if name in TOUCHY_BUILTINS:
                    touchy.add(name)
                case ast.Attribute(attr=name) if name in TOUCHY_ATTRIBUTES:
                    touchy.add(name)
    digest = blake2b("\x00".join(codes).encode(), digest_size=12).hexdigest()
    return Inventory(len(codes), tuple(sorted(imports)), tuple(sorted(touchy)), digest)
