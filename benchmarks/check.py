"""Proving decks: `ptquiz check`, its start included, beside a fresh interpreter for every program that it runs."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.harness import PTQUIZ, PYTHON, ROOT, Budget, Found, Options, Row, say, surroundings, take_turns
from ptquiz.banks.reader import read_deck
from ptquiz.commands.check import Bench, check, read_for_check
from ptquiz.domain.snippets import Outcome, Program
from ptquiz.runner import LiveRunner

DECK, QUICK = "dropout", "inference-mode"
JOBS = 2
SAMPLE = 8
"""How many programs a round runs in interpreters of their own."""
FASTER = 50.0


def measure(options: Options) -> Found:
    """Count the programs of a shipped deck, then check them and run a sample of them in turn."""
    decks = [ROOT / "questions" / f"{QUICK if options.quick else DECK}.yaml"]
    say(f"check: {decks[0].stem}")
    programs = programs_of(decks, whole=not options.quick)
    drawn = random.Random(1)
    ways: dict[str, Callable[[], float]] = {
        "check": partial(check_decks, decks, surroundings(options.folder), len(programs), whole=not options.quick),
        "fresh": lambda: run_fresh(drawn.sample(programs, min(SAMPLE, len(programs)))),
    }
    found = take_turns(ways, options.often(2, 1))
    budget = None if options.quick else Budget(FASTER, at_least=True)
    what = f"{len(programs):,} programs of a deck"
    return Found([Row(what, found["check"], "/s", f"fresh interpreters, {JOBS} at a time", found["fresh"], budget)])


def programs_of(decks: Sequence[Path], *, whole: bool) -> list[Program]:
    """Return every program that a check of some decks runs; a whole one runs them elsewhere and tries mutants, too."""
    programs: list[Program] = []
    with LiveRunner() as runner:

        def run(program: Program) -> Outcome:
            programs.append(program)
            return runner.run(program)

        check(
            read_for_check(decks, read_deck),
            [Bench(run, run if whole else None)],
            torch=runner.torch_version,
            mutate=whole,
        )
    return programs


def check_decks(decks: Sequence[Path], environ: dict[str, str], programs: int, *, whole: bool) -> float:
    """Check decks, whatever is known of them already; return the programs a second."""
    began = time.perf_counter()
    command = [*PTQUIZ, "check", *map(str, decks), "--all", "--jobs", str(JOBS), *([] if whole else ["--quick"])]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if ended.returncode > 1:
        raise SystemExit(ended.stderr)
    return programs / (time.perf_counter() - began)


def run_fresh(programs: Sequence[Program]) -> float:
    """Run programs in interpreters of their own, as many at a time as there are jobs; return how many a second."""
    began = time.perf_counter()
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(_run_alone, programs))
    return len(programs) / (time.perf_counter() - began)


def _run_alone(program: Program) -> None:
    """Run one program in an interpreter of its own; that it fails, as wrong answers have to, does not matter."""
    values = [f"print({value.code})" for value in program.values]
    code = "\n".join(["import torch", *(snippet.code for snippet in program.snippets), *values])
    subprocess.run([PYTHON, "-c", code], check=False, capture_output=True, timeout=120, start_new_session=True)
