"""The JSON Schema of a deck, generated from the types that the reader decodes into.

An editor reads a deck as YAML 1.2 and guesses types: `3` is a number there and text here. So wherever the
deck language has text or code, the schema allows whatever an author may write without quotes.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from msgspec import inspect

from ptquiz.banks.descriptions import describe, describe_fields
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import FILLED
from ptquiz.domain.snippets import Snippet
from ptquiz.domain.translations import Translation

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

TEXT = "text"
CODE = "code"
WRITTEN: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""A scalar that is not empty; a pattern concerns strings only."""
IDENTIFIER_TYPES = ["string", "integer", "boolean"]
BASICS: dict[str, Schema] = {
    TEXT: {"description": "Text; whatever YAML would make of it, it stays what was written.", **WRITTEN},
    CODE: {"description": "Python code.", **WRITTEN},
}


def deck_schema() -> Schema:
    """Return the JSON Schema of a deck file, which holds a deck, a translation of one, or a course."""
    return _Walk().schema()


class _Walk:
    """Collects the definitions of all types that a deck is made of."""

    def __init__(self) -> None:
        self._defs: dict[str, Schema] = dict(BASICS)

    def schema(self) -> Schema:
        deck, translation, course = (self._any(inspect.type_info(kind)) for kind in (Deck, Translation, Course))
        return {
            "$schema": DIALECT,
            "title": "ptquiz deck",
            "type": "object",
            "if": {"required": ["translates"]},
            "then": translation,
            "else": {"if": {"required": ["course"]}, "then": course, "else": deck},
            "$defs": self._defs,
        }

    def _any(self, type_: inspect.Type) -> Schema:
        match type_:
            case inspect.Metadata(type=inner):
                return self._any(inner)
            case inspect.StructType(cls=cls) if cls is Snippet:
                return _ref(CODE)
            case inspect.StructType():
                return self._named(type_)
            case inspect.UnionType(types=types):
                return self._union([t for t in types if not isinstance(t, inspect.NoneType)])
            case inspect.VarTupleType():
                return self._list(type_)
            case inspect.DictType(value_type=value):
                return {"type": "object", "additionalProperties": self._any(value)}
            case inspect.EnumType(cls=cls):
                return _enumeration(cls)
            case inspect.LiteralType(values=values):
                return {"enum": list(values)}
            case inspect.BoolType():
                return {"type": "boolean"}
            case inspect.IntType() | inspect.FloatType():
                return _number(type_)
            case inspect.StrType(pattern=None):
                return _ref(TEXT)
            case inspect.StrType(pattern=pattern):
                return {"type": IDENTIFIER_TYPES, "pattern": pattern, "minimum": 0}
            case _:
                raise AssertionError(f"the deck language has no {type_}")

    def _union(self, types: list[inspect.Type]) -> Schema:
        if len(types) == 1:
            return self._any(types[0])
        tagged = [type_ for type_ in types if isinstance(type_, inspect.StructType)]
        assert len(tagged) == len(types), "the deck language has no union without a tag"
        return self._tagged(tagged)

    def _tagged(self, types: list[inspect.StructType]) -> Schema:
        """Branch by the tag with if and then: every validator then blames the key and not the whole."""
        branches = {str(type_.tag): self._named(type_) for type_ in types}
        tag = str(types[0].tag_field)
        owned = [self._defs[name]["properties"] for name in branches]
        # Repeated outside of the branches, so that an editor completes them before the tag is written.
        shared = {key: value for key, value in owned[0].items() if all(other.get(key) == value for other in owned)}
        return {
            "type": "object",
            "properties": {tag: {"enum": list(branches)}, **shared},
            "required": [tag],
            "allOf": [
                {"if": {"properties": {tag: {"const": name}}, "required": [tag]}, "then": branch}
                for name, branch in branches.items()
            ],
        }

    def _list(self, type_: inspect.VarTupleType) -> Schema:
        items = self._any(type_.item_type)
        bounds = {"minItems": type_.min_length, "maxItems": type_.max_length}
        listed = {"type": "array", "items": items, **_given(bounds)}
        # The reader takes one piece of code for a list of one.
        return {"anyOf": [items, listed]} if items == _ref(CODE) and type_.min_length is None else listed

    def _named(self, type_: inspect.StructType) -> Schema:
        name = definition_name(type_)
        if name not in self._defs:
            self._defs[name] = {}  # its place, before its own fields
            self._defs[name] = self._struct(type_)
        return _ref(name)

    def _struct(self, type_: inspect.StructType) -> Schema:
        fields = [field for field in type_.fields if not _filled(field)]
        descriptions = describe_fields(type_.cls)
        tag = {str(type_.tag_field): {"const": type_.tag}} if type_.tag_field else {}
        properties = {field.name: self._property(field, descriptions.get(field.name, "")) for field in fields}
        return {
            "description": describe(type_.cls),
            "type": "object",
            "properties": tag | properties,
            "required": [*tag, *(field.name for field in fields if field.required)],
            "additionalProperties": False,
        }

    def _property(self, field: inspect.Field, description: str) -> Schema:
        description = description or _described_by_item(field.type)
        said = {"description": description} if description else {}
        default = field.default if isinstance(field.default, bool | int | float | str) else None
        # Nothing and an empty text are how the types say "left out".
        shown = {} if default is None or default == "" else {"default": _plain(default)}
        return {**self._any(field.type), **said, **shown}


def definition_name(type_: inspect.StructType) -> str:
    """Name a type as the schema does: a question by its kind, everything else by its class."""
    return str(type_.tag) if type_.tag is not None else type_.cls.__name__


def _described_by_item(type_: inspect.Type) -> str:
    """Describe a list whose field says nothing by what it lists."""
    match type_:
        case inspect.Metadata(type=inner):
            return _described_by_item(inner)
        case inspect.VarTupleType(item_type=inspect.StructType(cls=cls)) if cls is not Snippet:
            return describe(cls)
        case _:
            return ""


def _filled(field: inspect.Field) -> bool:
    return isinstance(field.type, inspect.Metadata) and field.type.extra == FILLED


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _enumeration(cls: type[Enum]) -> Schema:
    return {"description": describe(cls), "enum": [member.value for member in cls]}


def _number(type_: inspect.IntType | inspect.FloatType) -> Schema:
    bounds = {
        "minimum": type_.ge,
        "exclusiveMinimum": type_.gt,
        "maximum": type_.le,
        "exclusiveMaximum": type_.lt,
    }
    return {"type": "integer" if isinstance(type_, inspect.IntType) else "number", **_given(bounds)}


def _given(values: dict[str, Any]) -> Schema:
    return {key: value for key, value in values.items() if value is not None}


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value
