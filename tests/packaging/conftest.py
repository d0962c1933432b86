"""The packages and an installation of the wheel, made once for all processes of a test run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.packaging import building
from tests.packaging.building import Installation, Packages, once


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of a test run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def packages(shared: Path) -> Packages:
    """The sdist, the wheel, and the wheel from the sdist."""
    return building.built(once(shared / "packages", building.build))


@pytest.fixture(scope="session")
def installation(shared: Path, packages: Packages) -> Installation:
    """The wheel, installed, with the shipped decks compiled."""

    def make(folder: Path) -> None:
        building.install(packages.wheel, folder)
        ready = building.installed(folder)
        building.run([str(ready.program), "due"], env=ready.variables(folder / "home"))

    return building.installed(once(shared / "installation", make))
