"""Sessions that are killed at random instants: whatever was rated is there, and the next one goes on."""

from __future__ import annotations

from pathlib import Path

from tests.scripts import load_script


def test_sigkill_at_random_instants_of_a_session_loses_no_rating(tmp_path: Path) -> None:
    assert load_script("kill").kill(tmp_path / "home", 4, seed=3) >= 4
