"""A collection that is read as far as it is looked at is the one that reading everything gives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.compiled import Compiled, open_collection
from ptquiz.banks.index import DeckIndex
from ptquiz.banks.lookup import Lookup, lookup_block
from ptquiz.banks.reader import read_deck
from ptquiz.errors import BrokenDeckError, StoreError
from tests.domain.decks import deck

COURSE = """\
format: 1
course: way
title: The way
steps:
  - topic: first
  - {topic: second, levels: [follow-up]}
"""
TRANSLATION = """\
format: 1
translates: first
language: zh
title: 第一
questions:
  - id: s-flashcard
    ask: eval() 是什么？
    explain: 一行。
    answer: 一行代码
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    first = deck("choice", "flashcard", "number").replace("deck: sample", "deck: first")
    second = deck("fill", "short", "predict").replace("deck: sample", "deck: second\nrank: 1")
    second = second.replace("id: s-short", "id: s-short\n    aliases: [s-long]\n    requires: torch>=2.4")
    (folder / "a.yaml").write_text(first.replace("id: s-choice", "id: s-choice\n    follows: [s-long]"), "utf-8")
    (folder / "b.yaml").write_text(second, "utf-8")
    (folder / "a.zh.yaml").write_text(TRANSLATION, "utf-8")
    (folder / "way.yaml").write_text(COURSE, "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> DeckIndex:
    return DeckIndex(tmp_path / "index")


def opened(folder: Path, index: DeckIndex) -> Collection:
    return open_collection(index, deck_files([folder]))


def warm(folder: Path, index: DeckIndex) -> Compiled:
    opened(folder, index)
    collection = opened(folder, index)
    assert isinstance(collection, Compiled)
    return collection


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_nothing_is_lost_by_reading_later(folder: Path, index: DeckIndex) -> None:
    whole, read_later = collect(deck_files([folder]), read_deck), warm(folder, index)
    for language in ("en", "zh"):
        ours, theirs = read_later.in_language(language), whole.in_language(language)
        assert tuple(ours.decks) == tuple(theirs.decks)
        assert list(ours.questions.items()) == list(theirs.questions.items())
    assert tuple(read_later.translations) == tuple(whole.translations)
    assert tuple(read_later.courses) == tuple(whole.courses)
    assert list(read_later.outlines.items()) == list(whole.outlines.items())
    assert read_later.outlines.requires == whole.outlines.requires == {"s-short": "torch>=2.4"}
    assert (read_later.renamed, read_later.heads) == (whole.renamed, whole.heads)
    assert read_later.deck("second") == whole.deck("second")
    assert read_later.translation("first", "zh") == whole.translation("first", "zh")


def test_a_deck_that_is_not_asked_is_not_read(folder: Path, index: DeckIndex) -> None:
    collection = warm(folder, index)
    for file in (*folder.iterdir(), *index.folder.glob("*.msgpack")):
        file.unlink()
    assert list(collection.outlines)[:2] == ["s-fill", "s-short"]
    assert collection.outlines["s-number"].needs_run
    assert "s-number" in collection.questions
    assert "s-long" not in collection.questions
    assert collection.renamed == {"s-long": "s-short"}


def test_a_question_that_changed_is_seen_at_once(folder: Path, index: DeckIndex) -> None:
    warm(folder, index)
    rewrite(folder / "a.yaml", "What is eval()?", "What does eval() do, exactly?")
    assert opened(folder, index).questions["s-flashcard"].ask == "What does eval() do, exactly?"
    assert warm(folder, index).questions["s-flashcard"].ask == "What does eval() do, exactly?"


def test_a_change_of_the_same_length_is_seen_by_its_time(folder: Path, index: DeckIndex) -> None:
    warm(folder, index)
    rewrite(folder / "a.yaml", "What is eval()?", "What's an eval?")
    os.utime(folder / "a.yaml", ns=(1, 1))
    assert opened(folder, index).questions["s-flashcard"].ask == "What's an eval?"


def test_decks_that_come_and_go_are_seen_at_once(folder: Path, index: DeckIndex) -> None:
    warm(folder, index)
    (folder / "c.yaml").write_text(deck("write"), "utf-8")
    assert "s-write" in opened(folder, index).questions
    (folder / "c.yaml").unlink()
    assert "s-write" not in opened(folder, index).questions


def test_a_deck_that_broke_is_reported_at_once_and_again(folder: Path, index: DeckIndex) -> None:
    warm(folder, index)
    rewrite(folder / "b.yaml", "kind: fill", "kind: full")
    for _ in range(2):
        collection = opened(folder, index)
        assert collection.problems == collect(deck_files([folder]), read_deck).problems != ()
        assert "s-fill" not in collection.questions
    rewrite(folder / "b.yaml", "kind: full", "kind: fill")
    assert "s-fill" in opened(folder, index).questions


def test_an_id_of_two_files_is_reported_as_by_reading_everything(folder: Path, index: DeckIndex) -> None:
    warm(folder, index)
    (folder / "c.yaml").write_text(deck("number"), "utf-8")
    for _ in range(2):
        assert opened(folder, index).problems == collect(deck_files([folder]), read_deck).problems != ()


def test_a_translation_whose_deck_lies_elsewhere_is_judged_anew_each_time(folder: Path, index: DeckIndex) -> None:
    (folder / "a.zh.yaml").rename(folder / "first.zh.yaml")
    (folder / "a.yaml").rename(folder / "first.yaml")
    files = [folder / "first.zh.yaml"]
    assert open_collection(index, files).problems == ()
    (folder / "first.yaml").unlink()
    assert "no deck" in str(open_collection(index, files).problems[0])


@pytest.mark.parametrize("garbage", [b"", b"\x00\xff", bytes(8), b"\xff" * 99])
def test_damaged_contents_only_cost_reading_the_decks(folder: Path, index: DeckIndex, garbage: bytes) -> None:
    whole = list(warm(folder, index).questions.items())
    (kept,) = index.folder.glob("*.contents")
    for damage in (garbage, kept.read_bytes()[:-1]):
        kept.write_bytes(damage)
        assert list(opened(folder, index).questions.items()) == whole


def test_contents_that_are_damaged_inside_are_named_with_the_remedy(folder: Path, index: DeckIndex) -> None:
    warm(folder, index)
    (kept,) = index.folder.glob("*.contents")
    raw = kept.read_bytes()
    kept.write_bytes(raw.replace(b"flashcard", b"\xc1lashcard"))
    with pytest.raises(StoreError, match="damaged") as damaged:
        opened(folder, index).outlines.read()
    assert str(index.folder) in damaged.value.details[0]


def test_a_deck_stays_as_it_was_at_the_start_even_when_its_file_changes(folder: Path, index: DeckIndex) -> None:
    collection = warm(folder, index)
    rewrite(folder / "a.yaml", "What is eval()?", "What does eval() do, exactly?")
    assert collection.questions["s-flashcard"].ask == "What is eval()?"


def test_a_question_that_is_gone_while_it_is_in_use_is_named(folder: Path, index: DeckIndex) -> None:
    collection = warm(folder, index)
    (folder / "a.yaml").write_text(deck("choice").replace("deck: sample", "deck: first"), "utf-8")
    opened(folder, index)  # another start, which compiles the file anew
    with pytest.raises(BrokenDeckError, match="has changed while it was in use"):
        collection.questions["s-flashcard"]


def test_each_number_is_found_by_its_id_and_no_other_id_is() -> None:
    numbers = {f"id-{n}": n % 7 for n in range(2000)}
    block = lookup_block(numbers)
    assert block is not None
    lookup = Lookup(memoryview(block))
    assert {id: lookup.find(id) for id in numbers} == numbers
    assert all(lookup.find(f"other-{n}") is None for n in range(2000))
    assert Lookup(memoryview(lookup_block({}) or b"")).find("id") is None
