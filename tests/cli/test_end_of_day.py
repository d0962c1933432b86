"""When a day is done: siblings wait, limits hold, and what can be done next is said; and backups are looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import TUESDAY, ptquiz

RATE = ("", "3", "")
CARDS = {"root": ("next", "other"), "next": ("deep",), "other": (), "deep": (), "alone": ()}


@pytest.fixture
def deck(tmp_path: Path) -> str:
    """Use a deck of flashcards of which some follow from others."""
    cards = "".join(
        f"  - {{id: {id}, kind: flashcard, level: answer, ask: Card {id}?, answer: Yes., explain: Yes., "
        f"follows: [{', '.join(follows)}]}}\n"
        for id, follows in CARDS.items()
    )
    path = tmp_path / "cards.yaml"
    path.write_text(f"format: 1\ndeck: cards\ntitle: Cards\nquestions:\n{cards}", "utf-8")
    assert ptquiz("deck", "add", str(path), "--trust").returncode == ExitCode.DONE
    return str(path)


def practise(deck: str, *keys: str, now: str = "2026-11-23T09:00:00+00:00", options: tuple[str, ...] = ()) -> str:
    ended = ptquiz("practice", "-d", deck, "--plain", *options, keys=keys, PTQUIZ_NOW=now)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    return ended.stdout


def log() -> list[str]:
    entries = [json.loads(line) for line in ptquiz("state", "export").stdout.splitlines()[1:]]
    return [entry["question"] for entry in entries if entry["entry"] == "rated"]


def test_a_question_and_its_follow_ups_are_asked_on_different_days(deck: str) -> None:
    assert "0 due, 3 new" in practise(deck, *RATE * 3)
    assert sorted(log()) == ["alone", "deep", "root"]
    assert "Nothing is due" in practise(deck)
    assert "0 due, 1 new" in practise(deck, *RATE, now=TUESDAY, options=("--reviews", "0"))
    assert "0 due, 1 new" in practise(deck, *RATE, now="2026-11-25T09:00:00+00:00", options=("--reviews", "0"))
    assert log()[3:] == ["next", "other"]


def test_what_was_undone_gives_nothing_away(deck: str) -> None:
    practise(deck, *RATE, "q", options=("--new", "1"))
    assert log() == ["root"]
    practise(deck, "u", "q")
    assert "0 due, 3 new" in practise(deck, "q")


def test_the_cram_asks_siblings_all_the_same(deck: str) -> None:
    assert "5 new" in practise(deck, "q", options=("--cram",))


def test_due_leaves_out_what_waits_as_practice_does(deck: str) -> None:
    later = "2027-01-20T09:00:00+00:00"
    practise(deck, *RATE * 3)
    practise(deck, *RATE * 5, now=TUESDAY)
    practise(deck, *RATE, "q", now=later, options=("--new", "0"))
    listed = json.loads(ptquiz("due", "-t", "cards", "--json", PTQUIZ_NOW=later).stdout)["due"]
    just_seen = log()[-1]
    related = {just_seen, *CARDS[just_seen], *(id for id, follows in CARDS.items() if just_seen in follows)}
    assert listed
    assert related.isdisjoint(item["question"] for item in listed)


def test_a_day_without_anything_due_says_when_the_next_comes_and_what_can_be_done(deck: str) -> None:
    practise(deck, *RATE * 3)
    shown = practise(deck).splitlines()
    assert shown[0].startswith("Nothing is due. Next: ")
    assert shown[1] == "2 new questions wait for another day: they follow from those of today."
    commands = [line.split("  ")[1].strip() for line in shown[2:]]
    assert commands == ["ptquiz practice --ahead 3", "ptquiz explain"], "a higher limit would bring nothing"
    assert "due, 0 new" in practise(deck, "q", options=("--ahead", "30"))


def test_a_day_whose_limit_is_reached_says_how_much_waits(deck: str) -> None:
    practise(deck, *RATE * 3)
    later = "2027-01-20T09:00:00+00:00"
    options = ("--new", "0", "--reviews", "1")
    practise(deck, *RATE, now=later, options=options)
    shown = practise(deck, now=later, options=options)
    assert shown.startswith("Done for today. 2 questions wait until tomorrow: ")
    assert "ptquiz practice --reviews" in shown


def test_state_check_looks_at_the_backups(deck: str, home: Path) -> None:
    practise(deck, *RATE)
    for backup in (home / "data" / "backups").glob("*.db"):
        backup.unlink()
    assert ptquiz("state", "check").stdout.splitlines()[1:] == ["there is no backup yet: ptquiz state backup"]
    ptquiz("state", "backup")
    (backup,) = (home / "data" / "backups").glob("*.db")
    assert ptquiz("state", "check").stdout.splitlines()[1:] == [
        "1 backup, each opens and is whole",
        f"  Mon 23 Nov 2026 09:00:00  1 entry  {backup}",
    ]
    backup.write_bytes(backup.read_bytes()[:5000])
    ended = ptquiz("state", "check")
    assert ended.returncode == ExitCode.FAILED
    assert f"the backup {backup} is damaged or was written by a newer ptquiz\n" in ended.stdout


def test_a_restore_says_how_to_go_back_and_how_to_go_further(deck: str, home: Path) -> None:
    practise(deck, *RATE)
    folder = home / "data" / "backups"
    for backup in folder.glob("*.db"):
        backup.unlink()
    ptquiz("state", "backup")
    (first,) = folder.glob("*.db")
    ended = ptquiz("state", "restore", PTQUIZ_NOW=TUESDAY)
    (kept,) = set(folder.glob("*.db")) - {first}
    assert ended.stdout.splitlines() == [
        f"restored {first}",
        f"the log that was there is kept: {kept}",
        f"  back to it: ptquiz state restore {kept}",
        "  the other backups: ptquiz state check lists them, ptquiz state restore FILE",
    ]
    listed = ptquiz("state", "check").stdout.splitlines()[2:]
    assert [line.split("  ")[-1] for line in listed] == [str(kept), str(first)]


def test_the_doctor_says_what_to_do_about_a_damaged_log(deck: str, home: Path) -> None:
    practise(deck, *RATE)
    ptquiz("state", "backup")
    log = home / "data" / "reviews.sqlite3"
    log.write_bytes(b"nothing that SQLite knows" * 400)
    ended = ptquiz("doctor")
    assert ended.stdout.count(str(log)) == 1
    assert f"{log} is not a review log of ptquiz\n" in ended.stdout
    assert "to go back to it: ptquiz state restore " in ended.stdout
