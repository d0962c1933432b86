"""The memory of every process: the one with the questions, the warm one, and the children that run and compare answers.

The first is measured in a real terminal when it has drawn a first question that is a choice; another start tells what
it has imported until then.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.decks import write_proven
from benchmarks.harness import PTQUIZ, PYTHON, Budget, Found, Options, Row, say, surroundings
from benchmarks.live import PROGRAMS, settle
from benchmarks.processes import Memory, children, memory, wait_until_idle
from benchmarks.terminal import Terminal
from ptquiz.domain.snippets import Place, Program, Ran, Scalar, Snippet
from ptquiz.runner import LiveRunner

MOST_MEGABYTES = 50.0
HEAVY = frozenset({"torch", "yaml", "prompt_toolkit", "pygments"})
FRESH = "fresh interpreter"
COMPARE = "import torch\nassert torch.allclose(torch.full((3,), got.x), torch.full((3,), 2.0))"
IMPORTS = 'exec "$0" -X importtime "$@" 2>imports'
"""Have an interpreter write what it imports into a file, which keeps the terminal free for the program."""


def measure(options: Options) -> Found:
    """Look at each process several times, each time a new one where it can be."""
    rounds = options.often(5, 1)
    environ = surroundings(options.folder / "home")
    deck = options.folder / "proven" / "deck.yaml"
    write_proven(deck, 3)
    subprocess.run([*PTQUIZ, "deck", "add", deck.parent, "--trust"], env=environ, check=True, capture_output=True)
    command = [*PTQUIZ, "practice", "-d", str(deck)]
    say("memory: the questions")
    drawn = [_of_questions(command, environ) for _ in range(rounds)]
    loaded = imports(command, environ, options.folder) & HEAVY
    say("memory: the warm process and its children")
    with LiveRunner() as runner, fresh_interpreter(PROGRAMS["typical"]) as fresh:
        warm = settle(runner)
        beside = [fresh] * rounds
        warmed = [memory(warm)] * rounds
        trivial = [_of_child(runner, warm, _waiting(PROGRAMS["trivial"])) for _ in range(rounds)]
        typical = [_of_child(runner, warm, _waiting(PROGRAMS["typical"])) for _ in range(rounds)]
        compare = [_of_child(runner, warm, _comparing()) for _ in range(rounds)]
    rows = [
        Row("at the first question, resident", [each.resident for each in drawn], "MB", budget=Budget(MOST_MEGABYTES)),
        Row("at the first question, share", [each.share for each in drawn], "MB"),
        Row(f"imports of {', '.join(sorted(HEAVY))}", [float(len(loaded))], "", budget=Budget(0.0)),
    ]
    rows += _beside("warm process", warmed, beside)
    rows += _beside("child, trivial program", trivial, beside)
    rows += _beside("child, typical program", typical, beside)
    rows += _beside("child, comparing", compare, beside)
    return Found(rows, [f"imported before the first question: {', '.join(sorted(loaded))}"] if loaded else ())


def _beside(what: str, ours: list[Memory], fresh: list[Memory]) -> Iterator[Row]:
    resident, share = [each.resident for each in ours], [each.share for each in ours]
    yield Row(f"{what}, resident", resident, "MB", FRESH, [each.resident for each in fresh])
    yield Row(f"{what}, share", share, "MB", FRESH, [each.share for each in fresh])


def _of_questions(command: list[str], environ: dict[str, str]) -> Memory:
    with Terminal(command, environ) as terminal:
        terminal.until(b"q quit")
        return memory(terminal.process.pid)


def imports(command: list[str], environ: dict[str, str], folder: Path) -> set[str]:
    """Return the top packages that a program in a terminal has imported when its first question is drawn."""
    with Terminal(["sh", "-c", IMPORTS, *command], environ, folder=folder) as terminal:
        terminal.until(b"q quit")
        lines = (folder / "imports").read_text("utf-8").splitlines()
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")}


@contextmanager
def fresh_interpreter(code: str) -> Iterator[Memory]:
    """Give the memory of an interpreter that has run a program by itself."""
    waiting = f"{code}\nprint('ready', flush=True)\ninput()"
    with subprocess.Popen(
        [PYTHON, "-c", waiting], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield memory(process.pid)
        finally:
            process.stdin.write(b"\n")


def _waiting(code: str) -> Program:
    """Make a program that has run some code and stays for a while, to be looked at."""
    return Program((Snippet(f"{code}\nimport time; time.sleep(3)", Place("deck.yaml")),), seconds=60.0)


def _comparing() -> Program:
    """Make the program of a process that never ran the answer, and gets what came out of it as plain data."""
    code = f"{COMPARE}\nimport time; time.sleep(3)"
    return Program((Snippet(code, Place("deck.yaml")),), got=(("x", Scalar(2.0)),), seconds=60.0)


def _of_child(runner: LiveRunner, warm: int, program: Program) -> Memory:
    """Return the memory of the child that runs a program, once it waits."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(runner.run, program)
        while not (found := children(warm)):
            time.sleep(0.05)
        wait_until_idle(found[0])
        size = memory(found[0])
        outcome = running.result()
    assert isinstance(outcome, Ran), outcome
    return size
