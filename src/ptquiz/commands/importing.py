"""Import cards of another program into a deck file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from msgspec import structs

from ptquiz.banks.merging import Merged, UnwritableError, merge
from ptquiz.banks.nodes import decode_bytes, read_bytes
from ptquiz.banks.reader import parse_deck, read_deck
from ptquiz.banks.reading import Reading
from ptquiz.banks.report import show_problem
from ptquiz.banks.writing import write_deck
from ptquiz.commands.writing import write_whole
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import QuestionId
from ptquiz.errors import BrokenDeckError, UsageError, said
from ptquiz.exchange.cards import Stack
from ptquiz.exchange.flashcards import flashcards, language_of
from ptquiz.exchange.naming import slug
from ptquiz.exchange.plain_text import tidy
from ptquiz.exchange.reading import read_cards

NO_SLUG = "imported"


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    deck: str
    path: Path
    created: bool
    added: tuple[QuestionId, ...]
    updated: tuple[QuestionId, ...] = ()
    unchanged: tuple[QuestionId, ...] = ()
    kept: tuple[QuestionId, ...] = ()
    """Questions of another kind now, left as they are."""
    missing: int = 0
    """Flashcards of the deck that are not in the file."""
    left_out: tuple[str, ...] = ()


def import_cards(source: Path, into: Path | None, folder: Path) -> Imported:
    """Import a file of cards into a deck, by default one named after the cards in `folder`.

    Raises UsageError for a target that cannot be one, BrokenDeckError for a source or target that cannot be
    read, and for a deck that would become too large.
    """
    stack = read_cards(source)
    if into is not None and into.suffix not in (".yaml", ".yml"):
        raise UsageError(said('"{file}" is no deck', file=into), details=("a deck is a .yaml file: --into DECK.yaml",))
    name = slug(into.stem if into else stack.title) or slug(source.stem) or NO_SLUG
    target = Path(os.path.realpath(into or folder / f"{name}.yaml"))
    if target.is_dir() or not target.parent.is_dir():
        raise UsageError(
            said("cannot write {file}", file=target), details=("--into DECK.yaml, in a folder that exists",)
        )
    if not target.exists():
        return _create(stack, name, target)
    deck = _existing(read_deck(target))
    if into is None and deck.deck != name:
        raise UsageError(
            said('{file} exists and is another deck, "{deck}"', file=target, deck=deck.deck),
            details=("choose with --into DECK.yaml",),
        )
    return _update(stack, deck, target)


def _create(stack: Stack, name: str, target: Path) -> Imported:
    cards, repeated = flashcards(stack, name)
    none = _no_explanation(stack)
    deck = Deck(
        format=1,
        deck=name,
        title=_title(stack) or name,
        language=cast(Literal["en", "zh"], language_of(stack)),
        questions=tuple(structs.replace(card, explain=card.explain or none) for card in cards),
    )
    _write(write_deck(deck), target)
    added = tuple(card.id for card in cards)
    return Imported(name, target, True, added, left_out=_left_out(stack, repeated))


def _update(stack: Stack, deck: Deck, target: Path) -> Imported:
    cards, repeated = flashcards(stack, deck.deck)
    text = _text(target)
    try:
        merged = merge(text, str(target), deck, cards, _no_explanation(stack))
    except UnwritableError as error:
        raise BrokenDeckError(said("cannot add to {file}", file=target), details=(str(error),)) from None
    if merged.text != text:
        _write(merged.text, target)
    return Imported(
        deck.deck,
        target,
        False,
        merged.added,
        merged.updated,
        merged.unchanged,
        merged.kept,
        _missing(deck, merged),
        _left_out(stack, repeated),
    )


def _missing(deck: Deck, merged: Merged) -> int:
    seen = {*merged.updated, *merged.unchanged, *merged.kept}
    return sum(not seen.intersection((question.id, *question.aliases)) for question in deck.questions)


def _no_explanation(stack: Stack) -> str:
    return f'From "{_title(stack)}".'


def _title(stack: Stack) -> str:
    """Return the title on one line."""
    return " ".join(tidy(stack.title).split())


def _left_out(stack: Stack, repeated: int) -> tuple[str, ...]:
    again = f"{repeated} repeated card{'s' if repeated > 1 else ''}"
    return (*stack.left_out, again) if repeated else stack.left_out


def _text(target: Path) -> str:
    return decode_bytes(read_bytes(target), str(target))


def _existing(reading: Reading) -> Deck:
    if reading.deck is not None:
        return reading.deck
    shown = tuple(line for problem in reading.problems for line in show_problem(problem, reading.lines))
    raise BrokenDeckError(
        said("cannot add to {file}", file=reading.path), details=(*shown, "mend it first, or choose another --into")
    )


def _write(text: str, target: Path) -> None:
    """Replace a deck file in one step, after reading what will stand in it.

    Raises BrokenDeckError for a text that is no deck, UsageError for a folder that cannot be written.
    """
    raw = text.encode()
    reading = parse_deck(raw, target)
    if reading.deck is None:
        shown = tuple(line for problem in reading.problems[:5] for line in show_problem(problem, reading.lines))
        raise BrokenDeckError(
            said("{file} would be no deck that can be read; nothing was written", file=target), details=shown
        )
    write_whole(target, raw)
