"""Read an Anki package: its notes become cards as their note types lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ptquiz.exchange.archive import unpacked
from ptquiz.exchange.cards import Card, Omissions, Stack, UnreadableCardsError
from ptquiz.exchange.collection import NoteRow, read_notes
from ptquiz.exchange.notes import Field, Note, cards_of
from ptquiz.exchange.our_note_type import FIELDS, NAME, PARENT, level_tag
from ptquiz.exchange.titles import common_title


def read_package(path: Path) -> Stack:
    """Read the cards of an `.apkg` file, legacy or current. Media and scheduling are not read.

    Raises UnreadableCardsError.
    """
    with unpacked(path) as database:
        rows = read_notes(database, path)
    omissions = Omissions()
    cards = tuple(card for row in rows for card in _cards(row, omissions))
    if not cards:
        raise UnreadableCardsError(path, "there is no card with a front and a back in it")
    title = common_title(deck for row in rows for _, deck in row.cards).removeprefix(f"{PARENT}::")
    return Stack(title or path.stem, cards, omissions.sentences())


def _cards(row: NoteRow, omissions: Omissions) -> Iterator[Card]:
    if row.type.name.startswith(NAME) and row.type.fields == FIELDS:
        yield from cards_of(_own_note(row), omissions)
    elif row.type.cloze:
        yield from cards_of(_note(row, 0), omissions)
    else:
        for place in sorted({place for place, _ in row.cards if 0 <= place < len(row.type.templates)}):
            yield from cards_of(_note(row, place), omissions)


def _own_note(row: NoteRow) -> Note:
    """Read a note that ptquiz wrote: it carries the id of its question, and how deep it goes."""
    front, back, explain, said = _padded(row)
    id_, level, difficulty = (*said.split(), "", "", "")[:3]
    return Note(
        row.guid,
        front,
        back,
        (Field("", explain),),
        tuple(tag for tag in row.tags if not tag.endswith(level_tag("", level))),
        html=True,
        id=id_,
        level=level,
        difficulty=difficulty,
    )


def _note(row: NoteRow, place: int) -> Note:
    values = _padded(row)
    front, others = row.type.sides(place)
    filled = [Field(row.type.fields[i], values[i]) for i in others if values[i].strip()]
    back, more = (filled[0].value, filled[1:]) if filled and not row.type.cloze else ("", filled)
    return Note(
        key=row.guid if place == 0 else f"{row.guid}/{place}",
        front="<br>".join(values[i] for i in front if values[i].strip()),
        back=back,
        more=tuple(more),
        tags=row.tags,
        html=True,
    )


def _padded(row: NoteRow) -> Sequence[str]:
    missing = len(row.type.fields) - len(row.fields)
    return (*row.fields[: len(row.type.fields)], *([""] * missing))
