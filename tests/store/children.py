"""Processes that write to a review log, for tests that kill, race and starve them."""

from __future__ import annotations

import resource
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ptquiz.domain.reviews import Entry, Rated, Rating, Undone
from ptquiz.errors import StoreError
from ptquiz.scheduling.replay import replay
from ptquiz.store.journal import SqliteJournal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry(prefix: str, number: int, *, answer: str = "") -> Entry:
    """Make the entry of a number: ratings of three questions, and an undoing now and then."""
    id, question, at = f"{prefix}-{number}", f"q{number % 3}", NOON + timedelta(minutes=number)
    if number % 7 == 6:
        return Undone(id=id, question=question, at=at, target=f"{prefix}-{number - 3}")
    rating = list(Rating)[number % 4]
    return Rated(id=id, question=question, at=at, rating=rating, retention=0.9, answer=answer)


def append(path: Path, prefix: str, count: int) -> None:
    """Append entries and print the id of each as soon as it is said to be on disk."""
    with SqliteJournal(path, replay) as journal:
        for number in range(count):
            persist(journal, entry(prefix, number))
            print(f"{prefix}-{number}", flush=True)  # noqa: T201 - this is how the parent learns of it


def persist(journal: SqliteJournal, entry: Entry) -> None:
    """Append an entry, again and again while another process is writing."""
    while True:
        try:
            journal.append(entry)
        except StoreError as error:
            if "busy" not in error.message:
                raise
        else:
            return


def fill(path: Path, prefix: str, limit: int) -> None:
    """Append long entries until the disk, or the limit in bytes on the size of files, says no; print what it said."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    with SqliteJournal(path, replay) as journal:
        number = 0
        try:
            while True:
                journal.append(entry(prefix, number, answer="x" * 2000))
                number += 1
        except StoreError as error:
            print(error.message, *error.details, sep="\n")  # noqa: T201
        same = len(journal.entries()) == number > 0 and journal.check() == ()
        print("nothing lost" if same else "lost")  # noqa: T201


if __name__ == "__main__":
    {"append": append, "fill": fill}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
