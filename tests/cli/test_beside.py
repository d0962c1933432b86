"""What a learner can do beside answering, in a real terminal: experiments, notes, reports, the deck itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, TUESDAY, ptquiz, surroundings, write_deck
from tests.ui.terminal.pty_driver import Pty


@contextmanager
def practising(path: Path, **variables: str) -> Iterator[Pty]:
    with Pty([*PTQUIZ, "practice", "-d", str(path)], env=surroundings(**variables)) as pty:
        pty.wait_for("q quit")
        pty.wait_for_prompt()
        yield pty


def editor(folder: Path, script: str) -> str:
    """Write an editor that changes its last argument by a shell script."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\nfor file; do :; done\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_an_experiment_is_edited_and_run_as_often_as_one_likes_and_nothing_is_logged(tmp_path: Path) -> None:
    with practising(write_deck(tmp_path, "choice")) as pty:
        pty.send("x")
        pty.wait_for("Ctrl-D run")
        pty.send("torch.full((2,), 7.0)")
        pty.wait_for("7.0)")
        pty.send("\x04")
        pty.wait_for("tensor([7., 7.])")
        pty.wait_for_prompt()
        pty.send("\r")
        pty.wait_for("Ctrl-C leave")
        pty.send("\r1 / 0")
        pty.wait_for("1 / 0")
        pty.send("\x04")
        pty.wait_for("ZeroDivisionError: division by zero (line 5)")
        pty.wait_for_prompt()
        pty.send("0")
        pty.wait_for("q quit", times=2)
        pty.wait_for_prompt()
        pty.send("q")
        assert pty.wait_exit() == ExitCode.DONE
    assert ptquiz("state", "check").stdout.startswith("0 entries")


def test_help_by_an_experiment_makes_a_right_answer_hard(tmp_path: Path) -> None:
    with practising(write_deck(tmp_path, "true-false")) as pty:
        pty.send("x")
        pty.wait_for("Ctrl-D run")
        pty.send("\x04")
        pty.wait_for("ran on torch")
        pty.wait_for_prompt()
        pty.send("0")
        pty.wait_until(lambda p: p.lines[p.cursor[0]].strip() == ">" and "> 0" in p.transcript)
        pty.send("2")
        pty.wait_for("space = 2 Hard")


