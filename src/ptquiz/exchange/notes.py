"""A note, as Anki calls it: named fields that become one card or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ptquiz.domain.questions import Level
from ptquiz.exchange.cards import MAX_FIELD, Card, Omissions
from ptquiz.exchange.clozes import has_cloze, numbered_holes
from ptquiz.exchange.from_html import from_html
from ptquiz.exchange.naming import is_identifier, slugs
from ptquiz.exchange.plain_text import tidy


@dataclass(frozen=True)
class Field:
    """One field of a note, as it was written."""

    name: str
    value: str


@dataclass(frozen=True)
class Note:
    """One note, its front and back already told apart."""

    key: str
    front: str
    back: str
    more: tuple[Field, ...] = ()
    tags: tuple[str, ...] = ()
    html: bool = False
    id: str = ""
    level: str = ""
    difficulty: str = ""


def cards_of(note: Note, omissions: Omissions) -> Iterator[Card]:
    """Yield the cards of a note: one, or one for each number of its cloze deletions."""
    if any(len(text) > MAX_FIELD for text in (note.front, note.back, *(field.value for field in note.more))):
        omissions.add(f"note with more than {MAX_FIELD:,} characters", f"notes with more than {MAX_FIELD:,} characters")
        return
    if has_cloze(note.front):
        yield from _cloze_cards(note, omissions)
        return
    front, back = _text(note.front, note, omissions), _text(note.back, note, omissions)
    if not front or not back:
        omissions.add("card without a front or a back", "cards without a front or a back")
        return
    yield _card(note, note.key, front, back, _further(note.more, note, omissions))


def _cloze_cards(note: Note, omissions: Omissions) -> Iterator[Card]:
    further = _further((Field("", note.back), *note.more), note, omissions)
    for hole in numbered_holes(note.front):
        front, hidden, whole = (_text(text, note, omissions) for text in (hole.masked, hole.hidden, hole.whole))
        if front and hidden:
            key = note.key if hole.number == 1 else f"{note.key}/{hole.number - 1}"
            yield _card(note, key, front, hidden, "\n\n".join(filter(None, (whole, further))))


def _card(note: Note, key: str, front: str, back: str, explain: str) -> Card:
    return Card(
        key=key,
        front=front,
        back=back,
        explain=explain,
        tags=slugs(note.tags),
        id=note.id if is_identifier(note.id) and key == note.key else "",
        level=Level(note.level) if note.level in list(Level) else Level.ANSWER,
        difficulty=int(note.difficulty) if note.difficulty in ("1", "2", "3", "4", "5") else 2,
    )


def _further(fields: Sequence[Field], note: Note, omissions: Omissions) -> str:
    """Put what is neither front nor back below each other, each part with the name of its field."""
    texts = ((field.name, _text(field.value, note, omissions)) for field in fields)
    named = [(name, text) for name, text in texts if text]
    plain = len(named) == 1
    return "\n\n".join(text if plain or not name else f"**{name}**: {text}" for name, text in named)


def _text(source: str, note: Note, omissions: Omissions) -> str:
    if not note.html:
        return tidy(source)
    converted = from_html(source)
    omissions.add("picture or sound", "pictures and sounds", converted.media)
    return converted.text
