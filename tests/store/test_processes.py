"""Several processes, and processes that die: whatever was said to be written is there."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from ptquiz.scheduling.replay import replay
from ptquiz.store.journal import SqliteJournal

ROOT = Path(__file__).parents[2]


def start(path: Path, prefix: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.children", "append", str(path), prefix, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


@pytest.mark.parametrize("seed", range(3))
def test_kill_9_at_any_instant_loses_nothing_that_was_written(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "reviews.db"
    promised: list[str] = []
    for life in range(4):
        with start(path, f"life{life}", 1_000_000) as process:
            promised += [output(process).readline().strip() for _ in range(chance.randint(1, 12))]
            for _ in range(chance.randint(0, 50_000)):
                pass  # An instant somewhere between two writes, or inside one.
            process.kill()
            promised += output(process).read().split()
        with SqliteJournal(path, replay) as journal:
            written = {entry.id for entry in journal.entries()}
            assert written >= set(promised)
            assert len(written) <= len(promised) + life + 1, "at most one entry a life was written and not yet said"
            assert journal.check() == ()


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    with start(path, "one", 40) as one, start(path, "two", 40) as two:
        promised = [*output(one).read().split(), *output(two).read().split()]
    assert (one.returncode, two.returncode, len(promised)) == (0, 0, 80)
    with SqliteJournal(path, replay) as journal:
        assert sorted(entry.id for entry in journal.entries()) == sorted(promised)
        assert journal.check() == ()


def test_two_journals_of_one_file_see_each_other(tmp_path: Path) -> None:
    from tests.store.children import entry

    with SqliteJournal(tmp_path / "l.db", replay) as one, SqliteJournal(tmp_path / "l.db", replay) as two:
        for number in range(6):
            (one, two)[number % 2].append(entry("e", number))
            assert one.states() == two.states()
        assert one.latest() == two.latest() == entry("e", 5)
