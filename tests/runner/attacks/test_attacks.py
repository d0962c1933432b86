"""Every attack is contained: it ends as it must, nothing outside has changed, and the next program runs."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from ptquiz.domain.snippets import Crashed, Outcome, Program, Raised, Ran, Snippet, TimedOut
from ptquiz.runner import LiveRunner
from ptquiz.runner.worker import processes
from tests.runner.attacks import on_files, on_network, on_processes, on_resources, on_verdicts, on_workers
from tests.runner.attacks.attack import DENIED, Attack
from tests.runner.conftest import ran

ATTACKS = [
    pytest.param(attack, id=attack.name)
    for module in (on_files, on_network, on_processes, on_resources, on_verdicts)
    for attack in module.ATTACKS
]
ATTACKS_OF_WORKERS = [
    pytest.param(attack, id=attack.name)
    for module in (on_files, on_network, on_processes, on_workers)
    for attack in module.ATTACKS
    if attack.name not in on_workers.ALLOWED
]
HARMLESS = Program(snippets=(Snippet("import torch"),), values=(Snippet("torch.ones(2).sum().item()"),))
SHARED_MEMORY = Path("/dev/shm")
PRELUDE = """
import ctypes, os, sys, time, torch
libc = ctypes.CDLL(None)
PARENT = os.getppid()
def no(): raise PermissionError
"""


@dataclass(frozen=True)
class Surroundings:
    """What attacks aim at."""

    home: Path
    names: str
    """Assignments for the namespace of an attack."""
    decoy: subprocess.Popen[bytes]

    def state(self) -> list[tuple[str, int, int, bytes]]:
        """Return every file at home with its mode, time and content, and whether the decoy lives undisturbed."""
        files = [path for path in sorted(self.home.rglob("*")) if not path.is_socket()]
        return [
            (str(path), path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in files
        ] + [("decoy", self.decoy.poll() or 0, os.getpriority(os.PRIO_PROCESS, self.decoy.pid), b"")]


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
    home = tmp_path_factory.mktemp("home")
    (home / ".ssh").mkdir()
    (home / ".ssh" / "id_rsa").write_text("secret")
    (home / "deck.yaml").write_text("format: 1\n")
    with closing(sqlite3.connect(home / "state.db")) as database:
        database.execute("CREATE TABLE reviews (rating INTEGER)")
        database.commit()
    decoy = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with decoy, socket.create_server(("127.0.0.1", 0)) as port, socket.socket(socket.AF_UNIX) as local:
        local.bind(str(home / "socket"))
        local.listen()
        names = {"HOME": str(home), "SOCKET": str(home / "socket"), "PORT": port.getsockname()[1], "DECOY": decoy.pid}
        yield Surroundings(home, "\n".join(f"{name} = {value!r}" for name, value in names.items()), decoy)
        decoy.kill()


def ending(outcome: Outcome) -> str:
    """Return how a program ended, in the words of an attack's expectation."""
    match outcome:
        case Ran():
            return f"prints {outcome.stdout.strip()}"
        case Raised():
            return "denied" if outcome.type in DENIED else f"raises {outcome.type}"
        case TimedOut():
            return "times out"
        case Crashed():
            return outcome.reason


def contain(runner: LiveRunner, surroundings: Surroundings, attack: Attack, *, workers: bool) -> None:
    """Run an attack, and hold that it ends as it must and that nothing else has changed."""
    before = surroundings.state()
    shared = set(SHARED_MEMORY.glob("*"))
    machine = runner.describe()
    assert runner._warm is not None
    warm = runner._warm.pid
    prelude = Snippet(PRELUDE + surroundings.names)
    outcome = runner.run(Program((prelude, Snippet(attack.code)), seconds=attack.seconds, workers=workers))
    assert ending(outcome) == attack.ends, outcome
    assert surroundings.state() == before
    assert not set(SHARED_MEMORY.glob("torch_*")) - shared
    assert processes.descendants(warm) == []
    assert ran(runner.run(HARMLESS)).values[0].text == "2.0"
    assert runner._warm.pid == warm, "the warm process was replaced"
    assert runner.describe() is machine


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_contained(runner: LiveRunner, surroundings: Surroundings, attack: Attack) -> None:
    contain(runner, surroundings, attack, workers=False)


@pytest.mark.parametrize("attack", ATTACKS_OF_WORKERS)
def test_an_attack_is_contained_where_processes_may_be_started(
    runner: LiveRunner, surroundings: Surroundings, attack: Attack
) -> None:
    contain(runner, surroundings, attack, workers=True)
