"""What every test gets: a throwaway home, and no variables of the developer."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptquiz.runner import LiveRunner


@pytest.fixture(autouse=True, scope="session")
def heard_signals() -> None:
    """Hear every signal, also where the tests were started in the background, which ignores some."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give all tests, and all processes that run them, one place for compiled decks: the shipped ones take seconds."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "compiled"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, compiled: Path) -> Path:
    """Hide the developer's own data and settings; it is not in the test's folder, which begins empty."""
    for name in list(os.environ):
        if name.startswith("PTQUIZ_") or name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "ACCESSIBLE", "COLUMNS"):
            monkeypatch.delenv(name)
    folder = tmp_path_factory.mktemp("home")
    (folder / "cache").mkdir()
    (folder / "cache" / "index").symlink_to(compiled, target_is_directory=True)
    monkeypatch.setenv("PTQUIZ_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def runner() -> Iterator[LiveRunner]:
    """One warm process for all tests."""
    with LiveRunner() as shared:
        yield shared
