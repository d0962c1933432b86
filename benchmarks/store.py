"""Measure the review log at size: open it, build the queue, write an answer, find the next question.

    python benchmarks/store.py --questions 100000 --reviews 1000000
    python benchmarks/store.py --anki PYTHON     # the same work with Anki's own library, beside it

Times are medians of several runs, each in a fresh process, the two sides taking turns. With --anki, PYTHON is
an interpreter that has `anki` installed; the collection is filled with as many notes and review-log rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
RUNS = 5
LINE = "{:<22} {:>12} {:>12}"


def fill(path: Path, questions: int, reviews: int) -> None:
    """Write a log in which every question has as many reviews, some being due now.

    As in life the entries are written in the order of time, thirty to a run of the program; a question has
    fingerprints and a right answer of its own.
    """
    from ptquiz.domain.reviews import Rated, Rating
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
    with SqliteJournal(path, replay) as journal:
        journal.prepare()
        with journal._writing() as connection:
            writer = LogWriter(connection)
            for place, (at, number, known, seconds) in enumerate(asked):
                if place % 30 == 0:
                    run = f"{chance.getrandbits(128):032x}"
                writer.put(
                    Rated(
                        id=f"{run}-{place % 30}",
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
                )
            journal._rebuilt(connection)


def measure(path: Path) -> dict[str, float]:
    """Open a log, build the queue, rate the first question, find the next; return seconds and megabytes."""
    from ptquiz.commands.agenda import Wishes, draw_up
    from ptquiz.domain.outlines import Outline, in_memory
    from ptquiz.domain.questions import Level
    from ptquiz.domain.reviews import Rated, Rating
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
    times["first due"] = time.perf_counter() - started
    started = time.perf_counter()
    first, second = agenda.queue[:2]
    seen = journal.state(first)  # the recorder looks up which wording was seen last
    journal.append(
        Rated(
            id=f"{time.time_ns():032x}-0",
            question=first,
            at=TOMORROW,
            utc_offset=60,
            rating=Rating.GOOD,
            retention=0.9,
            result="correct",
            answer=f"x.softmax({int(first[-6:])})",
            seconds=9.0,
            wording=seen.wording,
            meaning=seen.meaning,
        )
    )
    times["answer"] = time.perf_counter() - started
    started = time.perf_counter()
    journal.state(second)
    times["next"] = time.perf_counter() - started
    journal.close()
    times["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return times


def fill_anki(path: Path, questions: int, reviews: int) -> None:
    """Write a collection with as many review cards and review-log rows."""
    from anki.collection import Collection

    chance, each = random.Random(1), reviews // questions
    collection = Collection(str(path))
    kind = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    from anki.collection import AddNoteRequest

    for begin in range(0, questions, 1000):
        requests = []
        for number in range(begin, min(begin + 1000, questions)):
            note = collection.new_note(kind)
            note["Front"], note["Back"] = f"question-{number:06}", "answer"
            requests.append(AddNoteRequest(note=note, deck_id=deck))
        collection.add_notes(requests)
    today = collection.sched.today
    cards = [id for (id,) in collection.db.execute("select id from cards")]
    rows = [(today if chance.random() < 0.02 else today + chance.randint(1, 300), 30, each, id) for id in cards]
    collection.db.executemany(
        "update cards set type = 2, queue = 2, due = ?, ivl = ?, reps = ?, factor = 2500 where id = ?", rows
    )
    first = int(time.time() * 1000) - 10**10
    collection.db.executemany(
        "insert into revlog values (?, ?, -1, 3, 30, 10, 2500, 5000, 1)",
        [(first + n, cards[n % len(cards)]) for n in range(reviews)],
    )
    config = collection.decks.config_dict_for_deck_id(deck)
    config["rev"]["perDay"] = 9999
    collection.decks.update_config(config)
    collection.close()


def measure_anki(path: Path) -> dict[str, float]:
    """Do the same work with Anki's library."""
    from anki.collection import Collection

    times = {}
    started = time.perf_counter()
    collection = Collection(str(path))
    times["open"] = time.perf_counter() - started
    card = collection.sched.getCard()
    times["first due"] = time.perf_counter() - started
    started = time.perf_counter()
    collection.sched.answerCard(card, 3)
    times["answer"] = time.perf_counter() - started
    started = time.perf_counter()
    collection.sched.getCard()
    times["next"] = time.perf_counter() - started
    collection.close()
    times["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return times


def run(python: str, what: str, path: Path) -> dict[str, float]:
    """Measure once in a fresh process."""
    ended = subprocess.run([python, str(HERE), what, str(path)], check=True, capture_output=True, text=True)
    return dict(json.loads(ended.stdout))


def medians(runs: list[dict[str, float]], path: Path) -> dict[str, float]:
    """Return the medians of some runs, and the size of the file in megabytes."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]} | {
        "file, MB": path.stat().st_size / 1e6
    }


def main() -> None:
    """Fill, measure, print."""
    if len(sys.argv) == 3 and sys.argv[1] in ("measure", "measure_anki"):
        print(json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))))
        return
    if len(sys.argv) == 5 and sys.argv[1] == "fill_anki":
        fill_anki(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--anki", metavar="PYTHON", help="an interpreter that has anki installed")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "reviews.sqlite3"
        fill(path, wanted.questions, wanted.reviews)
        other = Path(directory) / "collection.anki2"
        if wanted.anki:
            size = [str(wanted.questions), str(wanted.reviews)]
            subprocess.run([wanted.anki, str(HERE), "fill_anki", str(other), *size], check=True)
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(run(sys.executable, "measure", path))
            theirs += [run(wanted.anki, "measure_anki", other)] if wanted.anki else []
        show(wanted.questions, medians(ours, path), medians(theirs, other) if theirs else {})


def show(questions: int, ours: dict[str, float], theirs: dict[str, float]) -> None:
    """Print the table."""
    print(LINE.format(f"{questions} questions", "ptquiz", "anki" if theirs else ""))
    for name, value in ours.items():
        unit = (lambda x: f"{x:.0f}") if name in ("megabytes", "file, MB") else (lambda x: f"{x * 1000:.1f} ms")
        print(LINE.format(name, unit(value), unit(theirs[name]) if theirs else ""))


if __name__ == "__main__":
    main()
