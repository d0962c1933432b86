"""Write a deck as JSON: the keys of the deck language, nothing left out. YAML reads it as the same deck."""

from __future__ import annotations

import json

from ptquiz.domain.decks import Deck
from ptquiz.domain.plain import plain_deck


def to_json(deck: Deck) -> str:
    """Return a deck as indented JSON."""
    return json.dumps(plain_deck(deck), ensure_ascii=False, indent=2) + "\n"
