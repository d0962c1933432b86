"""Short ways to files of cards."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from ptquiz.exchange.cards import Card, Stack
from ptquiz.exchange.reading import read_cards

SAMPLES = Path(__file__).parent / "samples"


def stack_of(folder: Path, name: str, text: str) -> Stack:
    """Write a text file and read its cards."""
    path = folder / name
    path.write_bytes(text.encode())
    return read_cards(path)


def sides(stack: Stack) -> list[tuple[str, str]]:
    """Return front and back of every card."""
    return [(card.front, card.back) for card in stack.cards]


def card(stack: Stack, front: str) -> Card:
    """Return the card with this front."""
    return next(one for one in stack.cards if one.front == front)


def package(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def database(folder: Path, script: str) -> bytes:
    """Return the bytes of a database made by a script."""
    path = folder / "made.sqlite3"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path.read_bytes()
