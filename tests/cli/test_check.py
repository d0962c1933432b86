"""The options of `ptquiz check`, as an author uses them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck
from tests.ui.terminal.pty_driver import Pty


def check(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Prove one at a time: every further job starts a torch of its own."""
    return ptquiz("check", str(path), "-j", "1", *options)


def test_what_was_proven_is_not_proven_again_until_it_changes(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "number")
    check(path)
    assert "2 of 2 parts unchanged since they were proven" in check(path).stdout
    path.write_text(path.read_text("utf-8").replace("nn.Linear(3, 4)", "nn.Linear(3, 5)"), "utf-8")
    assert "1 of 2 parts unchanged since they were proven" in check(path).stdout
    assert "unchanged" not in check(path, "--all").stdout


def test_what_failed_is_proven_again(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    path.write_text(path.read_text("utf-8").replace("assert y.req", "assert not y.req"), "utf-8")
    assert [check(path).returncode for _ in range(2)] == [ExitCode.FAILED] * 2


def test_json_holds_the_problems_with_their_places(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "fix")
    path.write_text(path.read_text("utf-8").replace("assert y.req", "assert not y.req"), "utf-8")
    ended = check(path, "--json")
    document = json.loads(ended.stdout)
    assert (ended.returncode, document["schema"], document["holds"]) == (ExitCode.FAILED, 1, False)
    (problem,) = document["problems"]
    assert (problem["file"], problem["line"], problem["in"]) == (str(path), 19, "s-claim")
    assert document["mutants"]["s-fix"]["of"] >= 2


def test_an_output_that_depends_on_the_machine_is_found(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "predict")
    text = path.read_text("utf-8").replace("print(x.sum().item())", "print(sorted({'a', 'b'})[0], hash('a') % 97)")
    path.write_text(text, "utf-8")
    ended = check(path)
    assert ended.returncode == ExitCode.FAILED
    assert "the output depends on the machine [s-predict]" in ended.stdout


def test_fix_writes_missing_ids(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    path.write_text(path.read_text("utf-8").replace("id: s-flashcard\n    ", ""), "utf-8")
    assert check(path).returncode == ExitCode.BROKEN_DECK
    ended = check(path, "--fix")
    assert ended.returncode == ExitCode.DONE
    assert "wrote sample-what-is-eval" in ended.stderr


def test_update_writes_what_sections_print(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    section = "explain:\n  - {level: answer, title: t, text: x, run: print(1 + 1), shows: '3'}  # kept\n"
    path.write_text(path.read_text("utf-8").replace("questions:", section + "questions:"), "utf-8")
    assert check(path).returncode == ExitCode.FAILED
    assert check(path, "--update").returncode == ExitCode.DONE
    assert 'shows: "2"}  # kept' in path.read_text("utf-8")


def test_several_interpreters_make_a_table(tmp_path: Path) -> None:

    path = write_deck(tmp_path, "number")
    ended = check(path, "--quick", "--python", sys.executable, "--python", sys.executable)
    assert ended.stdout.splitlines()[-1].split()[-2:] == ["1", "1"]


def test_a_survivor_is_told_again_until_it_is_justified(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "fix")
    assert ["passes: line 2, USub is dropped" in check(path).stdout for _ in range(2)] == [True, True]
    justified = "    survivors:\n      - {mutant: 'line 2, USub is dropped', why: two dimensions}\n    checks:\n"
    path.write_text(path.read_text("utf-8").replace("    checks:\n", justified), "utf-8")
    ended = check(path)
    assert ended.returncode == ExitCode.DONE
    assert "(100%), 1 justified" in ended.stdout
    assert "passes" not in ended.stdout
    assert "1 of 1 parts unchanged" in check(path).stdout


def test_a_stale_justification_fails_the_check_at_its_line(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "fix")
    stale = "    survivors:\n      - {mutant: 'line 2, 1 becomes 0', why: old}\n    checks:\n"
    path.write_text(path.read_text("utf-8").replace("    checks:\n", stale), "utf-8")
    ended = check(path)
    assert ended.returncode == ExitCode.FAILED
    assert f'{path}:22:9: the checks reject "line 2, 1 becomes 0" [s-fix]' in ended.stdout


def test_a_suspicion_is_told_and_does_not_fail_the_check(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "write")
    path.write_text(path.read_text("utf-8").replace("def soft(x): return x.", "def soft(x): return xx."), "utf-8")
    ended = check(path, "--quick")
    assert ended.returncode == ExitCode.DONE
    assert f"{path}:21:16: warning: this wrong solution fails every check with" in ended.stdout
    document = json.loads(check(path, "--quick", "--json").stdout)
    assert (document["holds"], len(document["problems"]), len(document["warnings"])) == (True, 0, 1)


def test_what_only_moves_in_its_file_is_not_proven_again(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "number")
    check(path, "--quick")
    path.write_text("# a new line\n" + path.read_text("utf-8"), "utf-8")
    assert "2 of 2 parts unchanged" in check(path, "--quick").stdout


def test_several_interpreters_make_one_json_document(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "number")
    python = ("--python", sys.executable)
    documents = json.loads(check(path, "--quick", "--json", *python, *python).stdout)
    assert [document["holds"] for document in documents] == [True, True]


def test_watching_shows_each_changed_question_once_as_a_learner_sees_it(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "number", "flashcard")
    text = path.read_text("utf-8")
    with Pty([*PTQUIZ, "check", str(path), "--watch", "--quick"], env=surroundings(), rows=60, columns=200) as pty:
        pty.wait_for("watching; Ctrl-C ends")
        path.write_text("# moved\n" + text.replace("eval() turns gradients off.", "eval() stops autograd."), "utf-8")
        pty.wait_for("eval() stops autograd.")
        pty.wait_for("ran on torch")
        # A file that cannot be read is told; nothing was changed in what it said before.
        path.write_text(text.replace("kind: number", "kind: numbr"), "utf-8")
        pty.wait_for('did you mean "number"?')
        path.unlink()
        pty.wait_for("there is no")
        path.write_text(text.replace("How many parameters has", "Count the parameters of"), "utf-8")
        pty.wait_for("Count the parameters of")
        pty.send("\x03")
        assert pty.wait_exit() == ExitCode.INTERRUPTED


def test_watching_does_what_the_other_options_ask_for_after_each_change(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    with Pty([*PTQUIZ, "check", str(path), "--watch", "--quick", "--fix"], env=surroundings(), columns=200) as pty:
        pty.wait_for("watching; Ctrl-C ends")
        path.write_text(path.read_text("utf-8").replace("id: s-flashcard\n    ", ""), "utf-8")
        pty.wait_for("wrote sample-what-is-eval")
        pty.wait_for("What is eval()?")
    assert "id: sample-what-is-eval" in path.read_text("utf-8")


def test_a_course_may_name_topics_that_are_in_use_and_not_among_the_files(tmp_path: Path) -> None:
    write_deck(tmp_path, "true-false")
    course = tmp_path / "course.yaml"
    course.write_text("format: 1\ncourse: two\ntitle: Two\nsteps:\n  - topic: sample\n  - topic: dropout\n", "utf-8")
    assert check(tmp_path, "--quick").returncode == ExitCode.DONE
    course.write_text(course.read_text("utf-8").replace("topic: dropout", "topic: dropuot"), "utf-8")
    ended = check(tmp_path, "--quick")
    assert ended.returncode == ExitCode.BROKEN_DECK
    assert 'course.yaml:6:5: there is no topic "dropuot"' in ended.stdout
    assert ", 1 file cannot be read (torch " in ended.stdout


def test_a_course_alone_is_read_and_nothing_is_proven(tmp_path: Path) -> None:
    course = tmp_path / "course.yaml"
    course.write_text("format: 1\ncourse: one\ntitle: One\nsteps:\n  - topic: dropout\n", "utf-8")
    ended = check(course)
    assert ended.returncode == ExitCode.DONE
    assert ended.stdout == "there is no deck among the files, so nothing to prove; all can be read\n"
    course.write_text(course.read_text("utf-8").replace("topic: dropout", "topic: dropuot"), "utf-8")
    assert check(course).returncode == ExitCode.BROKEN_DECK
