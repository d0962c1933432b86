"""What is loaded before the first question: only what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.program import ptquiz, surroundings, write_deck

HEAVY = {
    *("torch", "yaml", "prompt_toolkit", "pygments", "asyncio", "fsrs_rs_python", "tomllib", "numpy", "platformdirs"),
    *("rich.markdown", "rich.syntax", "rich.table", "rich.panel"),
    *("ptquiz.ui.asides", "ptquiz.ui.experimenting", "ptquiz.ui.verdict_view", "ptquiz.ui.words.chinese"),
}


def test_the_first_question_loads_nothing_that_comes_later(tmp_path: Path) -> None:
    path = str(write_deck(tmp_path, "choice"))
    ptquiz("practice", "--plain", "-d", path)  # compiles the deck, which takes yaml
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ptquiz", "practice", "--plain", "-d", path],
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1-3 answer" in ended.stdout
    imported = {
        line.rpartition("|")[2].strip() for line in ended.stderr.splitlines() if line.startswith("import time:")
    }
    assert "ptquiz.ui.practice" in imported
    assert imported & HEAVY == set()
