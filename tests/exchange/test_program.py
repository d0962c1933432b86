"""`ptquiz deck import` and `ptquiz deck export` as a user types them."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz, write_deck
from tests.domain.decks import deck
from tests.exchange.stacks import SAMPLES


def test_an_imported_deck_passes_the_check_and_is_practised(tmp_path: Path) -> None:
    target = tmp_path / "cards.yaml"
    done = ptquiz("deck", "import", str(SAMPLES / "anki-current.apkg"), "--into", str(target))
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")
    assert done.stdout.splitlines() == [
        f"made {target}",
        "  6 flashcards: 6 added",
        "  left out: 2 pictures and sounds",
        f"  ptquiz deck add {target}",
    ]
    checked = ptquiz("check", str(target))
    assert (checked.returncode, checked.stdout.split(",")[0]) == (ExitCode.DONE, "6 questions in 1 deck")
    assert "What is on" in ptquiz("practice", "-d", str(target), "--plain", keys=["", "3"] * 6).stdout


def test_a_second_import_says_that_nothing_is_new(tmp_path: Path) -> None:
    command = ("deck", "import", str(SAMPLES / "anki-notes.txt"), "--into", str(tmp_path / "cards.yaml"))
    ptquiz(*command)
    assert ptquiz(*command).stdout.splitlines()[:2] == [
        f"nothing new in {tmp_path / 'cards.yaml'}",
        "  5 flashcards: 5 unchanged",
    ]


@pytest.mark.parametrize("suffix", ["apkg", "csv", "json", "md"])
def test_a_deck_is_exported_in_every_format(suffix: str, tmp_path: Path) -> None:
    path = write_deck(tmp_path)
    target = tmp_path / f"out.{suffix}"
    done = ptquiz("deck", "export", str(path), "--to", str(target))
    assert (done.returncode, done.stderr, done.stdout) == (ExitCode.DONE, "", f"wrote {target}: 11 questions\n")
    match suffix:
        case "csv":
            rows = list(csv.DictReader(target.read_text("utf-8").splitlines(keepends=True)))
            assert {row["id"]: row["answer"] for row in rows}["s-number"] == "16"
        case "json":
            assert json.loads(target.read_bytes())["deck"] == "sample"
        case "md":
            assert target.read_text("utf-8").startswith("# Sample\n")
        case _:
            assert zipfile.is_zipfile(target)


def test_a_question_keeps_its_guid_when_its_text_changes(tmp_path: Path) -> None:
    def guids(text: str, name: str) -> dict[str, str]:
        path = tmp_path / "sample.yaml"
        path.write_text(text, "utf-8")
        ptquiz("deck", "export", str(path), "--to", str(tmp_path / name))
        with zipfile.ZipFile(tmp_path / name) as package:
            package.extract("collection.anki2", tmp_path)
        with closing(sqlite3.connect(tmp_path / "collection.anki2")) as connection:
            return dict(connection.execute("SELECT flds, guid FROM notes").fetchall())

    before = guids(deck("flashcard"), "a.apkg")
    after = guids(deck("flashcard").replace("What is eval()?", "What does eval() do?"), "b.apkg")
    assert list(before) != list(after)
    assert list(before.values()) == list(after.values())
    other_deck = guids(deck("flashcard").replace("deck: sample", "deck: other"), "c.apkg")
    assert list(other_deck.values()) != list(before.values())


def test_a_deck_of_somebody_else_is_exported_without_running_its_code(tmp_path: Path) -> None:
    ptquiz("deck", "add", str(write_deck(tmp_path, "predict", "flashcard")), "--no-trust")
    done = ptquiz("deck", "export", "sample", "--to", str(tmp_path / "a.md"))
    assert done.stdout.splitlines()[1] == (
        "  1 answer left open, because only a run gives them: "
        "this deck's code may not run yet: ptquiz deck trust sample"
    )
    assert "Run it: what the installed torch prints is the answer." in (tmp_path / "a.md").read_text("utf-8")


MISTAKES = {
    "no file": (["import", "none.apkg"], ExitCode.USAGE, 'ptquiz: there is no file "none.apkg"'),
    "unknown suffix": (["import", "a.xlsx"], ExitCode.USAGE, 'ptquiz: cannot import ".xlsx" files'),
    "into what is no deck": (
        ["import", "a.csv", "--into", "x.csv"], ExitCode.USAGE, 'ptquiz: "x.csv" is no deck',
    ),
    "into a folder that is not there": (
        ["import", "a.csv", "--into", "no/x.yaml"], ExitCode.USAGE, "ptquiz: cannot write {folder}/no/x.yaml",
    ),
    "into a broken deck": (
        ["import", "a.csv", "--into", "broken.yaml"],
        ExitCode.BROKEN_DECK, "ptquiz: cannot add to {folder}/broken.yaml",
    ),
    "broken package": (["import", "a.apkg"], ExitCode.BROKEN_DECK, "ptquiz: cannot import a.apkg"),
    "unknown deck": (
        ["export", "dropuot", "--to", "a.md"], ExitCode.USAGE,
        'ptquiz: there is no deck "dropuot". Did you mean dropout?',
    ),
    "unknown format": (["export", "dropout", "--to", "a.pdf"], ExitCode.USAGE, 'ptquiz: cannot export to "a.pdf"'),
    "no folder": (
        ["export", "broken.yaml", "--to", "no/a.md"], ExitCode.BROKEN_DECK, "ptquiz: cannot read broken.yaml",
    ),
    "folder that is not there": (
        ["export", "dropout", "--to", "no/a.json"], ExitCode.USAGE,
        "ptquiz: cannot write {folder}/no/a.json: No such file or directory",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_are_explained(
    arguments: list[str], code: ExitCode, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("a.csv", "a,b\n"), ("a.xlsx", ""), ("a.apkg", "x"), ("broken.yaml", "format: 1\n")):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ended = ptquiz("deck", *arguments)
    assert (ended.returncode, ended.stdout) == (code, "")
    first, *hints = ended.stderr.splitlines()
    assert first == message.format(folder=tmp_path)
    assert "Traceback" not in ended.stderr
    assert hints or "No such file" in first
    assert [path for path in sorted(tmp_path.iterdir()) if path.name != "home"] == [
        p for p in before if p.name != "home"
    ]


def test_a_deck_that_has_the_name_of_another_is_not_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cards.csv").write_text("a,b\n", "utf-8")
    write_deck(tmp_path, "flashcard", name="cards.yaml")
    monkeypatch.chdir(tmp_path)
    ended = ptquiz("deck", "import", "cards.csv")
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.splitlines()[0] == f'ptquiz: {tmp_path}/cards.yaml exists and is another deck, "sample"'