def test_a_note_is_kept_and_shown_the_next_time(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    with practising(path) as pty:
        pty.send("e")
        pty.wait_for("add a private note")
        pty.send("1")
        pty.wait_for("empty = cancel")
        pty.send("张量 is a tensor\r")
        pty.wait_for("noted")
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_exit()
    with practising(path, PTQUIZ_NOW=TUESDAY) as pty:
        pty.send("i")
        pty.wait_for("your note: 张量 is a tensor")
        pty.wait_for_prompt()
        pty.send("u")
        pty.wait_for("the note on s-flashcard is gone")


def test_an_error_in_a_question_is_written_down_with_the_answer(tmp_path: Path, home: Path) -> None:
    with practising(write_deck(tmp_path, "choice")) as pty:
        pty.send("1")
        pty.wait_for("space =")
        pty.wait_for_prompt()
        pty.send("e")
        pty.wait_for("report an error")
        pty.send("2")
        pty.wait_for("what is wrong?")
        pty.send("a comma is missing\r")
        pty.wait_for("Nothing was sent.")
    report = next((home / "data" / "reports").iterdir()).read_text("utf-8")
    assert report.startswith("## s-choice\n\na comma is missing\n")
    assert "torch 2." in report
    assert "sample.yaml:9" in report


def test_an_empty_note_and_ctrl_c_cancel_and_the_session_goes_on(tmp_path: Path) -> None:
    with practising(write_deck(tmp_path, "flashcard")) as pty:
        pty.send("e")
        pty.wait_for("0 back")
        pty.wait_for_prompt()
        pty.send("1")
        pty.wait_for("empty = cancel")
        pty.wait_for_prompt()
        pty.send("half")
        pty.wait_for("> half")
        pty.send("\x03")
        pty.wait_until(lambda p: p.lines[p.cursor[0]].strip() == ">" and p.lines[p.cursor[0] - 1] == "> half")
        pty.send("i")
        pty.wait_for("rated  0 times")
    ended = ptquiz("practice", "--plain", "-d", str(tmp_path / "sample.yaml"), keys=["e", "1", "", "q"])
    assert ended.returncode == ExitCode.DONE
    assert ptquiz("state", "check").stdout.startswith("0 entries")


def test_the_deck_is_mended_in_the_editor_and_the_same_question_is_asked_as_it_is_now(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard", "choice")
    command = editor(tmp_path, "sed -i 's/What is eval()?/What does eval() do, exactly?/' \"$file\"")
    with practising(path, EDITOR=command) as pty:
        pty.send("e")
        pty.wait_for("open the deck here")
        pty.send("3")
        pty.wait_for("What does eval() do, exactly?")
        pty.wait_for("q quit", times=2)
        pty.wait_for_prompt()
        pty.send(" ")
        pty.wait_for("self.train(False)")


def test_a_deck_broken_in_the_editor_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    with practising(path, EDITOR=editor(tmp_path, "sed -i 's/kind: flashcard/kind: flashcar/' \"$file\"")) as pty:
        pty.send("e")
        pty.wait_for("open the deck here")
        pty.send("3")
        pty.wait_for('hint: did you mean "flashcard"?')
        pty.wait_for_prompt()
        pty.send(" ")
        pty.wait_for("self.train(False)")


def test_a_missing_editor_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    with practising(write_deck(tmp_path, "write"), EDITOR="no-such-editor") as pty:
        pty.send("o")
        pty.wait_for("the editor 'no-such-editor' (from $EDITOR) is not installed")
        pty.wait_for_prompt()
        pty.send("q")
        assert pty.wait_exit() == ExitCode.DONE


def test_code_is_written_in_the_own_editor_and_a_shown_answer_is_a_diff(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "write")
    command = editor(tmp_path, "printf 'def soft(x):\\n    return x.softmax(0)\\n' > \"$file\"")
    with practising(path, EDITOR=command) as pty:
        pty.send("o")
        pty.wait_for("NOT YET")
        pty.wait_for("q quit", times=2)
        pty.wait_for_prompt()
        pty.send("a")
        pty.wait_for("ANSWER SHOWN")
        pty.wait_for("space = 1 Again")
        lines = [line.strip() for line in pty.transcript.splitlines()]
        assert "--- your code" in lines
        assert "-    return x.softmax(0)" in lines
        assert "+    return x.softmax(-1)" in lines


@pytest.mark.parametrize("name", ["s-write", "s-named-before"])
def test_a_draft_of_an_earlier_session_is_told(tmp_path: Path, home: Path, name: str) -> None:
    path = write_deck(tmp_path, "write")
    renamed = "id: s-write\n    aliases: [s-named-before]\n"
    path.write_text(path.read_text("utf-8").replace("id: s-write\n", renamed), "utf-8")
    drafts = home / "state" / "drafts"
    drafts.mkdir(parents=True)
    (drafts / f"{name}.py").write_text("# half an idea\n", "utf-8")
    with practising(path) as pty:
        pty.send("\r")
        pty.wait_for("is loaded; Ctrl-R goes back to the starter")
        pty.wait_for("# half an idea")


def test_what_was_missed_is_retried_from_the_summary_and_undo_still_works(tmp_path: Path) -> None:
    with practising(write_deck(tmp_path, "true-false", "flashcard")) as pty:
        pty.send("1")
        pty.wait_for("space = 1 Again")
        pty.wait_for_prompt()
        pty.send("2")
        pty.wait_for("── 2/2")
        pty.wait_for_prompt()
        pty.send("  ")
        pty.wait_for("space = 3 Good")
        pty.wait_for_prompt()
        pty.send("3")
        pty.wait_for("r retry the one missed")
        assert "eval is no grad" in pty.transcript
        pty.wait_for_prompt()
        pty.send("r")
        pty.wait_for("eval() turns gradients off.", times=2)
        pty.wait_for_prompt()
        pty.send("2")
        pty.wait_for("enter next")
        pty.wait_for_prompt()
        pty.send("\r")
        pty.wait_for("retried 1, 1 right; not rated")
        pty.wait_for_prompt()
        pty.send("u")
        pty.wait_for("undone: s-flashcard is back")
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_for("1 not reached")
        pty.wait_for_prompt()
        pty.send("\r")
        assert pty.wait_exit() == ExitCode.DONE
    assert ptquiz("state", "check").stdout.startswith("3 entries")


def test_a_star_is_undone_in_the_next_session(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "flashcard")
    with practising(path) as pty:
        pty.send("*")
        pty.wait_for("starred")
        pty.wait_for_prompt()
        pty.send("q")
        pty.wait_exit()
    with practising(path) as pty:
        assert "flashcard · new *" in pty.transcript
        pty.send("u")
        pty.wait_for("undone: s-flashcard has no star")


def test_a_slash_reaches_the_asides_where_text_is_typed(tmp_path: Path) -> None:
    ended = ptquiz("practice", "--plain", "-d", str(write_deck(tmp_path, "fill")), keys=["x", "/i", "q", "q"])
    assert "__2__> " in ended.stdout
    ended = ptquiz("practice", "--plain", "-d", str(tmp_path / "sample.yaml"), keys=["/i", "q"])
    assert "rated  0 times" in ended.stdout


def test_an_experiment_in_line_mode_runs_what_is_typed(tmp_path: Path) -> None:
    keys = ["x", "", "import torch", "torch.ones(2) + 1", ".", "0", "q"]
    ended = ptquiz("practice", "--plain", "-d", str(write_deck(tmp_path, "choice")), keys=keys)
    assert "tensor([2., 2.])" in ended.stdout
    assert "\x1b" not in ended.stdout


def test_misconceptions_are_counted_over_topics(tmp_path: Path) -> None:
    first = write_deck(tmp_path, "true-false")
    second = tmp_path / "other.yaml"
    text = first.read_text("utf-8").replace("deck: sample", "deck: other").replace("s-claim", "o-claim")
    second.write_text(text, "utf-8")
    keys = ["1", "2", "1", "2", ""]
    ended = ptquiz("practice", "--plain", "-d", str(first), "-d", str(second), keys=keys)
    assert 'you missed "eval is no grad" 2 times in 2 topics' in ended.stdout


def test_endless_output_is_cut_on_the_screen(tmp_path: Path) -> None:
    keys = ["", 'print("x" * 100_000)', ".", "q"]
    ended = ptquiz("practice", "--plain", "-d", str(write_deck(tmp_path, "write")), keys=keys)
    assert "(99000 more characters)" in ended.stdout
    assert len(ended.stdout) < 5000


def test_two_empty_lines_open_the_menu_where_an_answer_is_typed(tmp_path: Path) -> None:
    ended = ptquiz("practice", "-d", str(write_deck(tmp_path, "number")), "--plain", keys=["", "", "3", "、q"])
    assert "enter again = menu" in ended.stdout
    assert "skipped: it comes back at the end" in ended.stdout
    assert "0 answered" in ended.stdout
