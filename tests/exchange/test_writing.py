"""What is written as YAML is read back as the same deck, in the style of an author."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from ptquiz.banks.reader import parse_deck
from ptquiz.banks.writing import write_deck, write_question
from ptquiz.domain.decks import Deck
from ptquiz.domain.plain import plain_deck
from ptquiz.domain.questions import Flashcard, Level
from tests.domain.decks import QUESTIONS, deck, read


def flashcard(**texts: str) -> Flashcard:
    return Flashcard(**{"id": "a-b", "level": Level.ANSWER, "ask": "a", "answer": "b", "explain": "c"} | texts)  # type: ignore[arg-type]


def words(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


texts = (
    st.text(
        st.one_of(
            st.sampled_from("ab :#-?*&!|>'\"%@`{}[],\n\\~=<.0é中😀"),
            st.characters(exclude_categories=("C", "Zl", "Zp")),
        ),
        min_size=1,
        max_size=150,
    )
    .map(words)
    .filter(bool)
)


@given(ask=texts, answer=texts, explain=texts)
def test_any_text_survives_writing_and_reading(ask: str, answer: str, explain: str) -> None:
    written = flashcard(ask=ask, answer=answer, explain=explain)
    text = write_deck(Deck(format=1, deck="d", title="T", questions=(written,)))
    reading = parse_deck(text.encode(), Path("d.yaml"))
    assert reading.deck is not None, [str(problem) for problem in reading.problems]
    (back,) = reading.deck.questions
    assert structs.replace(back, deck="", place=written.place) == written


@pytest.mark.parametrize("text", ["${x}", "$${x}", "$$${x}", "a ${x} b $${y} $z {x} ${} ${a-b}"])
def test_what_looks_like_a_placeholder_stays_the_text_it_is(text: str) -> None:
    whole = read(write_deck(Deck(format=1, deck="d", title="T", questions=(flashcard(ask=text),))))
    assert whole.questions[0].ask == text


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_is_written_as_it_was_read(kind: str) -> None:
    whole = read(deck(kind))
    assert plain_deck(read(write_deck(whole))) == plain_deck(whole)


def test_the_style_is_that_of_an_author() -> None:
    card = flashcard(
        ask="What is `x: int`?", answer="- one\n- two\n\n```\nx = 1\n```", explain='He said: "no", and left.'
    )
    assert write_question(structs.replace(card, tags=("a", "b"), difficulty=3)) == (
        "  - id: a-b\n"
        "    kind: flashcard\n"
        "    level: answer\n"
        "    difficulty: 3\n"
        "    tags: [a, b]\n"
        "    ask: 'What is `x: int`?'\n"
        "    answer: |\n"
        "      - one\n"
        "      - two\n"
        "\n"
        "      ```\n"
        "      x = 1\n"
        "      ```\n"
        "    explain: 'He said: \"no\", and left.'\n"
    )
