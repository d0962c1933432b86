"""Cards as questions of a deck of ours."""

from __future__ import annotations

from ptquiz.domain.questions import Flashcard
from ptquiz.exchange.cards import Card, Stack
from ptquiz.exchange.naming import id_of
from ptquiz.exchange.wrapping import wrap_prose


def flashcards(stack: Stack, deck: str) -> tuple[tuple[Flashcard, ...], int]:
    """Return the cards of a stack as questions of a deck, and how many were left out as repeated.

    `explain` is empty where a card says nothing beyond its back.
    """
    found: dict[str, Flashcard] = {}
    for card in stack.cards:
        id_ = card.id or id_of(deck, card.key)
        found.setdefault(id_, _flashcard(card, id_))
    return tuple(found.values()), len(stack.cards) - len(found)


def _flashcard(card: Card, id_: str) -> Flashcard:
    return Flashcard(
        id=id_,
        level=card.level,
        difficulty=card.difficulty,
        tags=card.tags,
        ask=wrap_prose(card.front),
        answer=wrap_prose(card.back),
        explain=wrap_prose(card.explain),
    )


def language_of(stack: Stack) -> str:
    """Return `zh` for cards that are mostly written in Chinese characters, else `en`."""
    text = "".join(card.front for card in stack.cards[:200])
    letters = [character for character in text if character.isalpha()]
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in letters)
    return "zh" if chinese * 3 > len(letters) else "en"
