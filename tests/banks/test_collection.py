"""Decks together: unique ids, follow-ups that exist, and one broken deck that leaves the others usable."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.collection import collect, deck_files
from ptquiz.banks.index import DeckIndex
from ptquiz.banks.reader import read_deck
from ptquiz.banks.report import show_problems
from ptquiz.banks.trust import inventory
from tests.domain.decks import deck, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "a.yaml").write_text(deck("choice"), "utf-8")
    (decks / "b.yaml").write_text(deck("number").replace("deck: sample", "deck: other"), "utf-8")
    return decks


def test_finds_decks_below_a_folder_and_not_in_hidden_ones(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "c.yml").write_text("", "utf-8")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "d.yaml").write_text("", "utf-8")
    assert [file.name for file in deck_files([folder])] == ["a.yaml", "b.yaml", "c.yml"]


def test_a_broken_deck_leaves_the_others_usable(folder: Path) -> None:
    (folder / "b.yaml").write_text("format: 1\n", "utf-8")
    collection = collect(deck_files([folder]), read_deck)
    assert [deck.deck for deck in collection.decks] == ["sample"]
    assert len(collection.problems) == 2


def test_an_id_is_taken_once_over_all_decks(folder: Path) -> None:
    (folder / "b.yaml").write_text(deck("choice").replace("deck: sample", "deck: other"), "utf-8")
    (problem,) = collect(deck_files([folder]), read_deck).problems
    assert str(problem).endswith('b.yaml:9:5: id "s-choice" is taken')
    assert "a.yaml:9:5" in problem.hint


def test_a_follow_up_must_exist_but_may_be_in_another_deck(folder: Path) -> None:
    text = deck("choice").replace("    level: answer\n", "    level: answer\n    follows: [s-number, nowhere]\n")
    (folder / "a.yaml").write_text(text, "utf-8")
    (problem,) = collect(deck_files([folder]), read_deck).problems
    assert problem.message == '"s-choice" is followed by "nowhere", which does not exist'


def test_a_problem_is_shown_with_its_line_and_a_caret(folder: Path) -> None:
    (folder / "b.yaml").write_text(deck("number").replace("level: answer", "level: 答案"), "utf-8")
    shown = show_problems(collect([folder / "b.yaml"], read_deck))
    assert shown == (
        f'{folder}/b.yaml:11:12: expected answer, follow-up or source, found "答案"',
        "   11 |     level: 答案",
        "      |            ^",
    )


def test_the_index_gives_the_same_deck_until_the_file_changes(folder: Path, tmp_path: Path) -> None:
    index = DeckIndex(tmp_path / "index")
    first = index.read(folder / "a.yaml").deck
    assert first == index.read(folder / "a.yaml").deck == read_deck(folder / "a.yaml").deck
    (folder / "a.yaml").write_text(deck("choice", "number"), "utf-8")
    changed = index.read(folder / "a.yaml").deck
    assert changed is not None
    assert len(changed.questions) == 2


@pytest.mark.parametrize("garbage", [b"", b"\x00\xff", b"\x93"])
def test_a_damaged_index_only_costs_a_parse(folder: Path, tmp_path: Path, garbage: bytes) -> None:
    index = DeckIndex(tmp_path / "index")
    index.read(folder / "a.yaml")
    for file in (tmp_path / "index").iterdir():
        file.write_bytes(garbage)
    assert index.read(folder / "a.yaml").deck == read_deck(folder / "a.yaml").deck


def test_an_index_that_cannot_be_written_does_not_matter(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert DeckIndex(tmp_path / "file").read(folder / "a.yaml").deck is not None


def test_an_inventory_lists_imports_and_touchy_names() -> None:
    seen = inventory(read(deck("true-false").replace("print(y", "import os; os.system('ls'); open('x'); print(y")))
    assert seen.imports == ("os", "torch")
    assert seen.touchy == ("open", "system")


def test_consent_is_bound_to_the_code_and_not_to_the_text() -> None:
    before = inventory(read(deck())).fingerprint
    assert inventory(read(deck().replace("ask: Write", "ask: Please write"))).fingerprint == before
    assert inventory(read(deck().replace("x.softmax(-1)", "x.softmax(1)"))).fingerprint != before


def test_a_follow_up_may_be_named_by_the_id_it_had_before(folder: Path) -> None:
    old = (folder / "b.yaml").read_text("utf-8")
    (folder / "b.yaml").write_text(old.replace("    ask:", "    aliases: [s-count]\n    ask:"), "utf-8")
    text = (folder / "a.yaml").read_text("utf-8")
    (folder / "a.yaml").write_text(text.replace("    ask:", "    follows: [s-count]\n    ask:"), "utf-8")
    collection = collect(deck_files([folder]), read_deck)
    assert collection.problems == ()
    assert collection.questions["s-choice"].follows == ("s-number",)
    assert collection.renamed == {"s-count": "s-number"}
