"""The review log at size, beside a collection of Anki's own library with as many cards and reviews.

Both open their file, find what is due first, write an answer to it, and find what comes next, each time in a fresh
process.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.harness import PYTHON, ROOT, Budget, Found, Options, Row, say, take_turns
from benchmarks.processes import memory
from ptquiz.domain.reviews import Rated, Rating

SIZE, QUICK = (100_000, 1_000_000), (1_000, 10_000)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
ANKI = "Anki's library"
MEASURES = {
    "open": "s",
    "open, first due": "s",
    "answer, until it is on disk": "s",
    "next": "s",
    "open, first due, answer": "s",
    "memory, resident": "MB",
    "memory, share": "MB",
    "file": "MB",
}


def measure(options: Options) -> Found:
    """Fill both, then let them take turns."""
    questions, reviews = QUICK if options.quick else SIZE
    path, other = options.folder / "log" / "reviews.sqlite3", options.folder / "anki" / "collection.anki2"
    say(f"store: {questions:,} questions, {reviews:,} reviews")
    fill(path, questions, reviews)
    ways: dict[str, Callable[[], dict[str, float]]] = {"ours": partial(once, [PYTHON, "-m", "benchmarks.store"], path)}
    if options.anki:
        side = [options.anki, "-m", "benchmarks.anki_side"]
        other.parent.mkdir()
        subprocess.run([*side, "fill", str(other), str(questions), str(reviews)], cwd=ROOT, check=True)
        ways["theirs"] = partial(once, [*side, "measure"], other)
    for way in ways.values():
        way()
    found = take_turns(ways, options.often(9, 3))
    return Found(list(_rows(found, quick=options.quick)), () if options.anki else [f"{ANKI}: --anki PYTHON"])


def _rows(found: dict[str, list[dict[str, float]]], *, quick: bool) -> Iterator[Row]:
    """Yield a row for each measure; small collections say nothing about the budgets."""
    for name, unit in MEASURES.items():
        ours, theirs = ([run[name] for run in found.get(side, [])] for side in ("ours", "theirs"))
        budget = Budget(1.0) if theirs and not quick else None
        yield Row(name, ours, unit, ANKI if theirs else "", theirs, budget)


def once(command: list[str], path: Path) -> dict[str, float]:
    """Measure once in a fresh process; add what the sum of the work is, and the size of the files."""
    ended = subprocess.run([*command, str(path)], cwd=ROOT, check=True, capture_output=True, text=True)
    run: dict[str, float] = json.loads(ended.stdout)
    run["open, first due, answer"] = run["open, first due"] + run["answer, until it is on disk"]
    run["file"] = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")) / 1e6
    return run


def fill(path: Path, questions: int, reviews: int) -> None:
    """Write a log in which every question has as many reviews, some being due now.

    As in life the entries are written in the order of time, thirty to a run of the program; a question has
    fingerprints and a right answer of its own.
    """
    from ptquiz.scheduling.replay import replay
    from ptquiz.store.journal import SqliteJournal
    from ptquiz.store.log import LogWriter

    chance, each = random.Random(1), reviews // questions
    asked = []
    for number in range(questions):
        at = NOW - timedelta(days=chance.uniform(0, 60) + 2 ** (each - 1) / 4)
        for repetition in range(each):
            known = chance.random() < 0.9 or repetition == each - 1
            asked.append((at, number, known, round(chance.uniform(3, 60), 1)))
            at += timedelta(days=2**repetition / 4)
    asked.sort()
    run = ""
    with SqliteJournal(path, replay) as journal:
        journal.prepare()
        # A merge would replay a question at a time, which takes minutes for so many.
        with journal._writing() as connection:
            writer = LogWriter(connection)
            for place, (at, number, known, seconds) in enumerate(asked):
                if place % 30 == 0:
                    run = f"{chance.getrandbits(128):032x}"
                writer.put(_rated(f"{run}-{place % 30}", number, at, known=known, seconds=seconds))
            journal._rebuilt(connection)


def _rated(id_: str, number: int, at: datetime, *, known: bool, seconds: float) -> Rated:
    return Rated(
        id=id_,
        question=f"question-{number:06}",
        at=at,
        utc_offset=60,
        rating=Rating.GOOD if known else Rating.AGAIN,
        retention=0.9,
        result="correct" if known else "wrong",
        answer=f"x.softmax({number})" if known else "x.softmax(-1)",
        seconds=seconds,
        wording=f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}",
        meaning=f"{number * 0xC2B2AE3D27D4EB4F % 2**64:016x}",
    )


def work(path: Path) -> dict[str, float]:
    """Open a log, build the queue, rate the first question, find the next; return seconds and megabytes."""
    from msgspec import structs

    from ptquiz.commands.agenda import Wishes, draw_up
    from ptquiz.domain.outlines import Outline, in_memory
    from ptquiz.domain.questions import Level
    from ptquiz.scheduling.memory import Fsrs
    from ptquiz.scheduling.replay import replay
    from ptquiz.store.journal import SqliteJournal

    with SqliteJournal(path, replay) as journal:
        ids = sorted(journal.scheduled())
    outlines = in_memory(
        Outline(id=id, deck=f"deck-{n * 50 // len(ids)}", kind="flashcard", level=Level.ANSWER)
        for n, id in enumerate(ids)
    )
    Fsrs().forecasts(memory=None, days=0, retention=0.9)  # loads the engine, as importing Anki's library does
    gc.set_threshold(100_000, 10, 10)  # as the program does
    times = {}
    started = time.perf_counter()
    journal = SqliteJournal(path, replay)
    journal.prepare()
    times["open"] = time.perf_counter() - started
    agenda = draw_up(outlines, journal, Wishes(10), now=TOMORROW)
    journal.rehearse()  # the program does it when the question is on the screen; here it counts
    times["open, first due"] = time.perf_counter() - started
    started = time.perf_counter()
    first, second = agenda.queue[:2]
    seen = journal.state(first)  # the recorder looks up which wording was seen last
    entry = _rated(f"{time.time_ns():032x}-0", int(first[-6:]), TOMORROW, known=True, seconds=9.0)
    journal.append(structs.replace(entry, wording=seen.wording, meaning=seen.meaning))
    times["answer, until it is on disk"] = time.perf_counter() - started
    started = time.perf_counter()
    journal.state(second)
    times["next"] = time.perf_counter() - started
    used = memory()
    journal.close()
    return times | {"memory, resident": used.resident, "memory, share": used.share}


if __name__ == "__main__":
    print(json.dumps(work(Path(sys.argv[1]))))
