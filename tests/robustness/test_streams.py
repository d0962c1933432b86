"""Standard streams that are closed, full, or not read to their end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, surroundings
from tests.robustness.places import Place


def shell(line: str, place: Place, **variables: str) -> subprocess.CompletedProcess[str]:
    """Let a shell run a line in which `ptquiz` is the program."""
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; ptquiz() {{ {" ".join(PTQUIZ)} "$@"; }}; {line}'],
        env=surroundings(**place.environ | variables),
        cwd=place.cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


NOTHING_TO_SEE = {
    "no input": ("ptquiz due <&-", ExitCode.DONE),
    "no input for questions": ("ptquiz practice --plain -d good.yaml <&-", ExitCode.DONE),
    "no output": ("ptquiz stats -t own >&-", ExitCode.DONE),
    "no errors": ("ptquiz no-such-command 2>&-", ExitCode.USAGE),
    "nothing at all": ("ptquiz no-such-command <&- >&- 2>&-", ExitCode.USAGE),
    "full errors": ("ptquiz no-such-command 2>/dev/full", ExitCode.USAGE),
    "nobody reads": ("ptquiz schema | true", ExitCode.CLOSED_PIPE),
    "nobody reads errors": ("{ sleep 0; ptquiz no-such-command 2>&1 >/dev/null; } | true", ExitCode.USAGE),
    "one line is read": ("ptquiz state export | head -1 >/dev/null", ExitCode.DONE),
}


@pytest.mark.parametrize(("line", "code"), NOTHING_TO_SEE.values(), ids=NOTHING_TO_SEE)
def test_a_stream_that_is_not_there_changes_nothing_else(line: str, code: ExitCode, place: Place) -> None:
    ended = shell(line, place)
    assert ended.returncode in (code, ExitCode.CLOSED_PIPE if "|" in line else code)
    assert ended.stderr == ""
    assert "ptquiz: " not in ended.stdout


@pytest.mark.parametrize("words", ["schema", "state export", "--help", "deck", "--version"])
def test_output_to_a_full_disk_is_named(words: str, place: Place) -> None:
    ended = shell(f"ptquiz {words} >/dev/full", place)
    assert ended.returncode == ExitCode.ENVIRONMENT
    assert ended.stderr == "ptquiz: cannot write the output: No space left on device\n"


def test_no_file_of_the_user_gets_the_number_of_a_stream(place: Place) -> None:
    exported = place.cwd / "export.jsonl"
    assert shell(f"ptquiz state export {exported} <&- >&- 2>&-", place).returncode == ExitCode.DONE
    assert exported.read_text("utf-8").startswith('{"file":"ptquiz-reviews"')
    assert "written" not in exported.read_text("utf-8")


def test_a_device_that_is_written_to_stays_a_device(place: Place) -> None:
    ended = shell("ptquiz state export /dev/stdout | cat; ptquiz deck export own --to >(cat >/dev/null)", place)
    assert ended.stdout.startswith('{"file":"ptquiz-reviews"')
    assert Path("/dev/stdout").is_symlink()
    assert Path("/dev/null").is_char_device()


def test_a_pipe_is_read_as_a_deck(place: Place) -> None:
    ended = shell("ptquiz check --quick <(cat good.yaml)", place, PTQUIZ_PYTHON=sys.executable)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_user_without_a_home_is_told_to_name_one(place: Place) -> None:
    ended = shell(
        "unshare --user --map-user=4321 true || exit 0; unset HOME PTQUIZ_HOME; "
        f"unshare --user --map-user=4321 {' '.join(PTQUIZ)} due",
        place,
    )
    if ended.stderr:
        assert ended.returncode == ExitCode.USAGE
        assert ended.stderr == "ptquiz: the home folder is not known\n  set HOME, or PTQUIZ_HOME to a folder of yours\n"
