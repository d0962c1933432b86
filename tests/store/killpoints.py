"""What a process does to a review log while it is killed at one write after the other, and what must hold after it.

Run in a process of its own, without threads: `python -m tests.store.killpoints SCENARIO FOLDER` prints at how
many writes it was killed, or that this machine does not permit it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from ptquiz.domain.reviews import Entry, Rating, Suspended, Undone
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from ptquiz.scheduling.replay import replay, replayer
from ptquiz.store.backups import back_up, back_up_daily, restore
from ptquiz.store.copies import dated_backups, is_sound
from ptquiz.store.exchange import exported, read_export, read_log
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.planfile import SCHEMA, StoredPlan, read_plan, write_plan
from tests.scheduling.ratings import NOON, rated
from tests.store.killing import Act, NotPermittedError, lives
from tests.store.older_logs import of_schema

DAY = timedelta(days=1)
OURS = [rated(f"{n}", NOON + n * timedelta(minutes=1), list(Rating)[n % 4], question=f"q{n % 3}") for n in range(8)]
THEIRS = [rated(f"t{n}", NOON + n * DAY, question=f"q{n % 4}") for n in range(8)]
SESSION: list[Entry] = [
    rated("s1", NOON + DAY, question="q0"),
    rated("s2", NOON + DAY, Rating.AGAIN, question="q1", answer="x" * 5000),
    Undone(id="s3", question="q1", at=NOON + DAY, target="s2"),
    Suspended(id="s4", question="q2", at=NOON + DAY),
]
WEIGHTS = tuple(weight * 1.05 for weight in DEFAULT_WEIGHTS)

Prepare = Callable[[Path], Act]
Check = Callable[[Path, list[str]], None]


def open_log(folder: Path) -> SqliteJournal:
    return SqliteJournal(folder / "r.db", replay, replay_with=lambda weights: replayer(Fsrs(weights)))


def with_ours(folder: Path) -> None:
    with open_log(folder) as journal:
        journal.merge(OURS)


def ids(journal: SqliteJournal) -> set[str]:
    """Read the log, and see that its states follow from it."""
    assert journal.check() == (), "a state is not what the log says"
    return {entry.id for entry in journal.entries()}


def logged(folder: Path) -> set[str]:
    with open_log(folder) as journal:
        return ids(journal)


OUR_IDS, THEIR_IDS = {entry.id for entry in OURS}, {entry.id for entry in THEIRS}


def practise(folder: Path) -> Act:
    with_ours(folder)

    def act(promise: Callable[[str], None]) -> None:
        with open_log(folder) as journal:
            journal.prepare()
            journal.rehearse()
            for entry in SESSION:
                journal.append(entry)
                promise(entry.id)

    return act


def nothing_promised_is_lost(folder: Path, promised: list[str]) -> None:
    written = [entry.id for entry in SESSION if entry.id in logged(folder) - OUR_IDS]
    assert written == [entry.id for entry in SESSION][: len(written)]
    assert len(promised) <= len(written) <= len(promised) + 1
    with open_log(folder) as journal:
        journal.merge(SESSION)
        assert ids(journal) == OUR_IDS | {entry.id for entry in SESSION}


def begin(folder: Path) -> Act:
    """Rate for the first time: the file and its folder are made."""

    def act(promise: Callable[[str], None]) -> None:
        with SqliteJournal(folder / "new" / "r.db", replay) as journal:
            journal.append(OURS[0])
            promise(OURS[0].id)

    return act


def the_first_rating_is_there(folder: Path, promised: list[str]) -> None:
    with SqliteJournal(folder / "new" / "r.db", replay) as journal:
        assert ids(journal) >= set(promised)
        journal.merge(OURS)
        assert ids(journal) == OUR_IDS


def back_up_and_thin(folder: Path) -> Act:
    with_ours(folder)
    backups = folder / "backups"
    for days in (40, 39, 20):
        back_up(folder / "r.db", backups, now=NOON - days * DAY)

    def act(_: Callable[[str], None]) -> None:
        back_up_daily(folder / "r.db", backups, now=NOON)

    return act


def log_and_backups_are_whole(folder: Path, _: list[str]) -> None:
    assert logged(folder) == OUR_IDS
    found = dated_backups(folder / "backups")
    assert len(found) >= 2
    assert all(is_sound(path) and set(map(str, range(8))) == {e.id for e in read_log(path)} for path in found.values())


def migrate_from(number: int) -> Prepare:
    def prepare(folder: Path) -> Act:
        of_schema(number, folder / "r.db", list(OURS))

        def act(_: Callable[[str], None]) -> None:
            with open_log(folder) as journal:
                journal.states()

        return act

    return prepare


def every_review_is_there(folder: Path, _: list[str]) -> None:
    assert logged(folder) == OUR_IDS


def join(read: Callable[[Path], object]) -> Prepare:
    """Merge or import as the program does it: a backup, then the union."""

    def prepare(folder: Path) -> Act:
        with_ours(folder)
        with SqliteJournal(folder / "other.db", replay) as other:
            other.merge(THEIRS)
        (folder / "other.jsonl").write_text("".join(f"{line}\n" for line in exported(THEIRS)), "utf-8")

        def act(promise: Callable[[str], None]) -> None:
            entries = read(folder)
            with open_log(folder) as journal:
                back_up(journal.path, journal.backups, now=NOON)
                assert isinstance(entries, list | tuple)
                journal.merge(entries)
            promise("joined")

        return act

    return prepare


def joined_or_not_at_all(folder: Path, promised: list[str]) -> None:
    assert logged(folder) in ((OUR_IDS | THEIR_IDS,) if promised else (OUR_IDS, OUR_IDS | THEIR_IDS))
    with SqliteJournal(folder / "other.db", replay) as other:
        assert ids(other) == THEIR_IDS


def put_back(folder: Path) -> Act:
    with_ours(folder)
    backups = folder / "backups"
    backup = back_up(folder / "r.db", backups, now=NOON - DAY)
    assert backup is not None
    with open_log(folder) as journal:
        journal.merge(THEIRS)

    def act(promise: Callable[[str], None]) -> None:
        restore(backup, folder / "r.db", backups, now=NOON)
        promise("restored")

    return act


def the_old_or_the_restored_log(folder: Path, promised: list[str]) -> None:
    both = OUR_IDS | THEIR_IDS
    found = logged(folder)
    assert found in ((OUR_IDS,) if promised else (OUR_IDS, both))
    kept = [path for path in dated_backups(folder / "backups").values() if {e.id for e in read_log(path)} == both]
    assert found == both or kept, "the log that was replaced is gone"


def put_back_over_damage(folder: Path) -> Act:
    with_ours(folder)
    log, backups = folder / "r.db", folder / "backups"
    backup = back_up(log, backups, now=NOON - DAY)
    assert backup is not None
    log.write_bytes(log.read_bytes()[:8192] + b"\xff" * 20_000)

    def act(promise: Callable[[str], None]) -> None:
        restore(backup, log, backups, now=NOON)
        promise("restored")

    return act


def the_damaged_or_the_restored_log(folder: Path, promised: list[str]) -> None:
    damaged = [path for path in folder.glob("r.db*") if path.stat().st_size and b"\xff" * 20_000 in path.read_bytes()]
    assert damaged, "the damaged log is gone"
    if promised or folder / "r.db" not in damaged:
        assert logged(folder) == OUR_IDS
    assert [is_sound(path) for path in dated_backups(folder / "backups").values()] == [True]


def adopt(folder: Path) -> Act:
    with_ours(folder)

    def act(promise: Callable[[str], None]) -> None:
        with open_log(folder) as journal:
            journal.adopt(WEIGHTS, at=NOON)
            promise("adopted")
            journal.rebuild()

    return act


def states_and_weights_agree(folder: Path, promised: list[str]) -> None:
    assert logged(folder) == OUR_IDS
    with open_log(folder) as journal:
        assert journal.weights() in (((WEIGHTS,),) if promised else ((), (WEIGHTS,)))


OLD, NEW = (
    StoredPlan(schema=SCHEMA, made=NOON.date(), interview=(NOON + days * DAY).date(), minutes=20) for days in (5, 9)
)


def plan(folder: Path) -> Act:
    write_plan(folder / "plan.json", OLD)

    def act(promise: Callable[[str], None]) -> None:
        write_plan(folder / "plan.json", NEW)
        promise("planned")

    return act


def the_old_or_the_new_plan(folder: Path, promised: list[str]) -> None:
    assert read_plan(folder / "plan.json") in ((NEW,) if promised else (OLD, NEW))


SCENARIOS: dict[str, tuple[Prepare, Check]] = {
    "the first rating": (begin, the_first_rating_is_there),
    "rating, undo, suspend": (practise, nothing_promised_is_lost),
    "backup": (back_up_and_thin, log_and_backups_are_whole),
    "migration from schema 1": (migrate_from(1), every_review_is_there),
    "migration from schema 2": (migrate_from(2), every_review_is_there),
    "migration from schema 3": (migrate_from(3), every_review_is_there),
    "merge": (join(lambda folder: read_log(folder / "other.db")), joined_or_not_at_all),
    "import": (join(lambda folder: read_export(folder / "other.jsonl")), joined_or_not_at_all),
    "restore": (put_back, the_old_or_the_restored_log),
    "restore over a damaged log": (put_back_over_damage, the_damaged_or_the_restored_log),
    "other weights, rebuild": (adopt, states_and_weights_agree),
    "plan": (plan, the_old_or_the_new_plan),
}


def main(scenario: str, folder: Path) -> int:
    """Let a scenario be killed at every write; return how many there are."""
    prepare, check = SCENARIOS[scenario]

    folder.mkdir(parents=True)
    act, template = prepare(folder), folder.with_name("template")
    shutil.copytree(folder, template)

    def anew() -> Act:
        shutil.rmtree(folder)
        shutil.copytree(template, folder)
        return act

    count = -1
    for promised in lives(anew):
        check(folder, promised)
        count += 1
    return count


if __name__ == "__main__":
    try:
        print(main(sys.argv[1], Path(sys.argv[2])))  # noqa: T201 - this is how the parent learns of it
    except NotPermittedError as error:
        print(error)  # noqa: T201
