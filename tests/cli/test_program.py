"""The program in a pipe: every command, every exit code, and sessions in line mode."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import TUESDAY, ptquiz, surroundings, write_deck

BROKEN_DECK = "format: 1\ndeck: bad\ntitle: Bad\nquestions:\n  - id: x\n    kind: choise\n"


def test_version_and_help() -> None:
    assert ptquiz("--version").stdout.startswith("ptquiz 0.")
    shown = ptquiz("--help").stdout
    assert all(command in shown for command in ("practice", "explain", "check", "deck", "state", "stats", "doctor"))


def test_a_session_in_line_mode_judges_every_kind_and_shows_its_evidence(tmp_path: Path) -> None:
    path = write_deck(tmp_path)
    code = ["", "def soft(x):", "    return x.softmax(-1)", "."]
    mended = ["", "def soft(x):", "    e = (x - x.amax(-1, True)).exp()", "    return e / e.sum(-1, True)", "."]
    picked = ["2", "", "1 3", "", "2", ""]
    typed = ["(2, 3)", "0", "", "3*4+4", "", "", "", "eval", "no_grad", "", "one flag on every submodule", "1 2", ""]
    keys = [*picked, *typed, "1 2 3", "", *mended, "", *code, "", "q"]
    ended = ptquiz("practice", "-d", str(path), "--plain", "--new", "11", keys=keys)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    assert "\x1b" not in ended.stdout
    assert ended.stdout.count("CORRECT") + ended.stdout.count("WRONG") + ended.stdout.count("PARTLY") == 10
    assert ended.stdout.count("ran on torch 2.") == 9
    assert "11 answered" in ended.stdout
    assert "2/2 checks" in ended.stdout
    assert "= 16" in ended.stdout


def test_what_was_rated_good_is_due_later_and_what_was_missed_is_due_tomorrow(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "flashcard")
    ptquiz("practice", "-d", str(path), "--plain", keys=["1", "1", "", "3", "q"])
    tomorrow = ptquiz("practice", "-d", str(path), "--plain", PTQUIZ_NOW=TUESDAY)
    assert "1 due, 0 new" in tomorrow.stdout
    assert "eval() turns gradients off." in tomorrow.stdout
    assert "What is eval()?" not in tomorrow.stdout
    later = ptquiz("practice", "-d", str(path), "--plain", PTQUIZ_NOW="2026-12-24T09:00:00+00:00")
    assert "2 due, 0 new" in later.stdout


def test_nothing_due_says_when_something_will_be(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    ptquiz("practice", "-d", str(path), "--plain", keys=["", "3", ""])
    again = ptquiz("practice", "-d", str(path), "--plain")
    assert (again.returncode, again.stdout.splitlines()[0]) == (
        ExitCode.DONE,
        "Nothing is due. Next: 1 question on Wed 25 Nov from 04:00.",
    )


def test_new_questions_are_limited_over_all_sessions_of_a_day(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "flashcard", "choice")
    ptquiz("practice", "-d", str(path), "--plain", "--new", "2", keys=["2", "3", "", "3"])
    assert "Nothing is due" in ptquiz("practice", "-d", str(path), "--plain", "--new", "2").stdout
    assert "0 due, 1 new" in ptquiz("practice", "-d", str(path), "--plain", "--new", "3").stdout


def test_undo_works_in_the_next_session(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "flashcard")
    ptquiz("practice", "-d", str(path), "--plain", keys=["2", "3", "q"])
    ended = ptquiz("practice", "-d", str(path), "--plain", keys=["u", "2", "3", "q"])
    assert "undone: s-claim is back" in ended.stdout
    assert ptquiz("state", "check").stdout.startswith("3 entries, every state is what the log says\n")


def test_a_suspended_question_is_not_asked_again(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "flashcard")
    ptquiz("practice", "-d", str(path), "--plain", keys=["!", "q"])
    again = ptquiz("practice", "-d", str(path), "--plain", PTQUIZ_NOW=TUESDAY)
    assert "0 due, 1 new" in again.stdout


def test_an_edited_answer_is_told_at_the_next_review(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    ptquiz("practice", "-d", str(path), "--plain", keys=["", "1", "", "1", "q"])
    path.write_text(path.read_text("utf-8").replace("self.train(False)", "train(False)"), "utf-8")
    again = ptquiz("practice", "-d", str(path), "--plain", PTQUIZ_NOW=TUESDAY)
    assert "changed since your last review" in again.stdout


def test_practice_without_a_terminal_asks_for_plain_and_touches_nothing(home: Path) -> None:
    ended = ptquiz("practice", keys=["1"])
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.splitlines() == [
        "ptquiz: practice needs a terminal",
        "  --plain reads one answer per line, --json is the protocol for programs",
    ]
    assert not (home / "data").exists()


def test_explain_runs_the_code_and_shows_the_source() -> None:
    ended = ptquiz("explain", "train-eval")
    assert ended.returncode == ExitCode.DONE
    assert "ran on torch 2." in ended.stdout
    assert "def train(self" in ended.stdout
    assert "torch/nn/modules/module.py:" in ended.stdout
    assert "\x1b" not in ended.stdout


def test_explain_without_a_topic_lists_all() -> None:
    lines = ptquiz("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["train-eval", "dropout", "batchnorm", "no-grad"]


@pytest.mark.parametrize("command", [("explain", "dropuot"), ("practice", "--plain", "-t", "dropuot")])
def test_an_unknown_topic_gets_a_suggestion(command: tuple[str, ...]) -> None:
    ended = ptquiz(*command)
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr == 'ptquiz: no topic "dropuot". Did you mean dropout?\n  ptquiz explain lists all topics\n'


def test_check_is_green_then_red(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "number")
    green = ptquiz("check", str(path))
    assert green.returncode == ExitCode.DONE
    assert "2 questions in 1 deck, 2 decided by a run, all hold (torch 2." in green.stdout
    path.write_text(path.read_text("utf-8").replace("assert y.req", "assert not y.req"), "utf-8")
    red = ptquiz("check", str(path))
    assert red.returncode == ExitCode.FAILED
    assert f"{path}:19:7: AssertionError [s-claim]" in red.stdout
    assert "1 failed" in red.stdout


def test_check_reports_every_problem_of_every_deck(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(BROKEN_DECK, "utf-8")
    ended = ptquiz("check", str(tmp_path))
    assert ended.returncode == ExitCode.BROKEN_DECK
    assert ended.stdout.count('found "choise"') == 2
    assert ended.stdout.count('hint: did you mean "choice"?') == 2


@pytest.mark.parametrize("arguments", [("nowhere",), (".",)])
def test_check_of_nothing_says_what_to_type(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    path = str(empty) if arguments == (".",) else str(empty / "nowhere")
    ended = ptquiz("check", path)
    assert ended.returncode == ExitCode.USAGE
    assert len(ended.stderr.splitlines()) == 2


def test_a_broken_deck_is_told_and_the_others_are_practised(tmp_path: Path) -> None:
    good = write_deck(tmp_path, "flashcard")
    (tmp_path / "bad.yaml").write_text(BROKEN_DECK, "utf-8")
    ended = ptquiz("practice", "-d", str(good), "-d", str(tmp_path / "bad.yaml"), "--plain", keys=["q"])
    assert ended.returncode == ExitCode.DONE
    assert 'found "choise"' in ended.stderr
    assert "What is eval()?" in ended.stdout


def test_an_own_deck_is_added_and_practised_and_its_code_runs_only_with_consent(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "predict")
    added = ptquiz("deck", "add", str(path))
    assert added.returncode == ExitCode.DONE
    assert "imports  torch" in added.stdout
    ended = ptquiz("practice", "-t", "sample", "--plain", keys=["2", "3", "q"])
    assert "1 question is left out: their deck's code may not run yet" in ended.stderr
    assert "not verified here: this deck's code may not run yet" in ended.stdout
    assert "ran on" not in ended.stdout
    ptquiz("deck", "add", str(path), "--trust")
    assert "sample" in ptquiz("deck", "list").stdout
    ended = ptquiz("practice", "-t", "sample", "--plain", keys=["(2,3)", "0", "3", "q"])
    assert "ran on torch 2." in ended.stdout
    path.write_text(path.read_text("utf-8").replace("assert y.req", "assert bool(y.req"), "utf-8")


def test_changed_code_needs_consent_again(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    ptquiz("deck", "add", str(path), "--trust")
    path.write_text(path.read_text("utf-8").replace("print(y", "print('changed', y"), "utf-8")
    ended = ptquiz("practice", "-t", "sample", "--plain", keys=["2", "q"])
    assert "not verified here" in ended.stdout


def test_a_deck_whose_ids_clash_is_not_added(tmp_path: Path) -> None:
    ptquiz("deck", "add", str(write_deck(tmp_path, "choice")))
    other = write_deck(tmp_path, "choice", name="other.yaml")
    ended = ptquiz("deck", "add", str(other))
    assert ended.returncode == ExitCode.BROKEN_DECK
    assert 'id "s-choice" is taken' in ended.stderr


def test_stats_counts_by_topic(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    ptquiz("deck", "add", str(path), "--trust")
    ptquiz("practice", "-t", "sample", "--plain", keys=["", "3", "q"])
    lines = ptquiz("stats").stdout.splitlines()
    assert lines[0].startswith("1 review on 1 day")
    assert next(line.split() for line in lines if line.startswith("sample")) == [
        "sample",
        "1",
        "0",
        "0",
        "0",
        "1",
        "0",
        "0",
    ]


def test_doctor_shows_torch_and_the_sandbox() -> None:
    ended = ptquiz("doctor")
    assert ended.returncode == ExitCode.DONE
    assert "torch      2." in ended.stdout
    assert "sandbox" in ended.stdout


TROUBLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder for a log": (lambda data: (data / "reviews.sqlite3").mkdir(parents=True), "is a folder"),
    "garbage for a log": (lambda data: _write(data / "reviews.sqlite3", b"garbage " * 99), "is not a review log"),
    "a file for the folder": (lambda data: _write(data, b""), "cannot be opened"),
}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_log_that_cannot_be_used_is_told_before_the_first_question(home: Path, tmp_path: Path, trouble: str) -> None:
    break_it, message = TROUBLE[trouble]
    break_it(home / "data")
    ended = ptquiz("practice", "-d", str(write_deck(tmp_path, "flashcard")), "--plain", keys=["", "3"])
    assert ended.returncode == ExitCode.STORE
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "What is eval()?" not in ended.stdout


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    path = str(write_deck(tmp_path, "flashcard"))
    ended = ptquiz("practice", "-d", path, "--plain", PTQUIZ_DATA="/proc/ptquiz")
    assert ended.returncode == ExitCode.STORE
    assert ended.stderr.startswith("ptquiz: the review log /proc/ptquiz/reviews.sqlite3 cannot be opened")


@pytest.mark.parametrize("arguments", [("practise",), ("practice", "--nonsense"), ("explain", "a", "b"), ("check",)])
def test_a_wrong_command_line_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    ended = ptquiz(*arguments)
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.startswith("ptquiz: ")
    assert "Traceback" not in ended.stderr


def test_a_wrong_clock_is_a_usage_error() -> None:
    assert ptquiz("stats", PTQUIZ_NOW="tomorrow").returncode == ExitCode.USAGE


def test_alone_it_says_what_is_due_and_what_to_type() -> None:
    ended = ptquiz()
    assert ended.returncode == ExitCode.DONE
    assert ended.stdout.startswith("0 due, 10 new, about ")
    assert "ptquiz practice" in ended.stdout


@pytest.mark.parametrize("group", ["deck", "state"])
def test_a_group_alone_shows_its_help(group: str) -> None:
    ended = ptquiz(group)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    assert ended.stdout.startswith(f"Usage: ptquiz {group}")


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m ptquiz explain dropout | head -1; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], env=surroundings(), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (ExitCode.CLOSED_PIPE, "")


def test_an_output_that_takes_no_more_is_told(tmp_path: Path) -> None:
    command = f"{sys.executable} -m ptquiz config show > /dev/full"
    ended = subprocess.run(["bash", "-c", command], env=surroundings(), capture_output=True, text=True, check=False)
    assert ended.returncode == ExitCode.ENVIRONMENT
    assert ended.stderr == "ptquiz: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_encoding_shows_a_session(tmp_path: Path, encoding: str, lang: str) -> None:
    path = str(write_deck(tmp_path, "choice"))
    ended = subprocess.run(
        [sys.executable, "-m", "ptquiz", "practice", "--plain", "--lang", lang, "-d", path],
        env=surroundings(PYTHONIOENCODING=encoding),
        input=b"1\n\nq\n",
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, b"")
    shown = ended.stdout.decode(encoding)
    assert ("本次练习" in shown) is (lang == "zh" and encoding != "ascii")
    assert "?????" not in shown


def test_an_interpreter_without_torch_is_told(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare")
    python = tmp_path / "bare" / "bin" / "python"
    path = str(write_deck(tmp_path, "true-false"))
    ended = ptquiz("--python", str(python), "check", path)
    assert ended.returncode == ExitCode.ENVIRONMENT
    assert ended.stderr.startswith("ptquiz: torch is not installed, so answers cannot be run\n")
    ended = ptquiz("--python", str(python), "practice", "-d", path, "--plain", keys=["2", "3", "q"])
    assert ended.returncode == ExitCode.DONE
    assert "not verified here: torch is not installed" in ended.stdout
