"""Every key of the deck language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents import GENERATED, cell
from ptquiz.banks.schema import CODE, TEXT, deck_schema

Schema = dict[str, Any]


def deck_reference() -> str:
    """Render every key of the deck language."""
    schema = deck_schema()
    types: Schema = schema["$defs"]
    question = types["Deck"]["properties"]["questions"]["items"]
    shared: Schema = question["properties"]
    kinds: list[str] = shared["kind"]["enum"]
    lines = [
        "# Keys of a deck",
        "",
        GENERATED,
        "",
        "Every key of the deck language, from the types that the reader uses.",
        "[Write a deck](../how-to/write-a-deck.md) explains how they work together; `ptquiz schema` prints the same as",
        "a JSON Schema, for [editors](../how-to/editors.md).",
        "**Text** is whatever is written, `no` and `1e-5` included; **code** is Python, usually below a `|`.",
        "",
        "## Deck",
        "",
        types["Deck"]["description"],
        "",
        *_table(types["Deck"]),
        "",
        "## Every question",
        "",
        "What questions of every kind have.",
        "",
        *_table(types[kinds[0]], shared),
    ]
    for kind in kinds:
        own = {key: value for key, value in types[kind]["properties"].items() if key not in shared}
        lines += ["", f"## {kind}", "", types[kind]["description"]]
        lines += ["", *_table(types[kind], own)] if own else []
    for name in types:
        if name not in (TEXT, CODE, "Deck", *kinds):
            lines += ["", f"## {name}", "", types[name]["description"], "", *_table(types[name])]
    return "\n".join(lines) + "\n"


def _table(owner: Schema, properties: Schema | None = None) -> Iterator[str]:
    yield "| key | is | |"
    yield "|---|---|---|"
    for key, value in (properties or owner["properties"]).items():
        required = " **required**" if key in owner["required"] else ""
        default = f" Default: {_code(value['default'])}." if "default" in value else ""
        description = f" {cell(value['description'])}" if "description" in value else ""
        yield f"| `{key}` | {cell(_words(value))}{required} |{description}{default} |"


def _words(value: Schema) -> str:
    """Say in words what a value is."""
    match value:
        case {"$ref": reference}:
            name = reference.rpartition("/")[2]
            return name if name in (TEXT, CODE) else f"[{name}](#{name.lower()})"
        case {"enum": values}:
            return ", ".join(_code(value) for value in values)
        case {"anyOf": [_, listed]}:
            return f"code, or a {_words(listed)}"
        case {"allOf": _}:
            return "question"
        case {"type": "array", "items": items}:
            return f"list of {_words(items)}{_range(value, 'minItems', 'maxItems')}"
        case {"type": "object", "additionalProperties": dict(inner)}:
            return f"names, each with a {_words(inner)}"
        case {"type": "integer"}:
            return f"whole number{_range(value, 'minimum', 'maximum')}"
        case {"type": "number"}:
            return f"number{_range(value, 'minimum', 'maximum')}"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"pattern": _}:
            return "id"
        case _:
            raise AssertionError(f"no words for {value}")


def _range(value: Schema, least: str, most: str) -> str:
    low, high = value.get(least), value.get(most)
    above = value.get("exclusiveMinimum")
    parts = [
        f"at least {low:g}" if low is not None else "",
        f"more than {above:g}" if above is not None else "",
        f"at most {high:g}" if high is not None else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f" ({low:g} to {high:g})" if low is not None and high is not None else f" ({said})" if said else ""


def _code(value: object) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
