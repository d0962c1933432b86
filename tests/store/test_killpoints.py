"""SIGKILL before every single write: whatever was said to be written is there, and the rest is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.killing import CAN_KILL
from tests.store.killpoints import SCENARIOS

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not CAN_KILL, reason="needs ptrace as Linux has it on this kind of processor")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_process_that_is_killed_before_any_of_its_writes_loses_nothing(tmp_path: Path, scenario: str) -> None:
    command = [sys.executable, "-m", "tests.store.killpoints", scenario, str(tmp_path / "home")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert int(ended.stdout) >= 3
