"""Run every check of the project; developers and CI run this same script."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STEPS: tuple[tuple[str, list[str]], ...] = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
    ("tests", ["pytest", "-n", "2"]),
    ("questions", ["ptquiz", "check", "questions", "--quick", "--all"]),
)


def main() -> int:
    """Run all steps, also after a failure; return 0 only when all passed."""
    failed = []
    for name, (program, *arguments) in STEPS:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run([BIN / program, *arguments], cwd=ROOT, check=False).returncode
        print(f"== {name}: {'ok' if code == 0 else f'FAILED ({code})'}, {time.monotonic() - started:.0f} s", flush=True)
        if code:
            failed.append(name)
    print(f"gate: {'FAILED: ' + ', '.join(failed) if failed else 'all green'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
