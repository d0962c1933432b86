"""Run every check of the project; developers and CI run this same script."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STEPS: tuple[tuple[str, list[str]], ...] = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
    ("docs", ["sphinx-build", "-W", "--keep-going", "-n", "-q", "-E", "docs", "build/docs"]),
    ("tests", ["pytest", "-n", "auto", "--maxprocesses", "4"]),
    ("questions", ["ptquiz", "check", "questions", "--quick", "--all"]),
)

ORDINARY_USER = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
"""Runs a command without root's rights, which would hide what the sandbox must do for everybody else."""


def steps() -> Iterator[tuple[str, list[str | Path]]]:
    """Yield the name and the command of each step; root attacks the runner as an ordinary user too."""
    for name, (program, *arguments) in STEPS:
        yield name, [BIN / program, *arguments]
    if os.geteuid() != 0:
        return
    if subprocess.run([*ORDINARY_USER, "true"], check=False, capture_output=True).returncode:
        print("== attacks as an ordinary user: not run, this system lets root make no user namespace", flush=True)
        return
    yield "attacks as an ordinary user", [*ORDINARY_USER, BIN / "pytest", "-n", "2", "tests/runner/attacks"]


def main() -> int:
    """Run all steps, also after a failure; return 0 only when all passed."""
    failed = []
    for name, command in steps():
        print(f"== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        print(f"== {name}: {'ok' if code == 0 else f'FAILED ({code})'}, {time.monotonic() - started:.0f} s", flush=True)
        if code:
            failed.append(name)
    print(f"gate: {'FAILED: ' + ', '.join(failed) if failed else 'all green'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
