"""Ids and outputs are written into a deck without touching its comments and layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.edits import fix_ids, update_shows, with_ids, with_shows
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


def test_line_ends_the_byte_order_mark_and_the_mode_of_a_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    card = "questions:\n  - kind: flashcard\n    level: answer\n    ask: Why?\n    answer: so\n    explain: x\n"
    section = "explain:\n  - level: answer\n    title: t\n    text: x\n    run: print(1)\n    shows: |\n      2\n"
    written = "\ufeff" + ("format: 1\ndeck: d\ntitle: T\n" + section + card).replace("\n", "\r\n")
    path.write_bytes(written.encode())
    path.chmod(0o640)
    assert fix_ids(path) == ("d-why",)
    assert update_shows(path, {0: "1\n7\n"})
    changed = path.read_bytes().decode()
    expected = written.replace("- kind: flashcard", "- id: d-why\r\n    kind: flashcard").replace("2", "1\r\n      7")
    assert changed == expected
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_linked_deck_is_changed_where_it_lies(tmp_path: Path) -> None:
    path, link = tmp_path / "d.yaml", tmp_path / "link.yaml"
    path.write_text("format: 1\ndeck: d\ntitle: T\nquestions:\n  - {kind: flashcard, ask: Why?}\n", "utf-8")
    link.symlink_to(path)
    assert fix_ids(link) == ("d-why",)
    assert link.is_symlink()
    assert "- {id: d-why, kind: flashcard, ask: Why?}" in path.read_text("utf-8")
