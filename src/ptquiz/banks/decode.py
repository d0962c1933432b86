"""Turn composed nodes into the types of the deck language, collecting every problem with its position.

The types say everything: keys, required or not, ranges, patterns, closed unions. msgspec's own decoder
stops at the first problem and knows no positions, so it describes the types here and the walk is ours.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import yaml
from msgspec import inspect

from ptquiz.banks.nodes import Node, content_place, place_of
from ptquiz.domain.decks import Problem
from ptquiz.domain.questions import FILLED
from ptquiz.domain.snippets import Place, Snippet

Path = tuple[str | int, ...]

_MISSING: Any = object()
"""What a decoder returns after it has reported a problem."""


class Decoder:
    """Decodes one file; `problems` and `places` are filled on the way."""

    def __init__(self, file: str, lines: Sequence[str] = ()) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.places: dict[Path, Place] = {}

    def decode(self, node: Node, type_: type) -> Any:
        """Decode a node into a type; return None after problems, which are in `problems`."""
        value = self._any(node, inspect.type_info(type_), ())
        return None if value is _MISSING else value

    def report(self, place: Place, message: str, hint: str = "") -> Any:
        """Note a problem and return the marker of a missing value."""
        self.problems.append(Problem(place, message, hint))
        return _MISSING

    def place(self, path: Path) -> Place:
        """Return the place of the nearest thing on a path that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))

    def _any(self, node: Node, type_: inspect.Type, path: Path) -> Any:
        place = self.places[path] = place_of(node, self.file)
        match type_:
            case inspect.Metadata(type=inner):
                return self._any(node, inner, path)
            case inspect.StructType(cls=cls) if cls is Snippet:
                return self._snippet(node, place)
            case inspect.StructType():
                return self._struct(node, type_, path)
            case inspect.UnionType(types=types):
                return self._union(node, types, path)
            case inspect.VarTupleType():
                return self._list(node, type_, path)
            case inspect.DictType():
                return self._dict(node, type_, path)
            case inspect.EnumType(cls=cls):
                names = [member.value for member in cls]
                text = self._one_of(node, names, place)
                return text if text is _MISSING else cls(text)
            case inspect.LiteralType(values=values):
                return self._literal(node, values, place)
            case inspect.BoolType():
                return self._bool(node, place)
            case inspect.IntType() | inspect.FloatType():
                return self._number(node, type_, place)
            case inspect.StrType():
                return self._text(node, type_, place)
            case _:
                raise AssertionError(f"the deck language has no {type_}")

    def _scalar(self, node: Node, expected: str, place: Place) -> str | Any:
        if not isinstance(node, yaml.ScalarNode):
            return self.report(place, f"expected {expected}, found {_kind_of(node)}")
        if node.value.strip() == "":
            return self.report(place, f"expected {expected}, found nothing", "write a value or remove the key")
        return str(node.value)

    def _text(self, node: Node, type_: inspect.StrType, place: Place) -> Any:
        text = self._scalar(node, "text", place)
        if text is _MISSING or type_.pattern is None or re.search(type_.pattern, text):
            return text.strip("\n") if text is not _MISSING else text
        return self.report(
            place, f'"{text}" is not a valid id', "use lower-case letters, digits and single hyphens: my-question-01"
        )

    def _bool(self, node: Node, place: Place) -> Any:
        if isinstance(node, yaml.ScalarNode) and node.value in ("True", "TRUE", "False", "FALSE"):
            return node.value.lower() == "true"
        meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
        text = self._one_of(node, ["true", "false"], place, aliases=meant)
        return text if text is _MISSING else text == "true"

    def _literal(self, node: Node, values: Iterable[object], place: Place) -> Any:
        by_text = {str(value): value for value in values}
        text = self._one_of(node, list(by_text), place)
        return text if text is _MISSING else by_text[text]

    def _one_of(self, node: Node, words: list[str], place: Place, aliases: dict[str, str] | None = None) -> str | Any:
        expected = _either(words)
        text = self._scalar(node, expected, place)
        if text is _MISSING or text in words:
            return text
        meant = (aliases or {}).get(text.lower()) or _closest(text.lower(), words)
        return self.report(place, f'expected {expected}, found "{text}"', f'did you mean "{meant}"?' if meant else "")

    def _number(self, node: Node, type_: inspect.IntType | inspect.FloatType, place: Place) -> Any:
        whole = isinstance(type_, inspect.IntType)
        expected = "a whole number" if whole else "a number"
        text = self._scalar(node, expected, place)
        if text is _MISSING:
            return text
        pattern = r"[+-]?\d+" if whole else r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
        if not re.fullmatch(pattern, text, re.ASCII):
            return self.report(place, f'expected {expected}, found "{text}"')
        value = int(text) if whole else float(text)
        outside = (
            (type_.ge is not None and value < type_.ge, "at least", type_.ge),
            (type_.gt is not None and value <= type_.gt, "more than", type_.gt),
            (type_.le is not None and value > type_.le, "at most", type_.le),
        )
        for is_outside, words, bound in outside:
            if is_outside:
                return self.report(place, f"{text} is out of range: {words} {bound:g}")
        return value

    def _snippet(self, node: Node, place: Place) -> Any:
        text = self._scalar(node, "code", place)
        if text is _MISSING or not isinstance(node, yaml.ScalarNode):
            return text
        code = text.rstrip("\n")
        at = content_place(node, self.file)
        return Snippet(code, Place(at.file, at.line, at.column + self._block_indent(code, at)))

    def _block_indent(self, code: str, at: Place) -> int:
        """Return by how much the file indents a block of code; 0 for code on its key's line."""
        for offset, line in enumerate(code.splitlines() if at.column == 1 else ()):
            if line.strip() and at.line + offset <= len(self.lines):
                in_file = self.lines[at.line + offset - 1]
                return len(in_file) - len(in_file.lstrip(" ")) - (len(line) - len(line.lstrip(" ")))
        return 0

    def _list(self, node: Node, type_: inspect.VarTupleType, path: Path) -> Any:
        place = self.places[path]
        single_code = isinstance(type_.item_type, inspect.StructType) and type_.item_type.cls is Snippet
        if isinstance(node, yaml.ScalarNode) and single_code and type_.min_length is None:
            item = self._snippet(node, place)
            return item if item is _MISSING else (item,)
        if not isinstance(node, yaml.SequenceNode):
            return self.report(
                place, f"expected a list, found {_kind_of(node)}", 'put each item on its own line after "- "'
            )
        items = [self._any(child, type_.item_type, (*path, i)) for i, child in enumerate(node.value)]
        if type_.min_length is not None and len(items) < type_.min_length:
            return self.report(place, f"expected at least {type_.min_length} items, found {len(items)}")
        if type_.max_length is not None and len(items) > type_.max_length:
            return self.report(place, f"expected at most {type_.max_length} items, found {len(items)}")
        return _MISSING if _MISSING in items else tuple(items)

    def _dict(self, node: Node, type_: inspect.DictType, path: Path) -> Any:
        place = self.places[path]
        if not isinstance(node, yaml.MappingNode):
            return self.report(place, f"expected names with lists of values, found {_kind_of(node)}")
        values: dict[str, object] = {}
        for key, child in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name.isidentifier():
                return self.report(place_of(key, self.file), f"expected a name, found {_kind_of(key)}")
            if name in values:
                return self.report(place_of(key, self.file), f'"{name}" is given twice')
            values[name] = self._any(child, type_.value_type, (*path, name))
        return _MISSING if _MISSING in values.values() else values

    def _union(self, node: Node, types: tuple[inspect.Type, ...], path: Path) -> Any:
        present = [type_ for type_ in types if not isinstance(type_, inspect.NoneType)]
        if len(present) == 1:
            return self._any(node, present[0], path)
        by_tag = {str(t.tag): t for t in present if isinstance(t, inspect.StructType)}
        tag_field = next(t.tag_field for t in present if isinstance(t, inspect.StructType))
        place = self.places[path]
        if not isinstance(node, yaml.MappingNode):
            return self.report(place, f'expected a mapping with "{tag_field}", found {_kind_of(node)}')
        for key, value in node.value:
            if key.value == tag_field:
                tag = self._one_of(value, list(by_tag), place_of(value, self.file))
                return _MISSING if tag is _MISSING else self._struct(node, by_tag[tag], path)
        return self.report(place, f'"{tag_field}" is missing', f"one of {', '.join(by_tag)}")

    def _struct(self, node: Node, type_: inspect.StructType, path: Path) -> Any:
        place = self.places[path]
        name = _name_of(type_)
        if not isinstance(node, yaml.MappingNode):
            return self.report(place, f"expected {name} (keys and values), found {_kind_of(node)}")
        fields = {f.name: f for f in type_.fields if not _filled(f)}
        before = len(self.problems)
        values: dict[str, object] = {}
        seen: dict[str, Place] = {type_.tag_field: place} if type_.tag_field else {}
        meant: set[str | None] = set()
        tag_seen = False
        for key, child in node.value:
            key_place = place_of(key, self.file)
            text = key.value if isinstance(key, yaml.ScalarNode) else ""
            if text == type_.tag_field and not tag_seen:
                tag_seen = True
            elif text in seen:
                self.report(key_place, f'"{text}" is given twice', f"the first is on line {seen[text].line}")
            elif text not in fields:
                meant.add(self._unknown_key(text, sorted({*fields, *seen}), name, key_place))
            else:
                seen[text] = key_place
                values[text] = self._any(child, fields[text].type, (*path, text))
        for field in fields.values():
            if field.required and field.name not in seen and field.name not in meant:
                self.report(place, f'{name} needs "{field.name}"')
        if len(self.problems) > before:
            return _MISSING
        if any(f.name == "place" for f in type_.fields):
            values["place"] = place
        return type_.cls(**values)

    def _unknown_key(self, key: str, known: list[str], name: str, place: Place) -> str | None:
        """Report a key and return the one that was probably meant."""
        meant = _closest(key, known)
        hint = f'did you mean "{meant}"?' if meant else f"known keys: {', '.join(sorted(known))}"
        self.report(place, f'unknown key "{key}" in {name}', hint)
        return meant


def _filled(field: inspect.Field) -> bool:
    return isinstance(field.type, inspect.Metadata) and field.type.extra == FILLED


def _name_of(type_: inspect.StructType) -> str:
    if type_.tag is not None:
        return f"a {type_.tag} question"
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", type_.cls.__name__).lower()
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _kind_of(node: Node) -> str:
    match node:
        case yaml.MappingNode():
            return "a mapping"
        case yaml.SequenceNode():
            return "a list"
        case _:
            text = str(node.value)
            return f'"{text if len(text) <= 30 else text[:29] + "…"}"' if text.strip() else "nothing"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _closest(word: str, words: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)), None)
