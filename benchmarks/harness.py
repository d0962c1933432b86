"""What every part shares: ways that take turns, the rows they give, and the budgets these have to keep."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PYTHON = sys.executable
PTQUIZ = (PYTHON, "-m", "ptquiz")
ROOT = Path(__file__).resolve().parent.parent
"""Where `python -m benchmarks` is started."""

T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What was asked for."""

    folder: Path
    """An empty folder for what a part writes; it is removed afterwards."""
    quick: bool = False
    """Small sizes, and no budgets where the size is what matters."""
    rounds: int | None = None
    """How often to measure, where a part is not to decide."""
    anki: str | None = None
    """An interpreter that has Anki's library."""
    py_fsrs: str | None = None
    """An interpreter that has py-fsrs with its optimizer."""
    others: Path | None = None
    """Where other flashcard programs are, or are to be installed."""

    def often(self, whole: int, quick: int) -> int:
        """Return how many rounds to measure."""
        return self.rounds or (quick if self.quick else whole)


@dataclass(frozen=True)
class Budget:
    """A limit on the ratio of a row, or on its value where there is nothing beside it."""

    limit: float
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a value keeps within the limit."""
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass(frozen=True)
class Row:
    """What was measured on one thing, round by round, and beside what."""

    what: str
    ours: Sequence[float]
    unit: str = "s"
    """`s`, `MB`, `/s` or nothing."""
    beside: str = ""
    theirs: Sequence[float] = ()
    budget: Budget | None = None

    @property
    def ratios(self) -> list[float]:
        """Ours to theirs, one for each round that measured both; empty where there is nothing beside."""
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=False) if theirs]

    @property
    def judged(self) -> float:
        """The median of what a budget is about."""
        return statistics.median(self.ratios or self.ours)

    @property
    def spread(self) -> tuple[float, float]:
        """Where the middle half of the rounds lies, of what a budget is about."""
        values = self.ratios or self.ours
        if len(values) < 2:
            return values[0], values[0]
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
        return low, high

    @property
    def holds(self) -> bool | None:
        """Whether the budget holds; None without a budget."""
        return self.budget.holds(self.judged) if self.budget else None


@dataclass(frozen=True)
class Found:
    """What one part found."""

    rows: Sequence[Row]
    notes: Sequence[str] = ()
    """What was not measured, and why."""


def take_turns(
    ways: Mapping[str, Callable[[], T]], rounds: int, *, few: Mapping[str, int] | None = None
) -> dict[str, list[T]]:
    """Let every way run once a round, so that whatever else the machine does meets all alike.

    Who begins changes from round to round. `few` says of slow ways in how many of the first rounds they run.
    """
    found: dict[str, list[T]] = {name: [] for name in ways}
    order = list(ways)
    for number in range(rounds):
        for name in order[number % len(order) :] + order[: number % len(order)]:
            if few is None or number < few.get(name, rounds):
                found[name].append(ways[name]())
    return found


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """Return what runs something and tells the seconds it took."""

    def measure() -> float:
        began = time.perf_counter()
        run()
        return time.perf_counter() - began

    return measure


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return the variables that a program is started with, its files being in a folder of their own.

    The warm process is not started by itself: it would slow whatever is measured next.
    """
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    own = {"HOME": str(home), "PTQUIZ_HOME": str(home), "PTQUIZ_SEED": "1", "PTQUIZ_PREWARM": "0"}
    return kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | own | more


def say(text: str) -> None:
    """Tell on standard error what happens at the moment."""
    print(text, file=sys.stderr, flush=True)
