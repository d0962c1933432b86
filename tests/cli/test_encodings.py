"""Streams that cannot print everything, JSON that stays JSON, and readers that stop early."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, surroundings, write_deck

ENCODINGS = {
    "the C locale": ({"LC_ALL": "C"}, "utf-8"),
    "ascii": ({"PYTHONIOENCODING": "ascii"}, "ascii"),
    "gbk": ({"PYTHONIOENCODING": "gbk"}, "gbk"),
    "ascii by locale": ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "ascii"),
}
COMMANDS = {
    "stats": ["stats"],
    "due": ["due"],
    "deck list": ["deck", "list"],
    "explain": ["explain", "train-eval"],
    "plan": ["plan", "--interview", "2026-12-14"],
    "config show": ["config", "show"],
}


def run(*words: str, **variables: str) -> tuple[int, bytes, bytes]:
    ended = subprocess.run(
        [*PTQUIZ, *words], env=surroundings(**variables), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(("variables", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_every_report_can_be_printed_in_every_encoding(
    tmp_path: Path, variables: dict[str, str], encoding: str
) -> None:
    check = {"check": ["check", str(write_deck(tmp_path, "true-false")), "--quick"]}
    for words in (COMMANDS | check).values():
        code, out, error = run(*words, "--lang", "zh", **variables)
        assert (code, error) == (ExitCode.DONE, b""), words
        shown = out.decode(encoding)
        assert encoding != "ascii" or "????" not in shown  # English then, not Chinese in question marks


def test_gbk_gets_chinese_and_ascii_decoration() -> None:
    _, out, _ = run("plan", "--interview", "2026-12-14", "--lang", "zh", PYTHONIOENCODING="gbk")
    shown = out.decode("gbk")
    assert "每天 30 分钟" in shown
    assert "█" not in shown
    assert "###" in shown


DOCUMENTS = {
    "stats": ["stats"],
    "due": ["due"],
    "plan": ["plan", "--interview", "2026-12-14"],
    "no plan": ["plan"],
    "tune": ["tune"],
    "deck list": ["deck", "list"],
    "deck coverage": ["deck", "coverage"],
    "topics": ["explain"],
    "explain": ["explain", "no-grad"],
    "config show": ["config", "show"],
    "paths": ["paths"],
}


@pytest.mark.parametrize("words", DOCUMENTS.values(), ids=DOCUMENTS)
def test_json_is_one_document_with_a_schema_and_nothing_else(words: list[str]) -> None:
    code, out, error = run(*words, "--json", "--lang", "zh", PYTHONIOENCODING="gbk")
    assert (code, error) == (ExitCode.DONE, b"")
    assert json.loads(out.decode("gbk"))["schema"] == 1
    assert b"\x1b" not in out


def test_a_check_as_json_keeps_what_it_says_beside_apart(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    path.write_text(path.read_text("utf-8").replace("  - id: s-claim\n    kind", "  - kind"), "utf-8")
    code, out, error = run("check", str(path), "--quick", "--fix", "--json")
    assert code == ExitCode.DONE
    assert json.loads(out)["schema"] == 1
    assert b"wrote" in error


def test_an_explanation_as_json_holds_what_its_code_did() -> None:
    _, out, _ = run("explain", "no-grad", "--json")
    explained = json.loads(out)
    outcomes = [section["outcome"] for section in explained["sections"] if section["outcome"]]
    assert {outcome["kind"] for outcome in outcomes} <= {"ran", "raised"}
    assert any(outcome["stdout"] for outcome in outcomes)
    assert explained["torch"][0].isdigit()


@pytest.mark.parametrize(
    "words", [["stats"], ["deck", "coverage"], ["explain", "dropout"], ["config", "show", "--json"]]
)
def test_a_reader_that_stops_after_a_line_ends_the_program_quietly(words: list[str]) -> None:
    with subprocess.Popen(
        [*PTQUIZ, *words], env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode in (ExitCode.DONE, ExitCode.CLOSED_PIPE)
