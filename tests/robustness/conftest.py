"""One warm process and one home with a history for all tests; each test works in a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.robustness.places import OWN, Place, new_place
from tests.robustness.program import Program

LIVED = {
    ("deck", "add", "../own.yaml", "--trust"): "",
    ("plan", "--interview", "2027-01-31", "--minutes", "30"): "",
    ("practice", "--plain", "-t", "sample"): "\n3\n1 2\n\n1\n\nz\n",
    ("state", "backup"): "",
}
"""What has happened in the home: what was typed, and the answers."""


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """Keep the program warm."""
    with Program() as warm:
        yield warm


@pytest.fixture(scope="session")
def lived(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Make a home with a deck, a plan, reviews and a backup; not to be changed."""
    place = new_place(tmp_path_factory.mktemp("robustness") / "lived")
    (place.folder / "own.yaml").write_text(OWN, "utf-8")
    for argv, keys in LIVED.items():
        ended = program.run(argv, place, keys=keys)
        assert ended.code == 0, ended
    shutil.copy(place.data / "reviews.sqlite3", place.cwd / "other.sqlite3")
    return place


@pytest.fixture
def places(lived: Place, tmp_path: Path) -> Iterator[Place]:
    """Give copies of the home, as many as are asked for."""
    return (lived.copy(tmp_path / f"place{number}") for number in count())


@pytest.fixture
def place(places: Iterator[Place]) -> Place:
    """Give one copy of the home."""
    return next(places)
