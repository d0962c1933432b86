"""A renamed question goes on where the old one stood, and the log stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptquiz.banks.collection import Collection
from ptquiz.commands.recorder import Recorder
from ptquiz.commands.renames import RenamedJournal
from ptquiz.domain.reviews import Entry, Rated, Rating, Suspended
from ptquiz.scheduling.replay import replay
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.memory_journal import MemoryJournal
from tests.domain.decks import deck, read
from tests.scheduling.logs import NOON, in_order, logs, rated

NAMES = {"a": "new", "b": "new"}


def journal_with(log: list[Entry], names: Mapping[str, str] = NAMES) -> tuple[MemoryJournal, RenamedJournal]:
    below = MemoryJournal(replay)
    for entry in log:
        below.append(entry)
    return below, RenamedJournal(below, names, lambda: replay)


def called(log: list[Entry]) -> list[Entry]:
    """Write the old ids of a log as the new one, as if nothing had ever been renamed."""
    from msgspec.structs import replace

    return [replace(entry, question=NAMES.get(entry.question, entry.question)) for entry in log]


@settings(deadline=None)
@given(log=logs(questions=("a", "b", "new", "other")), day=st.integers(-1, 400))
def test_it_is_as_if_the_question_had_always_had_its_new_id(log: list[Entry], day: int) -> None:
    _, renamed = journal_with(log)
    always = MemoryJournal(replay)
    always.merge(called(log))
    at = NOON + timedelta(days=day)
    assert renamed.entries() == always.entries()
    assert renamed.entries("new") == always.entries("new")
    assert renamed.states() == always.states()
    assert renamed.state("new") == always.state("new")
    assert renamed.pertinent(until=at, day=at.date()) == always.pertinent(until=at, day=at.date())
    part = renamed.pertinent(until=at, day=at.date(), reviews=False)
    assert part == always.pertinent(until=at, day=at.date(), reviews=False)
    assert renamed.overdue(day=at.date()) == always.overdue(day=at.date())
    assert renamed.scheduled() == always.scheduled()
    assert renamed.first_due(at) == always.first_due(at)
    assert [entry.id for entry in renamed.newest(3)] == [entry.id for entry in reversed(log)][:3]


def test_a_review_after_the_renaming_continues_the_history_before_it() -> None:
    below, renamed = journal_with([rated("1", question="a")])
    state = renamed.append(rated("2", NOON + timedelta(days=9), question="new"))
    assert (state.repetitions, state.introduced_on) == (2, date(2026, 3, 2))
    assert state == renamed.state("new")
    assert [entry.question for entry in below.entries()] == ["a", "new"]


def test_a_review_from_before_the_renaming_can_be_undone_once() -> None:
    below, renamed = journal_with([rated("1", question="a"), rated("2", NOON + timedelta(days=1), question="a")])
    originals = {"new": read(deck("flashcard")).questions[0]}
    recorder = Recorder(renamed, lambda: NOON + timedelta(days=2), iter("xyz").__next__, originals)
    taken = [recorder.take_back() for _ in range(3)]
    assert [(entry.id, entry.question) if entry else None for entry in taken] == [("2", "new"), ("1", "new"), None]
    assert renamed.state("new").repetitions == 0
    assert below.state("a").repetitions == 0


def test_what_was_suspended_under_the_old_id_stays_suspended() -> None:
    _, renamed = journal_with([rated("1", question="a"), Suspended(id="2", question="a", at=NOON)])
    assert renamed.state("new").suspended


def test_the_stored_states_are_still_what_the_log_says(tmp_path: Path) -> None:
    with SqliteJournal(tmp_path / "reviews.sqlite3", replay) as below:
        below.append(rated("1", question="a"))
        renamed = RenamedJournal(below, NAMES, lambda: replay)
        renamed.append(rated("2", NOON + timedelta(days=3), Rating.HARD, question="new"))
        assert below.check() == ()
        assert renamed.state("new").repetitions == 2


@pytest.mark.parametrize("aliases", ["[s-old, s-older]", "[s-older, s-old]"])
def test_several_old_ids_make_one_history_in_the_order_of_time(aliases: str) -> None:
    collection = Collection((read(deck("flashcard").replace("    ask:", f"    aliases: {aliases}\n    ask:")),))
    log: list[Entry] = [
        rated("1", question="s-older"),
        rated("2", NOON + timedelta(days=1), question="s-old"),
        rated("3", NOON + timedelta(days=5), question="s-flashcard"),
    ]
    _, renamed = journal_with(log, collection.renamed)
    told = renamed.entries("s-flashcard")
    assert [entry.id for entry in told] == [entry.id for entry in in_order(log)]
    assert all(isinstance(entry, Rated) for entry in told)
    assert renamed.state("s-flashcard").repetitions == 3
