"""Anki's note types: which fields a card shows on its front, and which on its back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ptquiz.exchange import protobuf

FIELD_NAMES = re.compile(r"\{\{([^{}#^/][^{}]*)\}\}")
CLOZE_KIND = 1
GENERATED = frozenset({"FrontSide", "Tags", "Deck", "Subdeck", "Card", "CardFlag", "Type"})
"""What Anki fills in itself."""
NOT_SHOWN = frozenset({"type", "hint", "tts"})
"""Filters that turn a field into a box to type in, a button, or speech."""


@dataclass(frozen=True)
class Template:
    """One card of a note type."""

    front: str
    back: str


@dataclass(frozen=True)
class NoteType:
    """Fields and cards."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool = False

    def sides(self, card: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the places of the fields on the front of a card, then of all others, the back's first."""
        template = self.templates[0 if self.cloze else card] if self.templates else Template("", "")
        front = self._shown(template.front) or (0,)
        back = tuple(place for place in self._shown(template.back, hidden=True) if place not in front)
        rest = tuple(place for place in range(len(self.fields)) if place not in front and place not in back)
        return front, (*back, *rest)

    def _shown(self, html: str, *, hidden: bool = False) -> tuple[int, ...]:
        places: dict[int, None] = {}
        for found in FIELD_NAMES.findall(html):
            *filters, name = (part.strip() for part in found.split(":"))
            if name in self.fields and name not in GENERATED and (hidden or not NOT_SHOWN.intersection(filters)):
                places[self.fields.index(name)] = None
        return tuple(places)


def from_json(models: str) -> dict[int, NoteType]:
    """Read the note types of a legacy collection.

    Raises ValueError, KeyError, TypeError or AttributeError for anything else.
    """
    return {int(id_): _from_model(model) for id_, model in json.loads(models).items()}


def _from_model(model: dict[str, Any]) -> NoteType:
    ordered = sorted(model["flds"], key=_place), sorted(model["tmpls"], key=_place)
    return NoteType(
        name=str(model["name"]),
        fields=tuple(str(field["name"]) for field in ordered[0]),
        templates=tuple(Template(str(template["qfmt"]), str(template["afmt"])) for template in ordered[1]),
        cloze=model.get("type") == CLOZE_KIND,
    )


def _place(part: dict[str, Any]) -> int:
    return int(part.get("ord") or 0)


def from_rows(name: str, config: bytes, fields: Sequence[str], templates: Sequence[bytes]) -> NoteType:
    """Read a note type of a current collection, whose details are protobuf messages.

    Raises protobuf.MalformedError.
    """
    return NoteType(
        name=name,
        fields=tuple(fields),
        templates=tuple(Template(protobuf.text(one, 1), protobuf.text(one, 2)) for one in templates),
        cloze=protobuf.number(config, 1) == CLOZE_KIND,
    )
