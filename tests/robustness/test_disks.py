"""A full disk and a read-only one, as an ordinary user: every command says so, and nothing is lost."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from ptquiz.errors import ExitCode
from tests.robustness.places import Place
from tests.robustness.program import Program
from tests.robustness.tree import LEAVES, working

FULL = 'cp -a "$1" "$1.was"; mount -t tmpfs -o size=700k none "$1"; cp -a "$1.was/." "$1"; cat /dev/zero > "$1/filler"'
READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"'
DISKS = {"a full disk": FULL, "a read-only disk": READ_ONLY}
WRITES_NOTHING = {("paths",), ("schema",), ("state", "export"), ("stats",), ("due",), ("config", "show"), ("explain",)}


@pytest.fixture(params=list(DISKS.values()), ids=list(DISKS))
def failing(request: pytest.FixtureRequest, place: Place) -> Iterator[Program]:
    """Run the program in a mount namespace in which the home is such a disk; streams and folders work."""
    script = f'{request.param} 2>/dev/null; shift; exec "$@"'
    prefix = ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", script, "sh", str(place.home)]
    if which("unshare") is None or subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode:
        pytest.skip("another disk needs user namespaces")
    with Program(prefix) as program:
        yield program


def test_nothing_is_lost_on_a_disk_that_takes_no_more(failing: Program, program: Program, place: Place) -> None:
    before, kept = program.run(("state", "export"), place).out, place.kept()
    for path in LEAVES:
        ended = failing.run(working(path), place, keys="\n3\nq\n")
        assert ended.faults == (), ended
        assert ended.code == ExitCode.DONE or path not in WRITES_NOTHING, ended
    assert failing.run(("state", "export"), place).out.startswith(before)
    assert place.kept() == kept
    assert program.run(("state", "check"), place).code == ExitCode.DONE


def test_a_file_that_cannot_be_replaced_stays_whole(failing: Program, place: Place) -> None:
    plan = place.data / "plan.json"
    before = plan.read_bytes()
    ended = failing.run(("plan", "--interview", "2027-03-01"), place)
    assert ended.code == ExitCode.STORE
    assert str(plan) in ended.error
    assert plan.read_bytes() == before
    assert _drafts(place.home) == set()


def _drafts(folder: Path) -> set[Path]:
    return {path for path in folder.rglob(".*") if path.is_file()}
