"""The learner's own editor: which command it is, and what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.errors import EnvironmentProblem, ExitCode
from ptquiz.ui.terminal.external import edit_outside, editor_command

ADVICE = "Choose one with PTQUIZ_EDITOR, for example: export PTQUIZ_EDITOR=nano"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A search path with some editors."""
    for name in ("vi", "vim", "code", "my ed"):
        program = tmp_path / name
        program.write_text('#!/bin/sh\necho edited >> "$1"\n')
        program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"PTQUIZ_EDITOR": "vi", "VISUAL": "vim", "EDITOR": "code"}, ["vi"]),
        ({"VISUAL": "vim -u NONE", "EDITOR": "code"}, ["vim", "-u", "NONE"]),
        ({"EDITOR": "code"}, ["code", "--wait"]),
        ({"EDITOR": "code --wait"}, ["code", "--wait"]),
        ({"EDITOR": "code -w"}, ["code", "-w"]),
        ({"EDITOR": "'my ed' --fast"}, ["my ed", "--fast"]),
        ({"EDITOR": " "}, ["vim"]),
        ({}, ["vim"]),
    ],
    ids=str,
)
def test_the_editor_comes_from_the_environment(programs: Path, environ: dict[str, str], command: list[str]) -> None:
    program, *options = command
    assert editor_command(environ | {"PATH": str(programs)}) == [str(programs / program), *options]


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"VISUAL": "emacs"}, "the editor 'emacs' (from $VISUAL) is not installed"),
        ({"EDITOR": "'vi"}, "cannot read $EDITOR='vi: No closing quotation"),
        ({}, "no editor found: none of nano, vim, vi is installed"),
    ],
)
def test_an_editor_that_is_missing_is_explained(tmp_path: Path, environ: dict[str, str], message: str) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        editor_command(environ | {"PATH": str(tmp_path)})
    assert (problem.value.message, problem.value.details) == (message, (ADVICE,))
    assert problem.value.exit_code is ExitCode.ENVIRONMENT


def test_the_edited_text_comes_back_and_the_file_goes(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = programs / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    assert edit_outside("张量\n", {"EDITOR": "vi", "PATH": str(programs)}) == "张量\nedited\n"
    assert list(scratch.iterdir()) == []


def test_the_file_is_kept_when_the_editor_fails(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (programs / "vi").write_text("#!/bin/sh\nexit 3\n")
    scratch = programs / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with pytest.raises(EnvironmentProblem) as problem:
        edit_outside("x = 1\n", {"EDITOR": "vi", "PATH": str(programs)})
    (kept,) = scratch.iterdir()
    assert problem.value.message == "vi ended with exit code 3"
    assert problem.value.details == (f"kept: {kept}",)
    assert kept.read_text() == "x = 1\n"
