"""`ptquiz deck`: beginning, trusting, looking into and removing decks."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck
from tests.domain.decks import deck
from tests.ui.terminal.pty_driver import Pty


def practise(*keys: str) -> str:
    return ptquiz("practice", "-t", "sample", "--plain", keys=keys).stdout


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_new_deck_passes_the_check(tmp_path: Path) -> None:
    path = tmp_path / "my-topic.yaml"
    made = ptquiz("deck", "new", str(tmp_path / "my-topic"))
    assert (made.returncode, made.stdout.splitlines()[0]) == (ExitCode.DONE, f"wrote {path}")
    checked = ptquiz("check", str(path))
    assert (checked.returncode, checked.stderr) == (ExitCode.DONE, "")


NAMES = {
    "My Deck": "ptquiz deck new my-deck",
    "dropout": "ptquiz deck list shows the decks in use",
    "taken": "choose another name, or edit that file",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_used_is_told_with_what_to_type(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken.yaml").write_text("mine", "utf-8")
    ended = ptquiz("deck", "new", str(tmp_path / name))
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.splitlines()[-1] == f"  {NAMES[name]}"
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.glob("*.yaml")] == [("taken.yaml", "mine")]


def test_trusting_lets_code_run_and_untrusting_stops_it(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    ptquiz("deck", "add", str(path))
    assert "not verified here" in practise("2", "q")
    trusted = ptquiz("deck", "trust", "sample", "--yes")
    assert "sample: Sample, 1 question, 2 pieces of code" in trusted.stdout
    assert "imports  torch" in trusted.stdout
    assert "ran on torch 2." in practise("2", "q")
    assert ptquiz("deck", "untrust", str(path)).returncode == ExitCode.DONE
    assert "not verified here" in practise("2", "q")


def test_after_an_update_only_what_changed_is_asked_for_and_the_rest_still_runs(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "choice")
    ptquiz("deck", "add", str(path), "--trust")
    change(path, "print(y", "print('new', y")
    said = practise("2", "3", "2", "3", "q")
    assert said.count("not verified here") == 1
    assert said.count("ran on torch 2.") == 1
    asked = ptquiz("deck", "trust", "sample", "--yes").stdout
    assert f"new or changed since you agreed: 1 of 2\n    s-claim  {path}:9\n" in asked


def test_adding_again_keeps_what_was_agreed(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    ptquiz("deck", "add", str(path), "--trust")
    again = ptquiz("deck", "add", str(path))
    assert "does not run" not in again.stdout
    assert "ran on torch 2." in practise("2", "q")
    ptquiz("deck", "add", str(path), "--no-trust")
    assert "not verified here" in practise("2", "q")


def test_trust_without_somebody_to_ask_names_the_option(tmp_path: Path) -> None:
    ptquiz("deck", "add", str(write_deck(tmp_path, "true-false")))
    ended = ptquiz("deck", "trust", "sample", keys=["1"])
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr == "ptquiz: consent needs somebody to ask\n  ptquiz deck trust sample --yes\n"
    assert "not verified here" in practise("2", "q")


@pytest.mark.parametrize(("key", "outcome"), [("1", "its code may run"), ("\r", "nothing was changed")])
def test_trust_asks_in_a_terminal(tmp_path: Path, key: str, outcome: str) -> None:
    ptquiz("deck", "add", str(write_deck(tmp_path, "true-false")))
    with Pty([*PTQUIZ, "deck", "trust", "sample"], env=surroundings()) as pty:
        pty.wait_for("May it? 1 yes, 2 no")
        pty.send(key)
        pty.wait_for(outcome)


def test_one_deck_of_a_folder_can_be_trusted_and_untrusted(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    write_deck(folder, "true-false")
    other = deck("true-false").replace("deck: sample", "deck: other").replace("s-claim", "o-claim")
    (folder / "other.yaml").write_text(other, "utf-8")
    ptquiz("deck", "add", str(folder))
    ptquiz("deck", "trust", "other", "--yes")
    assert trusted() == {"other": True, "sample": False}
    ptquiz("deck", "trust", "sample", "--yes")
    ptquiz("deck", "untrust", "other")
    assert trusted() == {"other": False, "sample": True}


def trusted() -> dict[str, bool]:
    """Tell which own decks may run."""
    listed = json.loads(ptquiz("deck", "list", "--json").stdout)["decks"]
    return {row["deck"]: row["trusted"] for row in listed if not row["built_in"]}


def test_removing_keeps_the_history_and_adding_brings_the_questions_back(home: Path, tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard", "true-false")
    ptquiz("deck", "add", str(path))
    practise("", "3", "q")
    removed = ptquiz("deck", "remove", "sample")
    assert removed.returncode == ExitCode.DONE
    assert "the history of 1 question is kept" in removed.stdout
    assert path.exists()
    with closing(sqlite3.connect(home / "data" / "reviews.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM log").fetchone() == (1,)
    assert "sample" not in ptquiz("deck", "list").stdout
    ptquiz("deck", "add", str(path))
    assert "0 due, 1 new" in practise("q")


def test_a_deck_whose_file_is_gone_can_be_removed(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    ptquiz("deck", "add", str(path))
    path.unlink()
    assert ptquiz("deck", "remove", str(path)).returncode == ExitCode.DONE
    assert ptquiz("deck", "list").returncode == ExitCode.DONE


def test_one_deck_of_a_folder_cannot_be_removed_alone(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    write_deck(folder, "flashcard")
    (folder / "other.yaml").write_text(deck("number").replace("deck: sample", "deck: other"), "utf-8")
    ptquiz("deck", "add", str(folder))
    ended = ptquiz("deck", "remove", "other")
    assert ended.returncode == ExitCode.USAGE
    assert f"ptquiz deck remove {folder} removes all 2 decks of it" in ended.stderr
    assert ptquiz("deck", "remove", str(folder)).returncode == ExitCode.DONE


@pytest.mark.parametrize("command", ["remove", "trust", "untrust"])
@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("dropout", 'ptquiz: "dropout" is built in\n'),
        ("sampel", 'ptquiz: you have no deck "sampel". Did you mean sample?\n'),
        ("elsewhere.yaml", "was not added\n  ptquiz deck add "),
    ],
)
def test_a_deck_that_is_not_ones_own_is_told(tmp_path: Path, command: str, named: str, message: str) -> None:
    ptquiz("deck", "add", str(write_deck(tmp_path, "flashcard")))
    elsewhere = write_deck(tmp_path, "number", name="elsewhere.yaml")
    ended = ptquiz("deck", command, str(elsewhere) if named == elsewhere.name else named)
    assert ended.returncode == ExitCode.USAGE
    assert message in ended.stderr


def test_the_list_as_json_has_every_deck_and_every_problem(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard", "number")
    ptquiz("deck", "add", str(path))
    sample = json.loads(ptquiz("deck", "list", "--json").stdout)["decks"][-1]
    assert sample == {
        "deck": "sample",
        "title": "Sample",
        "about": "",
        "language": "en",
        "questions": 2,
        "sections": 0,
        "trusted": False,
        "code": True,
        "built_in": False,
        "file": str(path),
    }
    change(path, "kind: number", "kind: numbr")
    ended = ptquiz("deck", "list", "--json")
    assert ended.returncode == ExitCode.BROKEN_DECK
    (broken,) = json.loads(ended.stdout)["broken"]
    assert broken["problems"][0]["place"] == {"file": str(path), "line": 16, "column": 11}
    assert broken["problems"][0]["hint"] == 'did you mean "number"?'


def test_a_preview_shows_question_answer_evidence_and_proof_and_leaves_no_trace(home: Path, tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    ended = ptquiz("deck", "preview", "s-claim", "-d", str(path))
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    for part in ("eval() turns gradients off.", "ANSWER SHOWN", "answer False", "ran on torch 2.", "True", "holds"):
        assert part in ended.stdout
    assert not (home / "data").exists()


def test_a_preview_of_what_does_not_hold_says_where(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    change(path, "assert y.", "assert not y.")
    ended = ptquiz("deck", "preview", "s-claim", "-d", str(path))
    assert ended.returncode == ExitCode.FAILED
    assert f"{path}:19:7: AssertionError" in ended.stdout


def test_the_seed_draws_the_values_and_the_order(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "choice")
    change(path, "    explain: It", "    vary: {who: [Ann, Bob, Cleo]}\n    explain: It")
    change(path, "ask: What", "ask: Says ${who}, what")
    seen = [ptquiz("deck", "preview", "s-choice", "-d", str(path), "--seed", str(n)).stdout for n in (0, 0, 1, 2, 3)]
    assert _asked(seen[0]) == _asked(seen[1])
    assert len({_asked(text) for text in seen}) > 2
    assert not any("${who}" in text for text in seen)


def _asked(shown: str) -> str:
    """Cut the question and its options out of a preview."""
    return shown.partition("seed")[2].partition("hint")[0][2:]


def test_a_preview_without_consent_runs_nothing(tmp_path: Path) -> None:
    ptquiz("deck", "add", str(write_deck(tmp_path, "true-false")))
    ended = ptquiz("deck", "preview", "s-claim")
    assert ended.returncode == ExitCode.DONE
    assert "ran on" not in ended.stdout
    assert "not proven here: this deck's code may not run yet: ptquiz deck trust sample" in ended.stdout


def test_a_preview_of_an_unknown_question_gets_a_suggestion() -> None:
    ended = ptquiz("deck", "preview", "dropout-survivor")
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.startswith('ptquiz: no question "dropout-survivor". Did you mean dropout-survivors?\n')


def test_coverage_counts_and_names_what_is_missing(tmp_path: Path) -> None:
    path = str(write_deck(tmp_path, "choice", "choices", "write"))
    shown = ptquiz("deck", "coverage", "-d", path).stdout
    assert [line.split() for line in shown.splitlines()[:5]] == [
        ["topic", "kind", "questions", "answer", "follow-up", "source", "d1", "d2", "d3", "d4", "d5"],
        ["sample", "choice", "1", "1", "0", "0", "0", "1", "0", "0", "0"],
        ["choices", "1", "0", "1", "0", "0", "1", "0", "0", "0"],
        ["write", "1", "0", "1", "0", "0", "1", "0", "0", "0"],
        ["all", "kinds", "3", "1", "2", "0", "0", "3", "0", "0", "0"],
    ]
    assert "true-false, predict, " in shown
    assert "level source" in " ".join(shown.split())
    cells = json.loads(ptquiz("deck", "coverage", "-d", path, "--json").stdout)["cells"]
    assert {"topic": "sample", "kind": "write", "level": "follow-up", "difficulty": 2, "questions": 1} in cells


def test_the_counts_of_coverage_add_up_to_the_decks() -> None:
    listed = json.loads(ptquiz("deck", "list", "--json").stdout)["decks"]
    cells = json.loads(ptquiz("deck", "coverage", "--json").stdout)["cells"]
    counts = {row["deck"]: row["questions"] for row in listed if row["questions"]}
    assert {topic: sum(c["questions"] for c in cells if c["topic"] == topic) for topic in counts} == counts


def test_the_schema_is_json_on_stdout() -> None:
    ended = ptquiz("schema")
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    assert json.loads(ended.stdout)["title"] == "ptquiz deck"


def test_cards_without_code_have_nothing_to_be_agreed_to(tmp_path: Path) -> None:
    path = tmp_path / "cards.yaml"
    card = "{id: a-card, kind: flashcard, level: answer, ask: A?, answer: B., explain: So.}"
    path.write_text(f"format: 1\ndeck: cards\ntitle: Cards\nquestions:\n  - {card}\n", "utf-8")
    added = ptquiz("deck", "add", str(path), "--no-trust").stdout
    assert "0 pieces of code" in added
    assert "let it run" not in added
    row = next(line for line in ptquiz("deck", "list").stdout.splitlines() if line.startswith("cards "))
    assert "no code" in row


def test_a_preview_of_an_output_on_one_line_has_it_as_the_answer(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "predict")
    path.write_text(path.read_text("utf-8").replace("print(x.sum().item())", "x.backward()"), "utf-8")
    shown = ptquiz("deck", "preview", "s-predict", "-d", str(path)).stdout
    assert "ANSWER SHOWN   answer RuntimeError" in shown
