"""Compose YAML text into nodes with positions; nothing is guessed, every scalar stays the text the author wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import yaml

from ptquiz.domain.decks import Problem
from ptquiz.domain.snippets import Place

Node: TypeAlias = yaml.nodes.Node

MAX_BYTES = 4 * 1024 * 1024
"""No deck is larger; a larger file is a mistake."""


class UnreadableError(Exception):
    """The file cannot be composed at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Refused(yaml.CBaseLoader):
    """A loader without implicit types, so that `no`, `1e-5`, `3.10` and `12:30` remain text."""


def place_of(node: Node, file: str) -> Place:
    """Return where a node begins."""
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)


def content_place(node: yaml.ScalarNode, file: str) -> Place:
    """Return where the text of a scalar begins: for a block scalar, the line below its `|`."""
    start = place_of(node, file)
    return Place(file, start.line + 1, 1) if node.style in ("|", ">") else start


def read_bytes(path: Path) -> bytes:
    """Read a deck file, or as much of it as shows that it is too large: a device never ends. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def decode_bytes(raw: bytes, file: str) -> str:
    """Decode a deck file, which must be UTF-8 and of a sane size.

    Raises UnreadableError with the line of the first bad byte.
    """
    if len(raw) > MAX_BYTES:
        raise UnreadableError(
            Problem(Place(file), f"the file has more than {MAX_BYTES:,} bytes, the most for a deck", "split the deck")
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        place = Place(file, before.count(b"\n") + 1, column)
        raise UnreadableError(
            Problem(place, f"byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        ) from None


def compose(text: str, file: str) -> Node:
    """Parse one YAML document into nodes.

    Raises UnreadableError for text that is not YAML, for several documents, and for anchors and aliases.
    """
    try:
        _refuse_aliases(text, file)
        node = yaml.compose(text, Loader=_Refused)
    except yaml.YAMLError as error:
        raise UnreadableError(_syntax_problem(error, text, file)) from None
    if node is None:
        raise UnreadableError(Problem(Place(file), "the file is empty", 'begin with "format: 1"'))
    return node


def _refuse_aliases(text: str, file: str) -> None:
    if "&" not in text and "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Refused):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            mark = event.start_mark
            place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
            raise UnreadableError(
                Problem(
                    place,
                    "anchors (&) and aliases (*) are not part of the deck language",
                    'quote the text if it begins with "&" or "*"',
                )
            )


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    match error:
        case yaml.MarkedYAMLError(problem=problem, context=context, problem_mark=mark):
            place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
            message = problem or context or "this is not YAML"
            return Problem(place, f"not valid YAML: {message}", _syntax_hint(message))
        case yaml.reader.ReaderError(reason=reason, character=character):
            bad = character if isinstance(character, int) else ord(character)
            before = text[: max(text.find(chr(bad)), 0)]
            place = Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
            return Problem(place, f"not valid YAML: {reason} (U+{bad:04X})", "remove the character")
        case _:
            return Problem(Place(file), f"not valid YAML: {error}")


def _syntax_hint(message: str) -> str:
    if "cannot start any token" in message or "tab" in message:
        return "indent with spaces, and quote text that begins with a sign"
    if "mapping values are not allowed" in message:
        return 'quote text that contains ": ", or write it below a "|"'
    if "did not find expected" in message:
        return "check the indentation of this line and the one above, and close every quote"
    if "but found another document" in message:
        return "one file is one deck: remove the ---"
    return ""
