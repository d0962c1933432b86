"""Measure the live runner beside a fresh interpreter and a bare fork: `python benchmarks/runner.py`.

All ways take turns, program by program, so that whatever else the machine does meets all of them alike. What has to
hold are ratios, printed at the end; the exit status is 1 when one does not.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ptquiz.domain.snippets import Place, Program, Ran, Snippet
from ptquiz.runner import LiveRunner
from ptquiz.runner.interpreter import environment
from ptquiz.runner.worker.frames import Channel, ChannelClosed

PROGRAMS = {
    "trivial": "x = 1 + 1",
    "typical": (
        "import torch\nfrom torch import nn\n"
        "net = nn.Sequential(nn.Linear(16, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 1))\n"
        "net(torch.randn(64, 16)).sum().backward()\nx = net[0].weight.grad.shape"
    ),
    "training": (
        "import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))\n"
        "optimizer = torch.optim.Adam(net.parameters())\na, b = torch.randn(64, 8), torch.randn(64, 1)\n"
        "for _ in range(100):\n    optimizer.zero_grad(); loss = nn.functional.mse_loss(net(a), b)\n"
        "    loss.backward(); optimizer.step()\nx = loss.item()"
    ),
}
FASTER_THAN_FRESH = 50.0
"""How many times faster than a fresh interpreter a typical program has to be."""
SLOWER_THAN_FORK = 1.5
"""How many times slower than a bare fork a program may be."""
FORKED, FRESH, OURS = "bare fork", "fresh interpreter", "ptquiz"


@dataclass
class Times:
    """The seconds that one way of running a program took, run by run."""

    runs: list[float] = field(default_factory=list)

    def measure(self, run: Callable[[], object]) -> None:
        """Add one run."""
        start = time.perf_counter()
        run()
        self.runs.append(time.perf_counter() - start)

    @property
    def median(self) -> float:
        """Return the middle run."""
        return statistics.median(self.runs)

    @property
    def slowest(self) -> float:
        """Return what 99 of 100 runs stay below."""
        return sorted(self.runs)[min(len(self.runs) * 99 // 100, len(self.runs) - 1)]


class BareFork:
    """A process that is as warm as ours, and forks without any protection."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, "--bare", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env=environment("/tmp") | {"PYTHONPATH": os.pathsep.join(sys.path)},
            )
        self._channel.receive()

    def run(self, code: str) -> None:
        """Have a child execute the code and send back what `x` is."""
        self._channel.send({"code": code})
        self._channel.receive()

    def close(self) -> None:
        """End the process."""
        self._channel.close()
        self.process.wait()


def serve_bare_forks(descriptor: int) -> None:
    """Be the process that forks."""
    import gc

    import torch

    torch.set_num_threads(1)
    from ptquiz.runner.worker import pages, startup, warmup

    warmup.use_numpy_bridge()
    warmup.run_small_network()
    for module in startup.PRELOAD:
        startup.preload(module)
    warmup.run_optimizer()
    gc.collect()
    gc.disable()
    gc.freeze()
    pages.collapse(pages.blocks())
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send({"kind": "hello"})
    while True:
        try:
            code = channel.receive()["code"]
        except ChannelClosed:
            sys.exit(0)
        read_end, write_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            gc.enable()
            torch.manual_seed(0)
            namespace: dict[str, object] = {}
            exec(compile(code, "program", "exec"), namespace)
            os.write(write_end, json.dumps({"text": str(namespace["x"])}).encode())
            os._exit(0)
        os.close(write_end)
        text = os.read(read_end, 1 << 16)
        os.close(read_end)
        os.waitpid(pid, 0)
        channel.send(json.loads(text))


def ours(runner: LiveRunner, code: str) -> None:
    """Run a program as a question does."""
    outcome = runner.run(Program((Snippet(code, Place("deck.yaml")),), (Snippet("x"),), seconds=60.0))
    assert isinstance(outcome, Ran), outcome


def fresh(code: str) -> None:
    """Run a program in an interpreter of its own."""
    subprocess.run([sys.executable, "-c", f"import torch\n{code}\nprint(x)"], check=True, capture_output=True)


