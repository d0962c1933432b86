"""Find the messages in the source: what is given to words(), marked(), said(), Notice() and to errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import ptquiz
from ptquiz.cli.misuse import SENTENCES
from ptquiz.commands.config import SETTINGS, Source
from ptquiz.errors import PtquizError
from ptquiz.paths import user_paths


def subclasses(kind: type[PtquizError]) -> Iterator[type[PtquizError]]:
    """Yield what inherits from a class, however far."""
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


SOURCE = Path(ptquiz.__file__).parent
ENGLISH_ONLY = ("pytest_plugin.py",)
"""What speaks to pytest."""

TAKES_MESSAGE = {"words", "_words", "marked", "noted", "said", "Message", "Notice", "narrate", "tell"}
ERRORS = {PtquizError.__name__, *(kind.__name__ for kind in subclasses(PtquizError))}
COMMANDS = ("ptquiz ", "pip ", "mv ")
"""How a line begins that is nothing but a command; it is the same in every language."""


def sources() -> Iterator[Path]:
    """Yield every file that may hold a message."""
    return (file for file in SOURCE.rglob("*.py") if not set(file.relative_to(SOURCE).parts) & set(ENGLISH_ONLY))


def messages() -> set[str]:
    """Return every message that the program shows in the learner's language."""
    found = {message for file in sources() for message in _of(file)} - {"", " "}
    listed = {
        *(sentence for _, sentence in SENTENCES),
        *(setting.about for setting in SETTINGS),
        *(source.value for source in Source),
        *(about for _, about in user_paths({}).places().values()),
    }
    return found | listed


def untranslatable() -> list[str]:
    """Return where an error is made of a text with values in it, which no table can hold."""
    found = []
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS:
                found += [f"{file}:{text.lineno}" for text in _said_by(node) if isinstance(text, ast.JoinedStr)]
    return found


def _said_by(error: ast.Call) -> Iterator[ast.expr]:
    """Yield the message of an error and its details, without those that are only commands."""
    yield from error.args[:1]
    for keyword in error.keywords:
        if keyword.arg == "details" and isinstance(keyword.value, ast.Tuple):
            yield from _advice(keyword.value)


def _advice(details: ast.Tuple) -> Iterator[ast.expr]:
    return (text for text in details.elts if not _is_command(text))


def _is_command(text: ast.expr) -> bool:
    match text:
        case ast.JoinedStr(values=[ast.Constant(value=str() as first), *_]):
            return first.startswith(COMMANDS)
        case ast.Constant(value=str() as whole):
            return whole.startswith("pip ")
        case _:
            return False


def _of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and _named(node) == "details":
            yield from _texts(list(_advice(node.value)))
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(function, "value", None)
        owner_name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if name in TAKES_MESSAGE:
            yield from _texts(node.args[:1])
        elif name in ERRORS:
            yield from _texts(list(_said_by(node)))
        elif name == "count" and owner_name in ("words", "_words"):
            yield from _texts(node.args[:2])


def _named(assigned: ast.Assign) -> str:
    return getattr(assigned.targets[0], "id", "")


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse])
        elif isinstance(node, ast.Name) and node.id == "undone":
            yield from ("undone: {about} is back, its rating is removed", "undone: {about} is back")
