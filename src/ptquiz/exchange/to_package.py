"""Write an Anki package through genanki; a question keeps its GUID, so that a second import updates its note."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from ptquiz.domain.decks import Deck
from ptquiz.errors import EnvironmentProblem
from ptquiz.exchange.faces import Face
from ptquiz.exchange.our_note_type import BACK, CSS, FIELDS, FRONT, MODEL_ID, NAME, PARENT, level_tag
from ptquiz.exchange.to_html import to_html


def to_package(deck: Deck, faces: Sequence[Face], now: datetime) -> bytes:
    """Return the bytes of an `.apkg` file.

    Raises EnvironmentProblem when genanki is not installed.
    """
    try:
        import genanki
    except ImportError:
        raise EnvironmentProblem(
            "writing .apkg needs genanki", details=("pip install genanki", "or export as .csv, which Anki imports too")
        ) from None
    model = genanki.Model(
        MODEL_ID,
        NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )
    target = genanki.Deck(_deck_id(deck.deck), f"{PARENT}::{deck.title}", description=deck.about)
    for place, face in enumerate(faces):
        question = face.question
        fields = [to_html(face.front), to_html(face.back), to_html(question.explain), _said(face)]
        guid = genanki.guid_for(deck.deck, question.id)
        tags = [level_tag(deck.deck, question.level), *question.tags]
        target.add_note(genanki.Note(model, fields, guid=guid, tags=tags, due=place))
    packed = io.BytesIO()
    genanki.Package(target).write_to_file(packed, timestamp=now.timestamp())
    return packed.getvalue()


def _said(face: Face) -> str:
    return f"{face.question.id} {face.question.level} {face.question.difficulty}"


def _deck_id(deck: str) -> int:
    """Return a number that is always the same for a deck and, in Anki, hardly ever another's."""
    return int.from_bytes(blake2b(deck.encode(), digest_size=4).digest(), "big") | 1 << 33