def latencies(runner: LiveRunner, bare: BareFork, rounds: int, fresh_rounds: int) -> dict[tuple[str, str], Times]:
    """Let all ways run all programs in turn."""
    times = {(name, way): Times() for name in PROGRAMS for way in (FRESH, FORKED, OURS)}
    for number in range(rounds):
        for name, code in PROGRAMS.items():
            times[name, FORKED].measure(lambda code=code: bare.run(code))  # type: ignore[misc]
            times[name, OURS].measure(lambda code=code: ours(runner, code))  # type: ignore[misc]
            if number < fresh_rounds:
                times[name, FRESH].measure(lambda code=code: fresh(code))  # type: ignore[misc]
    return times


def throughput(runners: list[LiveRunner], code: str, seconds: float) -> float:
    """Return how many programs a second all runners get done together."""
    end = time.monotonic() + seconds

    def work(runner: LiveRunner) -> int:
        count = 0
        while time.monotonic() < end:
            ours(runner, code)
            count += 1
        return count

    with ThreadPoolExecutor(len(runners)) as pool:
        return sum(pool.map(work, runners)) / seconds


def memory(pid: int) -> str:
    """Return the resident, proportional and private memory of a process in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    private = sizes["Private_Dirty"] + sizes["Private_Clean"]
    return f"{sizes['Rss']:8.0f} {sizes['Pss']:8.0f} {private:8.0f}"


def memory_of_child(runner: LiveRunner, code: str) -> str:
    """Return the memory of a child that has run a program and waits."""
    from ptquiz.runner.worker import processes

    assert runner._warm is not None
    waiting = Program((Snippet(f"{code}\nimport time; time.sleep(1.5)", Place("deck.yaml")),), seconds=60.0)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(runner.run, waiting)
        time.sleep(1.0)
        (child,) = processes.descendants(runner._warm.pid)
        size = memory(child)
        running.result()
    return size


def settle(runner: LiveRunner) -> None:
    """Wait until everything that is preloaded in idle time is there."""
    seen = Program(
        (Snippet("import sys", Place("deck.yaml")),), (Snippet("'torch.utils.serialization' in sys.modules"),)
    )
    while True:
        time.sleep(0.5)
        outcome = runner.run(seen)
        assert isinstance(outcome, Ran)
        if outcome.values[0].text == "True":
            time.sleep(1.0)
            return


def show_latencies(times: dict[tuple[str, str], Times]) -> bool:
    """Print latencies and ratios; tell whether the ratios hold."""
    holds = True
    print("latency in ms               p50      p99   times ours")
    for name in PROGRAMS:
        base = times[name, OURS].median
        for way in (FRESH, FORKED, OURS):
            seen = times[name, way]
            print(f"{name:9} {way:18}{seen.median * 1e3:8.1f} {seen.slowest * 1e3:8.1f} {seen.median / base:8.2f}")
    faster = times["typical", FRESH].median / times["typical", OURS].median
    holds &= verdict(f"typical: {faster:.0f} times faster than a fresh interpreter", faster >= FASTER_THAN_FRESH)
    for name in PROGRAMS:
        slower = times[name, OURS].median / times[name, FORKED].median
        holds &= verdict(f"{name}: {slower:.2f} times a bare fork", slower <= SLOWER_THAN_FORK)
    return holds


def verdict(text: str, holds: bool) -> bool:
    """Print whether a ratio holds, and return it."""
    print(f"{'holds' if holds else 'FAILS':6} {text}")
    return holds


def main() -> int:
    """Print all tables; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--fresh-rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each measurement of throughput")
    parser.add_argument("--bare", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare is not None:
        serve_bare_forks(options.bare)
    with LiveRunner() as runner, LiveRunner() as second:
        bare = BareFork()
        settle(runner)
        settle(second)
        holds = show_latencies(latencies(runner, bare, options.rounds, options.fresh_rounds))
        print("\nprograms a second       1 runner   2 runners")
        for name, code in PROGRAMS.items():
            one = throughput([runner], code, options.seconds)
            two = throughput([runner, second], code, options.seconds)
            print(f"{name:20}{one:12.0f}{two:12.0f}")
        print("\nmemory in MB             resident  share  private")
        assert runner._warm is not None
        print(f"{'this process':22}{memory(os.getpid())}")
        print(f"{'warm process':22}{memory(runner._warm.pid)}")
        for name, code in PROGRAMS.items():
            print(f"{f'child, {name}':22}{memory_of_child(runner, code)}")
        bare.close()
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
