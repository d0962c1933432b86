"""The section of an explanation that is shown for a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.reader import read_deck
from ptquiz.domain.fitting import best_section
from ptquiz.paths import shipped_questions
from tests.domain.decks import question

DROPOUT = read_deck(shipped_questions() / Path("dropout.yaml")).deck


@pytest.mark.parametrize(
    ("id_", "title"),
    [
        ("dropout-mask-sharing", "What is dropped, and for how long"),
        ("dropout-order-attention", "Where it sits in a network"),
        ("dropout-write-drop-path", "The variants"),
    ],
)
def test_a_question_is_shown_the_section_it_is_about(id_: str, title: str) -> None:
    assert DROPOUT is not None
    asked = next(question for question in DROPOUT.questions if question.id == id_)
    assert DROPOUT.explain[best_section(asked, DROPOUT.explain)].title == title


def test_a_question_that_shares_no_word_is_shown_the_first_of_the_sections() -> None:
    assert DROPOUT is not None
    strange = question(
        "flashcard", **{"What is eval()?": "Qwerty?", "`self.train(False)`": "Uiop.", "One line.": "Asdf."}
    )
    assert best_section(strange, DROPOUT.explain[:2]) == 0
