"""Measure the compiled index: `python benchmarks/index.py`.

Decks of 100, 10,000 and 100,000 questions are generated. Cold, `ptquiz deck add` parses and compiles all of
them; warm, nothing has changed since, and `ptquiz practice` runs until the first question is shown. The sizes
take turns, so that whatever else the machine does meets all alike. What has to hold is the ratio of the warm
medians, the largest to the smallest, printed at the end; the exit status is 1 when it does not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

SIZES = (100, 10_000, 100_000)
IN_ONE_DECK = 100
MOST = 1.2
"""How many times longer than the smallest the largest may take, warm."""
LINE = "{:>10} questions {:>7} decks {:>10} {:>10} {:>8}"
PROGRAM = [sys.executable, "-m", "ptquiz"]

HEAD = """\
format: 1
deck: deck-{deck:05}
title: Deck {deck}
rank: {rank}
setup: |
  import torch
explain:
  - level: answer
    title: The answer
    text: |
      A paragraph of some length, as an explanation has, about what the deck is about, and why.
    run: print(torch.ones(3))
questions:
"""
CHOICE = """\
  - id: deck-{deck:05}-choice-{n}
    kind: choice
    level: answer
    tags: [first, second]
    ask: What does the layer number {n} of deck {deck} do with the elements that it keeps?
    options:
      - {{text: multiplies them by 1.25, right: true, why: The mean stays the same then.}}
      - {{text: leaves them as they are, why: Then the mean would shrink by a fifth., misconception: no-scaling}}
      - {{text: divides them by 2, why: That would be too much for this rate.}}
    hints: [Think of the mean., It is more than 1.]
    proof: |
      y = torch.nn.Dropout(0.2)(torch.ones(1000))
      print(y.max())
      assert y.max() == 1.25
    explain: What is kept is divided by the probability of being kept, so that the mean stays the same.
    source: [torch.nn.Dropout]
"""
FLASHCARD = """\
  - id: deck-{deck:05}-card-{n}
    kind: flashcard
    level: follow-up
    ask: Why is statement {n} of deck {deck} true for every tensor that is not empty?
    answer: Because its mean is the sum of its elements divided by their number.
    explain: An empty tensor has no mean, and torch returns nan for it.
"""


@dataclass
class Size:
    """One collection, and the seconds that starts with it took."""

    questions: int
    folder: Path
    cold: float = 0.0
    warm: list[float] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """Where the program keeps its files."""
        return self.folder / "home"

    @property
    def decks(self) -> int:
        """How many files there are."""
        return max(1, self.questions // IN_ONE_DECK)

    def write(self) -> None:
        """Write the decks and add them, which compiles them."""
        folder = self.folder / "decks"
        folder.mkdir(parents=True)
        for deck in range(self.decks):
            (folder / f"deck-{deck:05}.yaml").write_text(_deck(deck, min(self.questions, IN_ONE_DECK)), "utf-8")
        began = time.perf_counter()
        self._run("deck", "add", str(folder), "--trust")
        self.cold = time.perf_counter() - began

    def start(self) -> float:
        """Practise until the first question is shown; return the seconds."""
        began = time.perf_counter()
        shown = self._run("practice", "--plain", text="q\n")
        took = time.perf_counter() - began
        if "Why is statement" not in shown and "What does" not in shown:
            raise SystemExit(f"no question was shown:\n{shown}")
        return took

    def _run(self, *arguments: str, text: str = "") -> str:
        environ = os.environ | {"PTQUIZ_HOME": str(self.home), "PTQUIZ_PREWARM": "0", "PTQUIZ_SEED": "1"}
        ended = subprocess.run(
            [*PROGRAM, *arguments], input=text, env=environ, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            raise SystemExit(ended.stderr)
        return ended.stdout


def _deck(deck: int, questions: int) -> str:
    kinds = ((FLASHCARD if n % 2 else CHOICE).format(deck=deck, n=n) for n in range(questions))
    return HEAD.format(deck=deck, rank=1 + deck % 100) + "".join(kinds)


def main() -> int:
    """Generate, measure, print; return 1 when a warm start depends on the number of questions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="warm starts of each size")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        sizes = [Size(questions, Path(directory) / str(questions)) for questions in sorted(wanted.sizes)]
        for size in sizes:
            size.write()
            size.start()  # brings the files into the machine's own cache
        for _ in range(wanted.rounds):
            for size in sizes:
                size.warm.append(size.start())
    smallest = statistics.median(sizes[0].warm)
    print(LINE.format("", "", "cold", "warm", "ratio"))
    for size in sizes:
        warm = statistics.median(size.warm)
        print(
            LINE.format(
                size.questions, size.decks, f"{size.cold:.1f} s", f"{warm * 1000:.0f} ms", f"{warm / smallest:.2f}"
            )
        )
    return int(statistics.median(sizes[-1].warm) > MOST * smallest)


if __name__ == "__main__":
    sys.exit(main())
