"""Kill practice sessions at random instants and see that nothing that was rated is lost.

Each life is a real session over flashcards; it is killed with SIGKILL some moments after a random
question has appeared. A question appears only after the rating before it is on disk, so the log must
hold at least as many ratings as questions have followed one, at most one more, and its states must be
what a replay gives.

    python scripts/kill.py --lives 200
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from ptquiz.scheduling.replay import replay
from ptquiz.store.journal import SqliteJournal

QUESTIONS = 400
HEADER = "-- "


def write_deck(path: Path) -> None:
    """Write a deck of flashcards."""
    cards = "".join(
        f"  - {{id: card-{n}, kind: flashcard, level: answer, ask: Card {n}?, answer: Yes., explain: Yes.}}\n"
        for n in range(QUESTIONS)
    )
    path.write_text(f"format: 1\ndeck: cards\ntitle: Cards\nquestions:\n{cards}", "utf-8")


def live(home: Path, deck: Path, chance: random.Random) -> tuple[int, int]:
    """Let one session live for a while; return how many ratings it promised at least, and at most."""
    command = [sys.executable, "-m", "ptquiz", "practice", "-d", str(deck), "--plain", "--new", str(QUESTIONS)]
    environ = os.environ | {"PTQUIZ_HOME": str(home)}
    shown, until, spin = 0, chance.randint(1, 12), chance.randint(0, 200_000)
    with subprocess.Popen(
        command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n4\n" * QUESTIONS)
        process.stdin.flush()
        for line in process.stdout:
            shown += line.startswith(HEADER)
            if shown == until:
                break
        for _ in range(spin):
            pass  # An instant somewhere between two writes, or inside one.
        process.kill()
        shown += sum(line.startswith(HEADER) for line in process.stdout)
    return max(shown - 1, 0), shown


def kill(home: Path, lives: int, *, seed: int) -> int:
    """Let sessions live and die; return how many ratings survived. Raises AssertionError when one is lost."""
    chance = random.Random(seed)
    deck = home / "cards.yaml"
    home.mkdir(parents=True, exist_ok=True)
    write_deck(deck)
    written = 0
    for _ in range(lives):
        least, most = live(home, deck, chance)
        with SqliteJournal(home / "data" / "reviews.sqlite3", replay) as journal:
            now = len(journal.entries())
            assert written + least <= now <= written + most, (
                f"{least} to {most} ratings promised, {now - written} found"
            )
            assert journal.check() == (), "a state is not what the log says"
        written = now
    return written


def main() -> None:
    """Kill and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lives", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        survived = 0
        # A deck is soon asked up: each home sees ten lives.
        for number in range(0, wanted.lives, 10):
            lives = min(10, wanted.lives - number)
            survived += kill(Path(directory) / str(number), lives, seed=wanted.seed + number)
            print(f"{number + lives} killed, {survived} ratings written, none lost", flush=True)


if __name__ == "__main__":
    main()
