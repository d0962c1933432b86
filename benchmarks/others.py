"""Other flashcard programs that run in a terminal, each installed into an environment of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.harness import PYTHON, ROOT, say

FRONT, BACK = "the front of a card", "the back of a card"


def _nothing(folder: Path) -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Other:
    """A program, and how it comes to show its first card."""

    name: str
    requires: str
    """What pip installs."""
    arguments: tuple[str, ...] = ()
    """`{folder}` is where its files are."""
    keys: bytes = b""
    """What leads from its start to the first card."""
    shows: tuple[bytes, ...] = (FRONT.encode(),)
    prepare: Callable[[Path], None] = _nothing
    """Writes one card into a folder, which is its home."""
    place: Path = Path()
    """The environment that it is installed in."""

    @property
    def beside(self) -> str:
        """What the table calls it."""
        return self.requires.replace("==", " ")

    @property
    def program(self) -> Path:
        """What starts it."""
        return self.place / "bin" / self.name


def _fcards_card(folder: Path) -> None:
    (folder / ".cards").mkdir()
    (folder / ".cards" / "deck.csv").write_text(f"{FRONT},{BACK}\n", "utf-8")


def _omoidasu_card(folder: Path) -> None:
    (folder / "cards").mkdir()
    (folder / "cards" / "card").write_text(f"{FRONT}\n{BACK}\n", "utf-8")


def _apy_note(place: Path, folder: Path) -> None:
    """Make a collection with one note, by the library of Anki that apy brings."""
    profile = folder / "anki" / "User 1"
    profile.mkdir(parents=True)
    python, path = str(place / "bin" / "python"), str(profile / "collection.anki2")
    subprocess.run([python, "-m", "benchmarks.anki_side", "fill", path, "1", "0"], cwd=ROOT, check=True)


KNOWN = (
    Other("fcards", "fcards==0.3.1", keys=b"\n\n", prepare=_fcards_card),
    Other(
        "omoidasu",
        "omoidasu==0.4.10",
        arguments=("--flashcards-dir", "{folder}/cards", "review", ""),
        shows=(FRONT.encode(), BACK.encode()),
        prepare=_omoidasu_card,
    ),
    Other(
        "apy",
        "apyanki==0.19.1",
        arguments=("-b", "{folder}/anki", "-p", "User 1", "review", "deck:Default"),
        shows=(b"question-000000",),
    ),
)


def installed(folder: Path) -> tuple[list[Other], list[str]]:
    """Return the programs that are below a folder, after installing those that are not, and what cannot be used."""
    found, notes = [], []
    for other in KNOWN:
        placed = _placed(other, folder.absolute() / other.name)
        if placed.program.exists() or _install(placed):
            found.append(placed)
        else:
            notes.append(f"{other.beside} cannot be installed")
    return found, notes


def _placed(other: Other, place: Path) -> Other:
    prepare = (lambda folder: _apy_note(place, folder)) if other.name == "apy" else other.prepare
    return replace(other, place=place, prepare=prepare)


def _install(other: Other) -> bool:
    say(f"installing {other.beside} into {other.place}")
    subprocess.run([PYTHON, "-m", "venv", other.place], check=True)
    command = [str(other.place / "bin" / "python"), "-m", "pip", "install", "--quiet", other.requires]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
