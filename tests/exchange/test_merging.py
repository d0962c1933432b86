"""Flashcards are put into a deck file without touching anything else in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from ptquiz.banks.merging import Merged, UnwritableError, merge
from ptquiz.banks.reader import parse_deck
from ptquiz.domain.questions import Flashcard
from ptquiz.domain.variants import drawn
from tests.domain.decks import HEAD, QUESTIONS, deck, read
from tests.exchange.test_writing import flashcard

COMMENTED = """\
# My deck
format: 1
deck: mine
title: Mine   # a title
questions:
# the first
- id: one
  kind: flashcard
  level: source
  hints: [think]
  ask: old   # a note
  answer: b
  explain: |
    because
    # this is text

# the second
- id: two
  kind: true-false
  level: answer
  ask: claim
  answer: true
  explain: c
# the end
about: after the questions
"""


def merged(text: str, *cards: Flashcard) -> Merged:
    result = merge(text, "mine.yaml", read(text, "mine.yaml"), cards, "nothing more")
    reading = parse_deck(result.text.encode(), Path("mine.yaml"))
    assert reading.deck is not None, [str(problem) for problem in reading.problems]
    return result


def test_an_unchanged_card_changes_nothing() -> None:
    result = merged(COMMENTED, flashcard(id="one", ask="old", answer="b", explain=""))
    assert (result.text, result.unchanged) == (COMMENTED, ("one",))


def test_a_changed_card_is_rewritten_where_it_stands_and_keeps_what_its_author_added() -> None:
    result = merged(COMMENTED, flashcard(id="one", ask="new", answer="b", explain=""))
    assert result.updated == ("one",)
    assert result.text == COMMENTED.replace("ask: old   # a note", "ask: new").replace(
        "  hints: [think]\n  ask: new\n  answer: b\n", "  ask: new\n  answer: b\n  hints: [think]\n"
    )


def test_a_new_card_goes_below_the_last_question() -> None:
    result = merged(COMMENTED, flashcard(id="three", explain=""))
    assert result.added == ("three",)
    new = "\n- id: three\n  kind: flashcard\n  level: answer\n  ask: a\n  answer: b\n  explain: nothing more\n"
    assert result.text == COMMENTED.replace("# the end\n", new.removeprefix("") + "# the end\n")


def test_a_card_that_became_another_kind_is_left_as_it_is() -> None:
    result = merged(COMMENTED, flashcard(id="two", ask="different"))
    assert (result.text, result.kept) == (COMMENTED, ("two",))


def test_a_renamed_question_is_still_found() -> None:
    text = COMMENTED.replace("  level: source\n", "  level: source\n  aliases: [card-1]\n")
    assert merged(text, flashcard(id="card-1", ask="new", answer="b")).updated == ("card-1",)


def test_line_ends_stay_those_of_the_file() -> None:
    windows = COMMENTED.replace("\n", "\r\n")
    result = merged(windows, flashcard(id="one", ask="new"), flashcard(id="three"))
    assert result.text.count("\n") == result.text.count("\r\n")


@pytest.mark.parametrize("empty", ["questions: []\n", "", "questions: []   # none yet\nabout: x\n"])
def test_cards_are_put_into_a_deck_without_questions(empty: str) -> None:
    result = merged(HEAD + empty, flashcard(id="one"), flashcard(id="two"))
    assert [question.id for question in read(result.text).questions] == ["one", "two"]


def test_a_file_without_a_last_line_end_can_be_added_to() -> None:
    text = (HEAD + "questions:\n" + QUESTIONS["flashcard"]).rstrip("\n")
    assert [q.id for q in read(merged(text, flashcard(id="one")).text).questions] == ["s-flashcard", "one"]


def test_questions_in_brackets_are_refused() -> None:
    text = HEAD + "questions: [{id: a, kind: flashcard, level: answer, ask: b, answer: c, explain: d}]\n"
    with pytest.raises(UnwritableError, match="write each on its own lines"):
        merged(text, flashcard(id="one"))


def test_the_setup_of_the_deck_is_not_repeated_in_a_question() -> None:
    card = structs.replace(flashcard(id="s-flashcard"), ask="new")
    assert merged(deck("flashcard"), card).text.count("import torch") == HEAD.count("import torch")


def test_the_braces_of_a_shell_are_escaped() -> None:
    merged_text = merged(COMMENTED, flashcard(id="one", ask="echo ${HOME}")).text
    assert "echo $${HOME}" in merged_text
    assert read(merged_text).questions[0].ask == "echo ${HOME}"


def test_a_name_that_only_stands_for_itself_is_replaced_by_an_escape() -> None:
    standing = structs.replace(flashcard(id="one", ask="echo ${HOME}"), vary={"HOME": ("${HOME}",)})
    text = merged(COMMENTED, standing).text
    (card, *_) = read(merged(text, flashcard(id="one", ask="echo ${HOME} twice")).text).questions
    assert (card.ask, card.vary) == ("echo ${HOME} twice", {})


def test_the_braces_of_a_card_are_escaped_in_a_family_of_the_authors_own() -> None:
    family = structs.replace(flashcard(id="new-one", ask="a", explain="It says ${word}."), vary={"word": ("a", "b")})
    text = merged(COMMENTED, family).text
    again = merged(text, flashcard(id="new-one", ask="Say ${word} and ${HOME}.", explain="")).text
    card = read(again).questions[-1]
    assert isinstance(card, Flashcard)
    assert (drawn(card, 0).ask, list(card.vary)) == ("Say ${word} and ${HOME}.", ["word"])


def test_a_family_whose_placeholders_went_with_the_old_words_is_none_any_more() -> None:
    family = structs.replace(flashcard(id="new-one", ask="Say ${word}."), vary={"word": ("a", "b")})
    text = merged(COMMENTED, family).text
    card = read(merged(text, flashcard(id="new-one", ask="Say ${word} as it is.")).text).questions[-1]
    assert (card.ask, card.vary) == ("Say ${word} as it is.", {})
