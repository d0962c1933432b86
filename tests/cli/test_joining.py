"""Export, import and merge as a user does them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz, write_deck


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A deck with one rated flashcard."""
    path = str(write_deck(tmp_path, "flashcard"))
    ptquiz("practice", "-d", path, "--plain", keys=["", "3", ""])
    return path


def test_two_laptops_never_lose_a_review(path: str, home: Path, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    ptquiz("practice", "-d", path, "--plain", keys=["", "1", "", "3", ""], PTQUIZ_HOME=other)
    here, there = home / "data" / "reviews.sqlite3", tmp_path / "other" / "data" / "reviews.sqlite3"
    assert ptquiz("state", "merge", str(there)).stdout == "2 entries added, 0 of 2 were there already\n"
    assert ptquiz("state", "merge", str(here), PTQUIZ_HOME=other).stdout == (
        "1 entry added, 2 of 3 were there already\n"
    )
    assert ptquiz("state", "export").stdout == ptquiz("state", "export", PTQUIZ_HOME=other).stdout
    assert ptquiz("state", "check").stdout.startswith("3 entries, every state is what the log says\n")
    assert list((home / "data" / "backups").glob("*.db"))


def test_an_export_is_imported_elsewhere(path: str, tmp_path: Path) -> None:
    file, other = tmp_path / "log.jsonl", str(tmp_path / "other")
    assert ptquiz("state", "export", str(file)).stdout == f"1 entry written to {file}\n"
    assert ptquiz("state", "import", str(file), PTQUIZ_HOME=other).stdout == (
        "1 entry added, 0 of 1 were there already\n"
    )
    assert ptquiz("state", "export", PTQUIZ_HOME=other).stdout == file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "nowhere.jsonl"), ExitCode.USAGE),
        (("merge", "nowhere.sqlite3"), ExitCode.USAGE),
        (("merge", "sample.yaml"), ExitCode.STORE),
        (("import", "sample.yaml"), ExitCode.USAGE),
        (("export", "nowhere/log.jsonl"), ExitCode.USAGE),
    ],
)
def test_what_cannot_be_joined_is_told_and_nothing_is_written(
    path: str, tmp_path: Path, arguments: tuple[str, str], code: ExitCode
) -> None:
    before = ptquiz("state", "export").stdout
    ended = ptquiz("state", arguments[0], str(tmp_path / arguments[1]))
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    assert ptquiz("state", "export").stdout == before
