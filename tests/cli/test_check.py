"""The options of `ptquiz check`, as an author uses them."""

from __future__ import annotations

import json
from pathlib import Path

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz, write_deck


def test_what_was_proven_is_not_proven_again_until_it_changes(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "number")
    ptquiz("check", str(path))
    assert "2 of 2 parts unchanged since they were proven" in ptquiz("check", str(path)).stdout
    path.write_text(path.read_text("utf-8").replace("nn.Linear(3, 4)", "nn.Linear(3, 5)"), "utf-8")
    assert "1 of 2 parts unchanged since they were proven" in ptquiz("check", str(path)).stdout
    assert "unchanged" not in ptquiz("check", str(path), "--all").stdout


def test_what_failed_is_proven_again(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    path.write_text(path.read_text("utf-8").replace("assert y.req", "assert not y.req"), "utf-8")
    assert [ptquiz("check", str(path)).returncode for _ in range(2)] == [ExitCode.FAILED] * 2


def test_json_holds_the_problems_with_their_places(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "fix")
    path.write_text(path.read_text("utf-8").replace("assert y.req", "assert not y.req"), "utf-8")
    ended = ptquiz("check", str(path), "--json")
    document = json.loads(ended.stdout)
    assert (ended.returncode, document["schema"], document["holds"]) == (ExitCode.FAILED, 1, False)
    (problem,) = document["problems"]
    assert (problem["file"], problem["line"], problem["in"]) == (str(path), 19, "s-claim")
    assert document["mutants"]["s-fix"]["of"] >= 2


def test_an_output_that_depends_on_the_machine_is_found(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "predict")
    text = path.read_text("utf-8").replace("print(x.sum().item())", "print(sorted({'a', 'b'})[0], hash('a') % 97)")
    path.write_text(text, "utf-8")
    ended = ptquiz("check", str(path))
    assert ended.returncode == ExitCode.FAILED
    assert "the output depends on the machine [s-predict]" in ended.stdout


def test_fix_writes_missing_ids(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    path.write_text(path.read_text("utf-8").replace("id: s-flashcard\n    ", ""), "utf-8")
    assert ptquiz("check", str(path)).returncode == ExitCode.BROKEN_DECK
    ended = ptquiz("check", str(path), "--fix")
    assert ended.returncode == ExitCode.DONE
    assert "wrote sample-what-is-eval" in ended.stdout


def test_update_writes_what_sections_print(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    section = "explain:\n  - {level: answer, title: t, text: x, run: print(1 + 1), shows: '3'}  # kept\n"
    path.write_text(path.read_text("utf-8").replace("questions:", section + "questions:"), "utf-8")
    assert ptquiz("check", str(path)).returncode == ExitCode.FAILED
    assert ptquiz("check", str(path), "--update").returncode == ExitCode.DONE
    assert 'shows: "2"}  # kept' in path.read_text("utf-8")


def test_several_interpreters_make_a_table(tmp_path: Path) -> None:
    import sys

    path = write_deck(tmp_path, "number")
    ended = ptquiz("check", str(path), "--quick", "--python", sys.executable, "--python", sys.executable)
    assert ended.stdout.splitlines()[-1].split()[-2:] == ["1", "1"]
