"""The same work as `store.py` with Anki's own library, run by an interpreter that has it.

It imports nothing of ptquiz, which need not be there.
Usage: `PYTHON -m benchmarks.anki_side fill|measure PATH [CARDS REVIEWS]`.
"""

from __future__ import annotations

import json
import random
import sys
import time

from anki.collection import AddNoteRequest, Collection

from benchmarks.processes import memory


def fill(path: str, cards: int, reviews: int) -> None:
    """Write a collection with as many review cards and rows in its review log."""
    chance, each = random.Random(1), reviews // cards
    collection = Collection(path)
    kind = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    for begin in range(0, cards, 1000):
        requests = []
        for number in range(begin, min(begin + 1000, cards)):
            note = collection.new_note(kind)
            note["Front"], note["Back"] = f"question-{number:06}", "answer"
            requests.append(AddNoteRequest(note=note, deck_id=deck))
        collection.add_notes(requests)
    if reviews:
        _review(collection, chance, reviews, each)
    settings = collection.decks.config_dict_for_deck_id(deck)
    settings["rev"]["perDay"] = 9999
    collection.decks.update_config(settings)
    collection.close()


def _review(collection: Collection, chance: random.Random, reviews: int, each: int) -> None:
    """Make every card one that was reviewed, some of them being due."""
    today = collection.sched.today
    cards = [id_ for (id_,) in collection.db.execute("select id from cards")]
    rows = [(today if chance.random() < 0.02 else today + chance.randint(1, 300), 30, each, id_) for id_ in cards]
    collection.db.executemany(
        "update cards set type = 2, queue = 2, due = ?, ivl = ?, reps = ?, factor = 2500 where id = ?", rows
    )
    first = int(time.time() * 1000) - 10**10
    collection.db.executemany(
        "insert into revlog values (?, ?, -1, 3, 30, 10, 2500, 5000, 1)",
        [(first + n, cards[n % len(cards)]) for n in range(reviews)],
    )


def measure(path: str) -> dict[str, float]:
    """Open a collection, find the first due card, answer it, find the next; return seconds and megabytes."""
    times = {}
    started = time.perf_counter()
    collection = Collection(path)
    times["open"] = time.perf_counter() - started
    card = collection.sched.getCard()
    times["open, first due"] = time.perf_counter() - started
    started = time.perf_counter()
    collection.sched.answerCard(card, 3)
    times["answer, until it is on disk"] = time.perf_counter() - started
    started = time.perf_counter()
    collection.sched.getCard()
    times["next"] = time.perf_counter() - started
    used = memory()
    collection.close()
    return times | {"memory, resident": used.resident, "memory, share": used.share}


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        print(json.dumps(measure(sys.argv[2])))
