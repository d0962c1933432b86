"""Ids and outputs are written into a deck without touching its comments and layout."""

from __future__ import annotations

import pytest

from ptquiz.banks.edits import with_ids, with_shows
from tests.domain.decks import read

DECK = """\
format: 1   # the first
deck: sample
title: Sample
explain:
  - level: answer
    title: One
    text: x
    run: print(1)
    shows: "0"      # to be updated
  - level: source
    title: Two
    text: x
    run: print("a\\nb")
    # a comment
    shows: |
      a
      c
  - {level: source, title: Three, text: x, run: print(3), shows: "3"}
questions:
  # the opening question
  - kind: flashcard
    level: answer
    ask: What is `nn.Dropout(0.5)` for?
    answer: a
    explain: e
  - id: sample-kept
    kind: flashcard
    level: answer
    ask: b
    answer: b
    explain: e
  - kind: flashcard
    level: answer
    ask: What is `nn.Dropout(0.5)` for, again?
    answer: c
    explain: e
"""


def test_missing_ids_are_made_from_the_question_and_are_unique() -> None:
    new, made = with_ids(DECK, "d.yaml")
    assert made == ("sample-what-is-nn-dropout-0", "sample-what-is-nn-dropout-0-2")
    assert [question.id for question in read(new).questions] == [made[0], "sample-kept", made[1]]


def test_ids_change_nothing_else() -> None:
    new, made = with_ids(DECK, "d.yaml")
    for id_ in made:
        new = new.replace(f"id: {id_}\n    ", "")
    assert new == DECK


def test_a_deck_with_all_its_ids_stays_as_it_is() -> None:
    new, _ = with_ids(DECK, "d.yaml")
    assert with_ids(new, "d.yaml") == (new, ())


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ({0: "1\n"}, {0: "1", 1: "a\nc", 2: "3"}),
        ({1: "a\nb\n"}, {0: "0", 1: "a\nb", 2: "3"}),
        ({0: "x\ny\n", 1: "z\n", 2: "4"}, {0: "x\ny", 1: "z", 2: "4"}),
    ],
)
def test_outputs_replace_what_sections_show(outputs: dict[int, str], expected: dict[int, str]) -> None:
    shown = {
        i: section.shows for i, section in enumerate(read(with_ids(with_shows(DECK, "d", outputs), "d")[0]).explain)
    }
    assert shown == expected


def test_updating_keeps_every_comment() -> None:
    new = with_shows(DECK, "d.yaml", {0: "1\n", 1: "a\nb\n", 2: "4\n"})
    for comment in ("# the first", "# to be updated", "# a comment", "# the opening question"):
        assert comment in new
