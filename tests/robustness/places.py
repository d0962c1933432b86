"""Homes that have been lived in, and folders with every kind of file that somebody may name by mistake."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.domain.decks import deck

NO_TORCH = shutil.which("false") or ""
"""An interpreter that never starts."""
OWN = deck("flashcard", "short").replace("deck: sample", "deck: own").replace("id: s-", "id: o-")
COURSE = """\
format: 1
course: track
title: A track
about: What there is.
steps:
  - {topic: sample}
"""

FILES = {
    "good.yaml": OWN.replace("deck: own", "deck: good").replace("id: o-", "id: g-").encode(),
    "bad.yaml": b"format: 1\ndeck: bad\n  x: [",
    "binary.yaml": bytes(range(256)) * 40,
    "binary.csv": bytes(range(256)) * 40,
    "empty.yaml": b"",
    "broken.apkg": b"PK\x03\x04" + b"no archive" * 30,
    "cards.csv": b"What is eval()?,A flag.\n",
    "lines.jsonl": b'{"file":"ptquiz-reviews","schema":1,"entries":0}\n',
}


@dataclass(frozen=True)
class Place:
    """A home, a folder to work in, and the banks, all of which are thrown away."""

    folder: Path
    questions: Path

    @property
    def home(self) -> Path:
        """The user's home."""
        return self.folder / "home"

    @property
    def cwd(self) -> Path:
        """Where the command is typed."""
        return self.folder / "cwd"

    @property
    def data(self) -> Path:
        """Where the program keeps what must not be lost."""
        return self.home / "ptquiz" / "data"

    @property
    def environ(self) -> dict[str, str]:
        """The variables: everything of the user is below the home, and torch is not started."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.folder / "tmp"),
            "PTQUIZ_HOME": str(self.home / "ptquiz"),
            "PTQUIZ_PREWARM": "off",
            "PTQUIZ_PYTHON": NO_TORCH,
            "PTQUIZ_NOW": "2026-11-23T09:00:00+00:00",
            "PTQUIZ_SEED": "1",
            "LC_ALL": "C.UTF-8",
        }

    def copy(self, folder: Path) -> Place:
        """Return another place with the same files."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Place(folder, self.questions)

    def strays(self) -> set[Path]:
        """List what lies in the home outside the documented folders, and what was left in the temporary one."""
        ours = self.home / "ptquiz"
        beside = {path for path in self.home.rglob("*") if ours not in (path, *path.parents)}
        return beside | set((self.folder / "tmp").iterdir())

    def kept(self) -> dict[str, bytes]:
        """Return the user's small files by name: what no mistake may change."""
        files = (self.data / "decks.json", self.data / "plan.json", self.home / "ptquiz" / "config" / "config.toml")
        return {file.name: file.read_bytes() for file in files if file.is_file()}


def new_place(folder: Path) -> Place:
    """Make an empty home and a working folder with files of every kind."""
    place = Place(folder, folder.parent / "questions")
    for needed in (place.home, place.cwd, folder / "tmp", place.questions):
        needed.mkdir(parents=True, exist_ok=True)
    (place.questions / "sample.yaml").write_text(deck("flashcard", "short", "choices"), "utf-8")
    (place.questions / "track.yaml").write_text(COURSE, "utf-8")
    for name, content in FILES.items():
        (place.cwd / name).write_bytes(content)
    (place.cwd / "folder.yaml").mkdir()
    (place.cwd / "loop.yaml").symlink_to("loop.yaml")
    (place.cwd / "gone.yaml").symlink_to("nowhere.yaml")
    return place
