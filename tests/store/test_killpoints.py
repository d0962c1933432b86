"""SIGKILL before every single write: whatever was said to be written is there, and the rest is whole."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.store.killing import CAN_KILL
from tests.store.killpoints import SCENARIOS

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")
"""A file system without a disk: a kill leaves the same on both, and a thousand syncs take no time."""


@pytest.mark.skipif(not CAN_KILL, reason="needs ptrace as Linux has it on this kind of processor")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_process_that_is_killed_before_any_of_its_writes_loses_nothing(tmp_path: Path, scenario: str) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        command = [sys.executable, "-m", "tests.store.killpoints", scenario, f"{folder}/home"]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    if not ended.stdout.strip().isdigit():
        pytest.skip(ended.stdout.strip())
    assert int(ended.stdout) >= 3
