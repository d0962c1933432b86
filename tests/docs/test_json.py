"""Schemas say what the program writes and reads; examples of JSON fit them."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ptquiz.cli.environment import Environment
from ptquiz.cli.main import main
from ptquiz.errors import ExitCode
from ptquiz.ui.protocol.decoding import ACTIONS, ASIDES
from tests.cli.program import write_deck
from tests.docs.pages import ROOT, all_blocks

SCHEMAS = ROOT / "docs" / "reference" / "schemas"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROTOCOL = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")

SAID: tuple[dict[str, object], ...] = (
    {"action": "fly"},
    {"action": "star"},
    {"action": "note", "text": "again"},
    {"action": "report", "text": "unclear"},
    {"action": "experiment"},
    {"action": "experiment", "code": "1 + 1"},
    {"action": "experiment", "code": "1 / 0"},
    {"action": "hint"},
    {"action": "undo"},
    {"answer": 1},
    {"rating": 1},
    {"action": "info"},
)
"""Asides at the first question, then an answer; every other question is given up."""


@cache
def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


@cache
def validator(name: str) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema(name))
    return Draft202012Validator(schema(name))


def abridged(part: Any) -> Any:
    """Return a schema in which nothing is required but the type of a message."""
    if isinstance(part, dict):
        return {key: abridged(inner) for key, inner in part.items() if key != "required" or inner == ["type"]}
    return [abridged(inner) for inner in part] if isinstance(part, list) else part


def told(arguments: list[str], home: Path, lines: list[dict[str, object]]) -> tuple[int, str]:
    """Run a command that reads JSON Lines."""
    typed = "".join(json.dumps(line) + "\n" for line in lines)
    out = io.StringIO()
    surroundings = {"PTQUIZ_HOME": str(home), "PTQUIZ_SEED": "1"}
    code = main(arguments, Environment(io.StringIO(typed), out, io.StringIO(), surroundings, lambda: NOON))
    return code, out.getvalue()


def test_a_session_over_every_kind_fits_its_schemas(tmp_path: Path, home: Path) -> None:
    given_up: list[dict[str, object]] = [{"action": "show"}, {"rating": 3}]
    end: list[dict[str, object]] = [{"action": "retry"}, {"action": "show"}, {"action": "quit"}]
    lines = [*SAID, *given_up * 10, *end]
    code, out = told(["practice", "--json", "--new", "20", "-d", str(write_deck(tmp_path))], home, lines)
    assert code == ExitCode.DONE
    written = [json.loads(line) for line in out.splitlines()]
    for message in written:
        validator("practice-output").validate(message)
    for line in lines[1:]:
        validator("practice-input").validate(line)
    assert {message["kind"] for message in written if message["type"] == "question"} == set(kinds())
    assert set(types()) - {message["type"] for message in written} <= {"points"}


def kinds() -> list[str]:
    return list(schema("practice-output")["$defs"]["question"]["properties"]["kind"]["enum"])


def types() -> list[str]:
    return list(schema("practice-output")["$defs"])


def test_the_schemas_name_every_message_and_action() -> None:
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "src/ptquiz/ui/protocol").glob("*.py"))
    assert set(re.findall(r'"type": "([a-z]+)"', sources)) == set(types())
    actions = next(part for part in schema("practice-input")["anyOf"] if "action" in part["properties"])
    assert set(actions["properties"]["action"]["enum"]) == {*ACTIONS, *ASIDES}


@pytest.mark.parametrize("line", re.findall(r"^    < (.*)$", PROTOCOL, re.MULTILINE))
def test_what_the_example_session_writes_fits_the_schema(line: str) -> None:
    Draft202012Validator(abridged(schema("practice-output"))).validate(json.loads(line))


@pytest.mark.parametrize("line", re.findall(r"^    > (.*)$", PROTOCOL, re.MULTILINE))
def test_what_the_example_session_reads_fits_the_schema(line: str) -> None:
    validator("practice-input").validate(json.loads(line))


SCRIPTS = [
    line for block in all_blocks("json") if block.note == "schema" for line in block.text.splitlines() if line.strip()
]


@pytest.mark.parametrize("line", SCRIPTS)
def test_every_line_of_a_script_fits_the_schema(line: str) -> None:
    validator("interview-script").validate(json.loads(line))


def test_every_other_example_of_json_is_json() -> None:
    others = [block for block in all_blocks("json") if block.note != "schema"]
    assert [json.loads(block.text) for block in others] != []


def test_what_check_prints_fits_its_schema(tmp_path: Path, home: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ndeck: broken\ntitle: Broken\nquestion: []\n", "utf-8")
    for arguments, expected in (
        (["check", "--json", "--quick", str(write_deck(tmp_path, "flashcard"))], ExitCode.DONE),
        (["check", "--json", "--quick", str(broken)], ExitCode.BROKEN_DECK),
    ):
        code, out = told(arguments, home, [])
        assert code == expected
        validator("check").validate(json.loads(out))
