"""Start the real program as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.domain.decks import deck

PTQUIZ = [sys.executable, "-m", "ptquiz"]
MONDAY = "2026-11-23T09:00:00+00:00"
TUESDAY = "2026-11-24T09:00:00+00:00"


def surroundings(**more: str) -> dict[str, str]:
    """Return the variables of a test, with a fixed time and a fixed shuffle."""
    kept = {name: os.environ[name] for name in ("PATH", "PTQUIZ_HOME", "LANG", "LC_ALL") if name in os.environ}
    return kept | {"TERM": "xterm-256color", "PTQUIZ_NOW": MONDAY, "PTQUIZ_SEED": "1", "PTQUIZ_PREWARM": "no"} | more


def ptquiz(*arguments: str, keys: Sequence[str] = (), **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command with lines on its standard input."""
    return subprocess.run(
        [*PTQUIZ, *arguments],
        input="".join(f"{key}\n" for key in keys),
        env=surroundings(**more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def write_deck(folder: Path, *kinds: str, name: str = "sample.yaml") -> Path:
    """Write a sample deck and return its path."""
    path = folder / name
    path.write_text(deck(*kinds), "utf-8")
    return path
