"""The installed wheel: how it starts, where it may stand, and that it leaves its own folder alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import ptquiz
from tests.cli.program import write_deck
from tests.packaging import building
from tests.packaging.building import FAR, ROOT, Installation

ORDINARY_USER = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
"""Runs a command without root's right to write everywhere."""


@pytest.fixture
def unwritable(tmp_path: Path) -> Path:
    """A folder in which nobody but root may write."""
    folder = tmp_path / f"read-only {FAR}"
    folder.mkdir(mode=0o555)
    return folder


@pytest.fixture(scope="session")
def without_rights() -> list[str]:
    """What to put before a command so that permissions bind it."""
    if os.geteuid() != 0:
        return []
    if subprocess.run([*ORDINARY_USER, "true"], check=False, capture_output=True).returncode:
        pytest.skip("root may write everywhere, and this system lets it make no user namespace")
    return ORDINARY_USER


def start(
    installation: Installation, command: Sequence[str | Path], cwd: Path, home: Path, keys: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command of the installation in a folder."""
    return subprocess.run(
        command,
        input=keys,
        cwd=cwd,
        env=installation.variables(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_what_runs_is_the_wheel_and_not_the_checkout(installation: Installation) -> None:
    look = "import ptquiz, ptquiz.paths as p; print(ptquiz.__file__, p.shipped_questions(), sep='\\n')"
    found = building.run([str(installation.python), "-c", look]).splitlines()
    assert found == [str(installation.package / "__init__.py"), str(installation.package / "questions")]


def test_nothing_that_it_depends_on_is_missing_or_too_old(installation: Installation) -> None:
    assert building.pip(installation.folder, "check") == "No broken requirements found.\n"


def test_the_command_and_the_module_are_one_program(installation: Installation, tmp_path: Path) -> None:
    as_command: list[str | Path] = [installation.program, "--version"]
    as_module: list[str | Path] = [installation.python, "-m", "ptquiz", "--version"]
    for command in (as_command, as_module):
        ended = start(installation, command, tmp_path, tmp_path)
        assert (ended.stdout, ended.stderr) == (f"ptquiz {ptquiz.__version__}\n", "")


def test_it_has_every_topic_of_the_checkout(installation: Installation, tmp_path: Path) -> None:
    ended = start(installation, [installation.program, "explain"], tmp_path, tmp_path)
    shown = {line.split()[0] for line in ended.stdout.splitlines() if line.strip()}
    assert {path.stem for path in (ROOT / "questions").glob("*.yaml") if "." not in path.stem} <= shown


def test_a_question_is_answered_live_from_a_folder_that_is_read_only(
    installation: Installation, without_rights: list[str], unwritable: Path, tmp_path: Path
) -> None:
    deck, home = write_deck(tmp_path, "choice"), tmp_path / f"home {FAR}"
    command: list[str | Path] = [*without_rights, installation.program, "practice", "--plain", "-d", deck]
    ended = start(installation, command, unwritable, home, keys="1\n3\nq\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "ran on torch 2." in ended.stdout
    assert "1 answered" in ended.stdout
    assert list(unwritable.iterdir()) == []


def test_it_never_writes_into_its_own_folder(installation: Installation, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in installation.package.rglob("*") if path.suffix != ".pyc"}
    ended = start(installation, [installation.program, "stats"], tmp_path, tmp_path / "home")
    after = {path: path.stat().st_mtime_ns for path in installation.package.rglob("*") if path.suffix != ".pyc"}
    assert ended.returncode == 0
    assert {path for path in after if path.is_file()} == {path for path in before if path.is_file()}
    assert all(after[path] == before[path] for path in after if path.is_file())
