"""The JSON Schema accepts what the reader accepts, and points at what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from ptquiz.banks.reader import parse_deck
from ptquiz.banks.schema import deck_schema
from ptquiz.banks.template import fill_template
from ptquiz.commands.coverage import KINDS
from ptquiz.paths import shipped_questions
from tests.banks.core_yaml import load
from tests.domain.decks import deck

SHIPPED = sorted(shipped_questions().glob("*.yaml"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = deck_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_decks_are_valid(validator: Draft202012Validator, path: Path) -> None:
    validator.validate(load(path))


TRANSLATION = """\
format: 1
translates: sample
language: zh
title: 样本
questions:
  - id: s-choice
    ask: 多少？
    explain: 保持均值。
"""


def test_a_translation_is_valid_and_its_mistakes_are_found(validator: Draft202012Validator) -> None:
    validator.validate(load(TRANSLATION))
    found = best_match(validator.iter_errors(load(TRANSLATION.replace("ask:", "asks:"))))
    assert found is not None
    assert list(found.absolute_path) == ["questions", 0]


def test_the_template_is_valid(validator: Draft202012Validator) -> None:
    validator.validate(load(fill_template("my-topic")))


def test_a_deck_of_every_sample_question_is_valid(validator: Draft202012Validator) -> None:
    validator.validate(load(deck()))


def test_every_kind_is_a_branch_of_its_own() -> None:
    schema = deck_schema()
    branches = schema["$defs"]["Deck"]["properties"]["questions"]["items"]["allOf"]
    assert [branch["then"]["$ref"] for branch in branches] == [f"#/$defs/{kind}" for kind in KINDS]
    assert [schema["$defs"][kind]["properties"]["kind"] for kind in KINDS] == [{"const": kind} for kind in KINDS]


UNQUOTED = {
    "text": ("It keeps the mean.", "3.10"),
    "code of one word": ("1 / (1 - 0.2)", "true"),
    "an option": ('"1.25"', "1.25"),
    "an id that looks like a number": ("tags: [a]", "tags: [007, 1e5, true]"),
    "one piece of code where several may stand": ("tags: [a]", "setup: x = 1"),
    "several pieces of code": ("tags: [a]", "setup: [x = 1, y = 2]"),
    "values of a family": ("tags: [a]", "vary: {p: [0.1, 2]}"),
}


@pytest.mark.parametrize("case", UNQUOTED)
def test_what_may_be_written_without_quotes_is_valid(validator: Draft202012Validator, case: str) -> None:
    old, new = UNQUOTED[case]
    text = deck("choice").replace("    level: answer\n", "    level: answer\n    tags: [a]\n")
    assert old in text
    validator.validate(load(text.replace(old, new)))


WRONG = {
    "an unknown key": ("explain: It keeps", "explane: It keeps", ["questions", 0]),
    "an unknown kind": ("kind: choice", "kind: choise", ["questions", 0, "kind"]),
    "a missing key": ("    level: answer\n", "", ["questions", 0]),
    "a key of another kind": ("value: 1", "starter: 1", ["questions", 0]),
    "a number out of range": ("level: answer", "level: answer\n    difficulty: 9", ["questions", 0, "difficulty"]),
    "a word for a truth value": ("right: true", "right: perhaps", ["questions", 0, "options", 0, "right"]),
    "nothing": ("ask: What is `1 / (1 - p)` for p = 0.2?", "ask:", ["questions", 0, "ask"]),
    "an empty text": ("ask: What is `1 / (1 - p)` for p = 0.2?", "ask: ' '", ["questions", 0, "ask"]),
    "one option": ("    value:", "    options: [{text: a, why: b}]\n    value:", ["questions", 0, "options"]),
    "an id with capitals": ("id: s-choice", "id: Choice", ["questions", 0, "id"]),
    "a newer format": ("format: 1", "format: 2", ["format"]),
    "a field that the reader fills": ("level: answer", "level: answer\n    place: here", ["questions", 0]),
    "an unknown key of the deck": ("title: Sample", "titel: Sample", []),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_the_reader_refuses_is_refused_at_its_place(validator: Draft202012Validator, case: str) -> None:
    old, new, place = WRONG[case]
    text = deck("choice")
    assert old in text
    text = text.replace(old, new, 1)
    # The reader refuses a repeated key, of which an editor sees the last.
    assert parse_deck(text.encode(), Path("d.yaml")).problems
    found = best_match(validator.iter_errors(load(text)))
    assert found is not None
    assert list(found.absolute_path) == place


def test_descriptions_are_the_docstrings_of_the_types() -> None:
    types = deck_schema()["$defs"]
    assert types["choice"]["description"] == "Pick one option."
    assert types["write"]["properties"]["hints"]["description"] == "In the order in which they are given."
    assert types["Option"]["properties"]["why"]["description"] == "Why it is right, or what is wrong with it."
