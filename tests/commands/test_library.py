"""Which code may run: that of shipped decks, of decks that are named, and what the user agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ptquiz.banks.collection import Collection, collect
from ptquiz.banks.reader import read_deck
from ptquiz.banks.registry import Registry
from ptquiz.commands.deck_tools import add, trust
from ptquiz.commands.library import Library, examine, open_library
from ptquiz.domain.questions import Number
from ptquiz.domain.variants import drawn
from tests.cli.program import write_deck


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "data" / "decks.json")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    return folder


def gather(files: Sequence[Path]) -> Collection:
    return collect(files, read_deck)


def library(shipped: Path, registry: Registry) -> Library:
    return open_library(gather, shipped, registry)


def test_every_member_of_a_family_may_run_after_one_yes(tmp_path: Path, shipped: Path, registry: Registry) -> None:
    path = write_deck(tmp_path, "number")
    text = path.read_text("utf-8").replace("Linear(3, 4).p", "Linear(${n}, 4).p")
    path.write_text(text.replace("    explain:", "    vary: {n: [3, 5, 7, 9]}\n    explain:"), "utf-8")
    add(examine(path, read_deck, library(shipped, registry)), registry, trusted=True)
    opened = library(shipped, registry)
    family = opened.collection.questions["s-number"]
    members = [drawn(family, repetition) for repetition in range(8)]
    assert len({member.value.code for member in members if isinstance(member, Number)}) > 1
    assert all(opened.trusts(member) for member in members)


def test_shipped_decks_and_decks_that_are_named_may_run(tmp_path: Path, shipped: Path, registry: Registry) -> None:
    write_deck(shipped, "number")
    assert library(shipped, registry).trusted == {"sample"}
    named = open_library(gather, tmp_path / "nothing", registry, [write_deck(tmp_path, "number")])
    assert all(named.trusts(question) for question in named.collection.questions.values())


def test_consent_to_one_deck_is_none_to_a_copy_under_another_name(
    tmp_path: Path, shipped: Path, registry: Registry
) -> None:
    path = write_deck(tmp_path, "number")
    trust(examine(path, read_deck, library(shipped, registry)), registry)
    text = path.read_text("utf-8").replace("deck: sample", "deck: copy").replace("s-number", "c-number")
    (tmp_path / "copy.yaml").write_text(text, "utf-8")
    add(examine(tmp_path / "copy.yaml", read_deck, library(shipped, registry)), registry, trusted=None)
    assert library(shipped, registry).trusted == {"sample"}


def test_a_deck_keeps_its_place_in_the_list(tmp_path: Path, registry: Registry) -> None:
    for name in ("a", "b"):
        registry.put(tmp_path / name, {})
    registry.put(tmp_path / "a", {"x": ("1",)})
    assert [deck.path for deck in registry.decks()] == [str(tmp_path / "a"), str(tmp_path / "b")]
    registry.remove(tmp_path / "a")
    assert [deck.path for deck in registry.decks()] == [str(tmp_path / "b")]
