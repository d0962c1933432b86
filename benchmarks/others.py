"""Other flashcard programs that run in a terminal, each installed into an environment of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.harness import PYTHON, say

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


KNOWN = (
    Other("fcards", "fcards==0.3.1", keys=b"\n\n", prepare=_fcards_card),
    Other(
        "omoidasu",
        "omoidasu==0.4.10",
        arguments=("--flashcards-dir", "{folder}/cards", "review", ""),
        shows=(FRONT.encode(), BACK.encode()),
        prepare=_omoidasu_card,
    ),
)


def installed(folder: Path) -> tuple[list[Other], list[str]]:
    """Return the programs that are below a folder, after installing those that are not, and what cannot be used."""
    found, notes = [], []
    for other in KNOWN:
        placed = replace(other, place=folder.absolute() / other.name)
        if placed.program.exists() or _install(placed):
            found.append(placed)
        else:
            notes.append(f"{other.beside} cannot be installed")
    return found, notes


def _install(other: Other) -> bool:
    say(f"installing {other.beside} into {other.place}")
    subprocess.run([PYTHON, "-m", "venv", other.place], check=True)
    command = [str(other.place / "bin" / "python"), "-m", "pip", "install", "--quiet", other.requires]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
