"""Measure how long a start takes, in a real terminal: `python benchmarks/startup.py`.

Each command takes turns with `python -c "import typer, rich.console"`, which is what none of them can be faster than,
so that whatever else the machine does meets all alike. What has to hold is the ratio of the medians, printed at the
end; the exit status is 1 when one does not. `practice` is timed until its first question can be answered.
"""

from __future__ import annotations

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LIBRARIES = "the libraries"
PROGRAM = [sys.executable, "-m", "ptquiz"]


@dataclass
class Start:
    """One way to start, and the seconds it took, round by round."""

    name: str
    command: Sequence[str]
    until: bytes = b""
    """What shows that it is done; the end of the program where this is empty."""
    most: float = 0.0
    """How many times longer than the libraries it may take; 0 for no limit."""
    variables: dict[str, str] = field(default_factory=dict)
    runs: list[float] = field(default_factory=list)

    def measure(self, environ: dict[str, str]) -> None:
        """Start once and add how long that took."""
        master, slave = pty.openpty()
        began = time.perf_counter()
        process = subprocess.Popen(
            self.command, stdin=slave, stdout=slave, stderr=slave, env=environ | self.variables, start_new_session=True
        )
        os.close(slave)
        shown = _read(master, self.until)
        self.runs.append(time.perf_counter() - began)
        process.terminate()
        process.wait()
        os.close(master)
        if self.until not in shown:
            raise SystemExit(f"{self.name} did not come so far:\n{shown.decode(errors='replace')}")

    @property
    def median(self) -> float:
        """The middle one of the runs, in seconds."""
        return statistics.median(self.runs)


def _read(terminal: int, until: bytes) -> bytes:
    """Read what a program shows until it has shown something, or has ended."""
    shown = b""
    while not until or until not in shown:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # the program has closed its end
            break
        if not data:
            break
        shown += data
    return shown


def starts() -> list[Start]:
    """List what is measured; the first is what the others are compared with."""
    typed = {"_PTQUIZ_COMPLETE": "complete_bash", "COMP_WORDS": "ptquiz explain dr", "COMP_CWORD": "2"}
    return [
        Start(LIBRARIES, [sys.executable, "-c", "import typer, rich.console"]),
        Start("practice, first question", [*PROGRAM, "practice"], until=b"q quit", most=2.0),
        Start("--version", [*PROGRAM, "--version"], until=b"ptquiz 0"),
        Start("--help", [*PROGRAM, "--help"], until=b"practice"),
        Start("stats", [*PROGRAM, "stats"]),
        Start("completing a topic", PROGRAM, variables=typed),
    ]


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    measured = starts()
    with tempfile.TemporaryDirectory() as home:
        environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "PTQUIZ_HOME": home}
        # torch is imported once a question is on the screen: not what is measured, and it would slow the next round.
        Path(home, "config").mkdir()
        Path(home, "config", "config.toml").write_text("prewarm = false\n", "utf-8")
        for start in measured:
            start.measure(environ)  # compiles the decks and fills the caches of the system
            start.runs.clear()
        for _ in range(options.rounds):
            for start in measured:
                start.measure(environ)
    return 0 if show(measured) else 1


def show(measured: Sequence[Start]) -> bool:
    """Print medians, minima and ratios; return whether every limit holds."""
    libraries, holds = measured[0].median, True
    print(f"{'milliseconds':28}median   least   ratio  at most")
    for start in measured:
        ratio = start.median / libraries
        limit = f"{start.most:9.1f}" if start.most else ""
        fits = not start.most or ratio <= start.most
        holds = holds and fits
        row = f"{start.name:26}{start.median * 1e3:8.0f}{min(start.runs) * 1e3:8.0f}{ratio:8.2f}{limit}"
        print(row if fits else f"{row}  FAILS")
    return holds


if __name__ == "__main__":
    sys.exit(main())
