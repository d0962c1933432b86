"""Change the text of a deck file in place, keeping its comments and layout."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from ptquiz.banks.nodes import Node, compose, decode_bytes, read_bytes
from ptquiz.files import replace_whole

Edit = tuple[int, int, str]
"""Replace the characters from the first offset up to the second."""


def with_ids(text: str, file: str) -> tuple[str, tuple[str, ...]]:
    """Give every question without an id one, made from the deck's id and its own words.

    Return the new text and the ids. Raises UnreadableError for text that is not YAML.
    """
    root = compose(text, file)
    questions = [node for node in _items(root, "questions") if isinstance(node, yaml.MappingNode)]
    taken = {_scalar(question, "id") for question in questions}
    edits: list[Edit] = []
    made: list[str] = []
    for question in questions:
        if _scalar(question, "id"):
            continue
        new = _free(_slug(_scalar(root, "deck"), _scalar(question, "ask")), taken)
        taken.add(new)
        made.append(new)
        offset = _offset(text, question.start_mark.line, question.start_mark.column)
        if question.flow_style:
            edits.append((offset + 1, offset + 1, f"id: {new}, "))
        else:
            edits.append((offset, offset, f"id: {new}\n{' ' * question.start_mark.column}"))
    return _edited(text, edits), tuple(made)


def with_shows(text: str, file: str, outputs: Mapping[int, str]) -> str:
    """Replace what sections say they show, by their place in `explain`, with what they printed."""
    edits: list[Edit] = []
    for place, section in enumerate(_items(compose(text, file), "explain")):
        if place not in outputs or not isinstance(section, yaml.MappingNode):
            continue
        for key, value in section.value:
            if key.value == "shows":
                start = _offset(text, value.start_mark.line, value.start_mark.column)
                end = _offset(text, value.end_mark.line, value.end_mark.column)
                # A text on its key's line stays there: a comment may follow it.
                is_block = value.style in ("|", ">")
                new = _block(outputs[place], key.start_mark.column + 2) if is_block else _quoted(outputs[place])
                edits.append((start, end, new))
    return _edited(text, edits)


def fix_ids(path: Path) -> tuple[str, ...]:
    """Write missing ids into a deck file; return them."""
    raw = read_bytes(path)
    new, made = with_ids(decode_bytes(raw, str(path)), str(path))
    if made:
        _replace(path, raw, new)
    return made


def update_shows(path: Path, outputs: Mapping[int, str]) -> bool:
    """Write new outputs into a deck file; return whether that changed it."""
    raw = read_bytes(path)
    text = decode_bytes(raw, str(path))
    new = with_shows(text, str(path), outputs)
    if new != text:
        _replace(path, raw, new)
    return new != text


def _replace(path: Path, raw: bytes, text: str) -> None:
    """Put a text in the place of a file's, at once: an author's work is never half written."""
    begins = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    replace_whole(path, begins + text.encode(), durable=True)


def _items(root: Node, name: str) -> list[Node]:
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == name and isinstance(value, yaml.SequenceNode):
            return list(value.value)
    return []


def _scalar(node: Node, name: str) -> str:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == name and isinstance(value, yaml.ScalarNode):
            return str(value.value).strip()
    return ""


def _slug(deck: str, words: str) -> str:
    short = "-".join(re.findall(r"[a-z0-9]+", words.lower())[:5])
    return "-".join(part for part in (deck, short) if part) or "question"


def _free(wanted: str, taken: set[str]) -> str:
    number = 2
    name = wanted
    while name in taken:
        name = f"{wanted}-{number}"
        number += 1
    return name


def _quoted(output: str) -> str:
    return json.dumps(output.rstrip("\n"), ensure_ascii=False)


def _block(output: str, indent: int) -> str:
    lines = output.rstrip("\n").split("\n")
    return "".join(["|\n", *(f"{' ' * indent}{line}\n" if line else "\n" for line in lines)])


def _offset(text: str, line: int, column: int) -> int:
    position = 0
    for _ in range(line):
        position = text.index("\n", position) + 1
    return position + column


def _edited(text: str, edits: list[Edit]) -> str:
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new.replace("\n", end_of_line) + text[end:]
    return text
