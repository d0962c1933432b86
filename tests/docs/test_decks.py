"""Decks in the documents are proven as `ptquiz check` proves them; parts of decks have only keys that there are."""

from __future__ import annotations

import textwrap
import tomllib
from itertools import groupby
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from ptquiz.banks.reader import read_deck
from ptquiz.banks.schema import deck_schema
from ptquiz.commands.check import read_for_check, units
from ptquiz.commands.config import read_settings
from ptquiz.domain.snippets import conduct
from ptquiz.runner import LiveRunner
from tests.docs.pages import Block, all_blocks, name_of

SCHEMA = deck_schema()
SHIPPED = {file.stem for file in (Path(__file__).parents[2] / "questions").glob("*.yaml")}
YAML = all_blocks("yaml")
HEADS = [block for block in YAML if block.text.startswith("format: 1")]
QUESTIONS = [block for block in YAML if block.text.startswith("- id:")]
PARTS = [block for block in YAML if block.note == "keys of"]
OTHERS = {"decks-in-ci.md": "jobs:", "editors.md": "yaml-language-server", "sandbox.md": "needs: workers"}
"""What is YAML and no deck: by page, something in it."""


def files_of(page_blocks: list[Block]) -> dict[str, str]:
    """Put the blocks of a page together: questions and sections belong to its first deck."""
    head, *beside = [block for block in page_blocks if block in HEADS]
    questions = "".join(block.text for block in page_blocks if block in QUESTIONS)
    sections = "".join(block.text for block in page_blocks if block.said == "Deck")
    text = head.text
    if questions:
        text = text.replace("questions: []\n", "questions:\n" + textwrap.indent(questions, "  "))
    if sections:
        text = text.replace("explain: []               # sections, see below\n", sections)
    name = yaml.safe_load(text)["deck"]
    named = {f"{name}.yaml": text}
    for block in beside:
        named[f"{name}.zh.yaml" if "translates:" in block.text else "course.yaml"] = block.text
    return named


PAGES = [(name_of(page), list(found)) for page, found in groupby(YAML, lambda block: block.page)]
WITH_DECKS = [(name, found) for name, found in PAGES if any(block in HEADS for block in found)]


@pytest.mark.parametrize(("page", "found"), WITH_DECKS, ids=[name for name, _ in WITH_DECKS])
def test_everything_in_the_decks_of_a_page_holds(
    page: str, found: list[Block], tmp_path: Path, runner: LiveRunner
) -> None:
    courses = tmp_path / "decks"
    courses.mkdir()
    for name, text in files_of(found).items():
        (courses / name).write_text(text, "utf-8")
    collection = read_for_check([courses], read_deck, elsewhere=lambda: SHIPPED)
    assert [str(problem) for problem in collection.problems] == []
    assert collection.decks
    failed = {unit.name: conduct(unit.trial(), runner.run) for unit in units(collection.decks)}
    assert {name: problems for name, problems in failed.items() if problems} == {}


@pytest.mark.parametrize("block", HEADS, ids=lambda block: block.place)
def test_every_deck_course_and_translation_fits_the_schema(block: Block) -> None:
    Draft202012Validator(SCHEMA).validate(yaml.safe_load(block.text))


@pytest.mark.parametrize("block", PARTS, ids=lambda block: block.place)
def test_a_part_of_a_deck_has_only_keys_that_there_are(block: Block) -> None:
    properties = SCHEMA["$defs"][block.said]["properties"]
    for key, value in yaml.safe_load(block.text).items():
        part = {"$defs": SCHEMA["$defs"], **properties[key]}
        Draft202012Validator(part).validate(value)


def test_no_yaml_is_left_out() -> None:
    proven = (*HEADS, *QUESTIONS, *PARTS)
    rest = [block for block in YAML if block not in proven]
    assert [block.place for block in rest if OTHERS.get(block.page.name, "?") not in block.text] == []


SETTINGS = [block for block in all_blocks("toml") if block.note == "file"]


@pytest.mark.parametrize("block", SETTINGS, ids=lambda block: block.place)
def test_settings_in_the_documents_are_understood(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(block.text, "utf-8")
    assert tomllib.loads(block.text)
    assert read_settings(file, {}, {}).warnings == ()
