"""Measure some or all parts, print one table, and end with 1 when a budget does not hold."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from rich.console import Console

from benchmarks.harness import Found, Options, say
from benchmarks.table import WIDTH, Report, as_json, as_markdown, show

PARTS = {
    "startup": "starts in a terminal, beside the libraries and other flashcard programs (--others)",
    "index": "warm starts with 100, 10,000 and 100,000 questions",
    "live": "a key until its verdict, beside a bare fork and a fresh interpreter",
    "check": "proving decks, beside a fresh interpreter for every program",
    "store": "the review log, beside Anki's library (--anki)",
    "tune": "fitting the memory model, beside py-fsrs (--py-fsrs)",
    "memory": "the memory of every process",
}
"""Each is a module of its name."""


class Part(Protocol):
    """A module that measures something."""

    def measure(self, options: Options) -> Found:
        """Measure, in a folder that is empty."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; return 1 when a budget does not hold."""
    wanted = parser().parse_args(arguments)
    report = Report({}, datetime.now().astimezone())
    options = Options(Path(), wanted.quick, wanted.rounds, wanted.anki, wanted.py_fsrs, wanted.others)
    for name in wanted.parts or PARTS:
        say(f"== {name}")
        part = cast(Part, import_module(f"benchmarks.{name}"))
        with tempfile.TemporaryDirectory(prefix="ptquiz-benchmark-") as folder:
            found = part.measure(replace(options, folder=Path(folder)))
        report = replace(report, parts={**report.parts, name: found})
    if wanted.json:
        print(json.dumps(as_json(report), indent=2))
    elif wanted.markdown:
        print(as_markdown(report))
    else:
        console = Console()
        show(console if console.is_terminal else Console(width=WIDTH), report)
    return int(bool(report.broken))


def parser() -> argparse.ArgumentParser:
    """Return what reads the options."""
    parts = "\n".join(f"  {name:9}{text}" for name, text in PARTS.items())
    made = argparse.ArgumentParser(
        prog="python -m benchmarks",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=f"{__doc__}\n\nparts, all of them unless some are named:\n{parts}",
        epilog="A ratio is ours to theirs, the median over rounds in which both took their turns.",
    )
    made.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help="what to measure")
    made.add_argument("--quick", action="store_true", help="small sizes and few rounds")
    made.add_argument("--rounds", type=int, metavar="N", help="rounds of everything, instead of each part's own number")
    made.add_argument("--anki", metavar="PYTHON", help="an interpreter that has anki installed")
    made.add_argument("--py-fsrs", metavar="PYTHON", help="an interpreter that has fsrs[optimizer] installed")
    made.add_argument("--others", metavar="DIR", type=Path, help="install other flashcard programs there, and use them")
    shown = made.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print every measurement as JSON")
    shown.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    return made


if __name__ == "__main__":
    sys.exit(main())
