"""Find the messages in the source: what is given to words(), marked() and Notice()."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import ptquiz

SOURCE = Path(ptquiz.__file__).parent
FOLDERS = ("ui", "session", "cli")
TAKES_MESSAGE = {"words", "_words", "marked", "Notice"}


def messages() -> set[str]:
    """Return every message that the program shows in the learner's language."""
    return {message for folder in FOLDERS for file in (SOURCE / folder).rglob("*.py") for message in _of(file)}


def _of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(function, "value", None)
        owner_name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if name in TAKES_MESSAGE:
            yield from _texts(node.args[:1])
        elif name == "count" and owner_name in ("words", "_words"):
            yield from _texts(node.args[:2])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse])
        elif isinstance(node, ast.Name) and node.id == "undone":
            yield from ("undone: {about} is back, its rating is removed", "undone: {about} is back")
