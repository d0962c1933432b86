"""Starts with 100, 10,000 and 100,000 questions: cold, when all decks are compiled, and warm, when nothing has changed.

A warm start is `ptquiz practice` in a terminal until the first question can be answered. It must not depend on the
number of questions.
"""

from __future__ import annotations

import subprocess
import time
from functools import partial
from pathlib import Path

from benchmarks.decks import write_decks
from benchmarks.harness import PTQUIZ, Budget, Found, Options, Row, say, surroundings, take_turns
from benchmarks.terminal import seconds_until

SIZES = (100, 10_000, 100_000)
QUICK = (100, 1_000)
SLOWER_THAN_SMALLEST = 1.2


def measure(options: Options) -> Found:
    """Compile collections of several sizes, then start with each in turn."""
    sizes = QUICK if options.quick else SIZES
    cold = {size: compile_decks(options.folder / str(size), size) for size in sizes}
    ways = {str(size): partial(start, options.folder / str(size)) for size in sizes}
    for way in ways.values():
        way()  # brings the files into the cache of the system
    warm = take_turns(ways, options.often(11, 3))
    smallest, largest = str(sizes[0]), str(sizes[-1])
    rows = [Row(f"compiling {size:,} questions", [seconds]) for size, seconds in cold.items()]
    rows += [Row(f"start, {sizes[0]:,} questions", warm[smallest])]
    for size in sizes[1:]:
        budget = Budget(SLOWER_THAN_SMALLEST) if str(size) == largest and not options.quick else None
        theirs = warm[smallest]
        rows.append(Row(f"start, {size:,} questions", warm[str(size)], "s", f"{smallest} questions", theirs, budget))
    return Found(rows)


def compile_decks(folder: Path, questions: int) -> float:
    """Write decks and add them; return the seconds that reading, proving trust and compiling took."""
    say(f"index: {questions:,} questions")
    write_decks(folder / "decks", questions)
    began = time.perf_counter()
    command = [*PTQUIZ, "deck", "add", str(folder / "decks"), "--trust"]
    ended = subprocess.run(command, env=surroundings(folder / "home"), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return time.perf_counter() - began


def start(folder: Path) -> float:
    """Practise until the first question is shown; return the seconds."""
    return seconds_until([*PTQUIZ, "practice"], surroundings(folder / "home"), b"q quit")
