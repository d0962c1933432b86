"""The section of an explanation that is shown for a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.reader import read_deck
from ptquiz.domain.fitting import best_section
from ptquiz.domain.questions import Level
from ptquiz.paths import shipped_questions
from tests.domain.decks import question

DECKS = [
    deck
    for topic in ("batchnorm", "dropout", "losses")
    if (deck := read_deck(shipped_questions() / Path(f"{topic}.yaml")).deck)
]
DROPOUT = DECKS[1]


@pytest.mark.parametrize(
    ("id_", "title"),
    [
        ("dropout-mask-sharing", "What is dropped, and for how long"),
        ("dropout-order-attention", "Where it sits in a network"),
        ("dropout-write-drop-path", "The variants"),
        ("bn-two-modes", "The simple answer"),
        ("loss-opening", "The simple answer"),
    ],
)
def test_a_question_is_shown_the_section_it_is_about(id_: str, title: str) -> None:
    deck, asked = next((deck, asked) for deck in DECKS for asked in deck.questions if asked.id == id_)
    assert deck.explain[best_section(asked, deck.explain)].title == title


@pytest.mark.parametrize("topic", ["batchnorm", "dropout", "losses"])
def test_a_first_answer_is_not_explained_by_source_code(topic: str) -> None:
    deck = next(deck for deck in DECKS if deck.deck == topic)
    first = [asked for asked in deck.questions if asked.level is Level.ANSWER]
    told = {asked.id: deck.explain[best_section(asked, deck.explain)].level for asked in first}
    assert Level.SOURCE not in told.values(), told


def test_a_question_that_shares_no_word_is_shown_the_first_of_the_sections() -> None:
    strange = question(
        "flashcard", **{"What is eval()?": "Qwerty?", "`self.train(False)`": "Uiop.", "One line.": "Asdf."}
    )
    assert best_section(strange, DROPOUT.explain[:2]) == 0
