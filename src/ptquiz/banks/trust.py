"""What somebody should know before a stranger's deck may run its code, and what a yes is bound to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.digests import blake2b
from ptquiz.domain.questions import Question, QuestionBase
from ptquiz.domain.snippets import Place, Snippet

TOUCHY_BUILTINS = frozenset({"open", "exec", "eval", "compile", "__import__"})
"""Builtins that touch files or run text as code."""

TOUCHY_ATTRIBUTES = frozenset({
    "system", "popen", "remove", "rmtree", "unlink", "rename", "socket", "urlopen", "urlretrieve",
    "connect", "environ", "getenv", "fork", "kill", "Popen", "check_output", "load", "import_module",
    "hub", "write_text", "write_bytes", "read_text", "read_bytes", "execv", "execve", "spawn",
})  # fmt: skip
"""Attributes that touch files, the network or other programs; `model.eval` is not among them."""

PROSE = frozenset({
    "id", "deck", "place", "title", "about", "rank", "language", "level", "difficulty", "tags", "ask", "explain",
    "text", "why", "shows", "name", "unit", "hints", "source", "follows", "aliases", "requires", "misconception",
    "right", "points", "survivors",
})  # fmt: skip
"""Fields that are shown and never run. Any other text of a question may end up in code, and is bound by consent."""

PLACEHOLDER = re.compile(r"\$?\$\{\w+\}|\{\{\d+\}\}")
"""What stands in code for a value or a blank."""


class Unit(Struct, frozen=True):
    """A question or a section whose code runs, and the fingerprint that consent to it is bound to."""

    name: str
    place: Place
    fingerprint: str
    """Changes whenever anything that it may run changes, the deck's setup included."""


class Inventory(Struct, frozen=True):
    """What the code of a deck contains, of which the user has agreed to a part."""

    snippets: int
    imports: tuple[str, ...]
    touchy: tuple[str, ...]
    fingerprint: str
    """Changes whenever any snippet changes."""
    units: tuple[Unit, ...] = ()
    fresh: tuple[Unit, ...] = ()
    """Those that the user has not agreed to, or that changed since."""


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


def inventory(deck: Deck, agreed: Iterable[str] = ()) -> Inventory:
    """List what a deck's code imports and which touchy names it uses, and what of it is not agreed to yet."""
    known = frozenset(agreed)
    codes = {code for part in (deck.setup, *deck.explain, *deck.questions) for code in _runnable(part)}
    imports, touchy = _uses(codes)
    found = tuple(units(deck))
    digest = _digest(unit.fingerprint for unit in found)
    fresh = tuple(unit for unit in found if unit.fingerprint not in known)
    count = len({snippet.code for snippet in snippets(deck)})
    return Inventory(count, tuple(sorted(imports)), tuple(sorted(touchy)), digest, found, fresh)


def units(deck: Deck) -> Iterator[Unit]:
    """Yield the sections and questions of a deck whose code runs."""
    for section in deck.explain:
        if section.run is not None:
            yield Unit(section.title, section.run.place, section_fingerprint(section, deck))
    for question in deck.questions:
        if next(snippets(question), None) is not None:
            yield Unit(question.id, question.place, question_fingerprint(question))


def question_fingerprint(question: Question) -> str:
    """Fingerprint everything that a question may run; the deck's setup is part of the question's."""
    return _digest((question.deck, *_runnable(question)))


def section_fingerprint(section: Section, deck: Deck) -> str:
    """Fingerprint everything that a section may run."""
    return _digest((deck.deck, *_runnable(deck.setup), *_runnable(section)))


def _runnable(thing: object) -> list[str]:
    """List every text that may become code, in the order of the fields."""
    found: list[str] = []
    _collect(thing, found)
    return found


def _collect(thing: object, found: list[str]) -> None:
    match thing:
        case Snippet():
            found.append(thing.code)
        case str():
            found.append(thing)
        case tuple():
            for item in thing:
                _collect(item, found)
        case dict():
            for name, values in thing.items():
                found.append(name)
                _collect(values, found)
        case Struct():
            for name in _may_run(type(thing)):
                value = getattr(thing, name)
                if value:
                    _collect(value, found)


@cache
def _may_run(cls: type[Struct]) -> tuple[str, ...]:
    """List the fields of a type that may become code."""
    # The answer of a question is shown; that of a blank is filled into code.
    shown = PROSE | {"answer"} if issubclass(cls, QuestionBase) else PROSE
    return tuple(name for name in cls.__struct_fields__ if name not in shown)


def _digest(parts: Iterable[str]) -> str:
    digest = blake2b(digest_size=12)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.hexdigest()


def _uses(codes: Iterable[str]) -> tuple[set[str], set[str]]:
    imports: set[str] = set()
    touchy: set[str] = set()
    for code in codes:
        tree = _parsed(code)
        if tree is None:
            words = set(re.findall(r"\w+", code))
            imports.update(re.findall(r"\b(?:import|from)\s+(\w+)", code))
            touchy |= words & (TOUCHY_BUILTINS | TOUCHY_ATTRIBUTES)
            continue
        for node in ast.walk(tree):
            match node:
                case ast.Import(names=names):
                    imports.update(alias.name.split(".")[0] for alias in names)
                case ast.ImportFrom(module=str() as module, names=names):
                    imports.add(module.split(".")[0])
                    touchy.update(alias.name for alias in names if alias.name in TOUCHY_ATTRIBUTES)
                case ast.Name(id=name) if name in TOUCHY_BUILTINS:
                    touchy.add(name)
                case ast.Attribute(attr=name) if name in TOUCHY_ATTRIBUTES:
                    touchy.add(name)
    return imports, touchy


def _parsed(code: str) -> ast.AST | None:
    """Parse code with its blanks and placeholders filled; None for what is no Python by itself."""
    try:
        return ast.parse(PLACEHOLDER.sub("_", code).strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
