"""Live answers: a program until its outcome and a key until its verdict, beside a bare fork and a fresh process."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.bare import BareFork
from benchmarks.decks import TYPICAL, write_proven
from benchmarks.harness import PTQUIZ, PYTHON, Budget, Found, Options, Row, say, surroundings, take_turns, timed
from benchmarks.processes import children, wait_until_idle
from benchmarks.terminal import Terminal
from ptquiz.domain.snippets import Place, Program, Ran, Snippet
from ptquiz.runner import LiveRunner

PROGRAMS: Mapping[str, str] = {
    "trivial": "x = 1 + 1",
    "typical": "\n".join(["import torch", "from torch import nn", *TYPICAL, "x = net[0].weight.grad.shape"]),
    "training": (
        "import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))\n"
        "optimizer = torch.optim.Adam(net.parameters())\na, b = torch.randn(64, 8), torch.randn(64, 1)\n"
        "for _ in range(100):\n    optimizer.zero_grad(); loss = nn.functional.mse_loss(net(a), b)\n"
        "    loss.backward(); optimizer.step()\nx = loss.item()"
    ),
}
FASTER_THAN_FRESH = 1 / 50
SLOWER_THAN_FORK = 1.5
QUESTION, VERDICT, PROMPT = b"q quit", b"1 Again", b"\x1b[K> "
"""What a terminal shows of a question, of a verdict, and where it waits for a key."""
OURS, FORKED, FRESH, KEY = "ptquiz", "bare fork", "fresh interpreter", "key to verdict"


def measure(options: Options) -> Found:
    """Let all ways run all programs in turn."""
    rounds, fresh = options.often(60, 5), 2 if options.quick else 6
    rows: list[Row] = []
    say("live: torch is imported three times")
    with LiveRunner() as runner, BareFork() as bare, practising(options.folder) as terminal:
        settle(runner)
        for name, code in PROGRAMS.items():
            say(f"live: {name}")
            ways = {
                OURS: timed(partial(run_live, runner, code)),
                FORKED: timed(partial(bare.run, code)),
                FRESH: timed(partial(run_fresh, code)),
            }
            if name == "typical":
                ways[KEY] = partial(answer, terminal)
            found = take_turns(ways, rounds, few={FRESH: fresh})
            what = f"{name} program"
            rows.append(Row(what, found[OURS], "s", FORKED, found[FORKED], Budget(SLOWER_THAN_FORK)))
            budget = Budget(FASTER_THAN_FRESH) if name == "typical" else None
            rows.append(Row(what, found[OURS], "s", FRESH, found[FRESH], budget))
            if KEY in found:
                rows.append(Row(KEY, found[KEY], "s", FORKED, found[FORKED], Budget(SLOWER_THAN_FORK)))
                rows.append(Row(KEY, found[KEY], "s", FRESH, found[FRESH]))
    return Found(rows)


def run_live(runner: LiveRunner, code: str) -> None:
    """Run a program as a question does."""
    outcome = runner.run(Program((Snippet(code, Place("deck.yaml")),), (Snippet("x"),), seconds=60.0))
    assert isinstance(outcome, Ran), outcome


def run_fresh(code: str) -> None:
    """Run a program in an interpreter of its own."""
    subprocess.run(
        [PYTHON, "-c", f"import torch\n{code}\nprint(x)"], check=True, capture_output=True, start_new_session=True
    )


@contextmanager
def practising(folder: Path) -> Iterator[Terminal]:
    """Practise in a terminal, on questions that the typical program proves, with a warm process that is ready."""
    deck, home = folder / "proven" / "deck.yaml", folder / "home"
    write_proven(deck, 100)
    environ = surroundings(home, PTQUIZ_PREWARM="1")
    subprocess.run([*PTQUIZ, "deck", "add", deck.parent, "--trust"], env=environ, check=True, capture_output=True)
    with Terminal([*PTQUIZ, "practice", "-d", str(deck), "--cram"], environ) as terminal:
        _until_asked(terminal, QUESTION)
        terminal.press(b"1")
        _until_asked(terminal, VERDICT)
        for warm in children(terminal.process.pid):
            wait_until_idle(warm)
        terminal.press(b"\r")
        _until_asked(terminal, QUESTION)
        yield terminal


def answer(terminal: Terminal) -> float:
    """Press the key of an option and wait until the verdict is there; ask for the next question."""
    terminal.press(b"1")
    seconds = _until_asked(terminal, VERDICT)
    terminal.press(b"\r")
    _until_asked(terminal, QUESTION)
    return seconds


def _until_asked(terminal: Terminal, what: bytes) -> float:
    """Wait until something is shown, and then until a key is waited for: those typed before are not taken."""
    seconds = terminal.until(what)
    terminal.until(PROMPT)
    return seconds


def settle(runner: LiveRunner) -> int:
    """Wait until everything that is preloaded in idle time is there; return the warm process."""
    runner.describe()
    warm = runner._warm
    pid = getattr(warm, "pid", None)
    assert isinstance(pid, int), "programs are not forked here"
    wait_until_idle(pid)
    return pid
