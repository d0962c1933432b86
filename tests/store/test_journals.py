"""What every journal promises, whether it is kept on disk or in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from ptquiz.domain.reviews import (
    Buried,
    Entry,
    Journal,
    Phase,
    QuestionState,
    Rating,
    Resumed,
    Suspended,
    Undone,
    is_due,
    overdue_among,
)
from ptquiz.errors import StoreError
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.replay import replay
from ptquiz.store.journal import SqliteJournal
from ptquiz.store.memory_journal import MemoryJournal
from tests.scheduling.logs import NOON, in_order, logs, rated

QUESTIONS = ("a", "b", "c")
few = settings(max_examples=12)


class MergingJournal(Journal, Protocol):
    def merge(self, entries: list[Entry]) -> int: ...


New = Callable[[], MergingJournal]


@pytest.fixture(params=["on disk", "in memory"], scope="module")
def new(request: pytest.FixtureRequest) -> Iterator[New]:
    """Make empty journals."""
    with ExitStack() as stack:

        def on_disk() -> SqliteJournal:
            directory = stack.enter_context(tempfile.TemporaryDirectory())
            return stack.enter_context(SqliteJournal(Path(directory) / "reviews.db", replay))

        yield on_disk if request.param == "on disk" else lambda: MemoryJournal(replay)


def test_an_empty_journal(new: New) -> None:
    journal = new()
    assert journal.state("q") == QuestionState(question="q")
    assert (journal.states(), journal.entries(), journal.entries("q"), journal.latest()) == ({}, (), (), None)


def test_every_kind_of_entry_comes_back_whole(new: New) -> None:
    journal = new()
    log: list[Entry] = [
        rated(
            "1", rating=Rating.HARD, answer="größer 大 \x00 \x1b[31m", misconceptions=("a", "b"), hints=2, seconds=1.5
        ),
        Suspended(id="2", question="q", at=NOON, utc_offset=-90),
        Resumed(id="3", question="q", at=NOON + timedelta(microseconds=1)),
        Buried(id="4", question="q", at=NOON + timedelta(days=1), until=date(2026, 3, 4)),
        Undone(id="5", question="q", at=NOON + timedelta(days=2), target="4"),
    ]
    for entry in log:
        journal.append(entry)
    assert journal.entries() == journal.entries("q") == tuple(log)


@few
@given(data=st.data())
def test_appending_gives_the_replayed_state_at_every_step(new: New, data: st.DataObject) -> None:
    journal = new()
    written: list[Entry] = []
    for entry in data.draw(logs(questions=QUESTIONS, max_size=8)):
        state = journal.append(entry)
        written.append(entry)
        expected = replay(entry.question, in_order([e for e in written if e.question == entry.question]))
        assert repr(state) == repr(journal.state(entry.question)) == repr(expected)
    assert journal.states() == {question: journal.state(question) for question in {e.question for e in written}}
    assert journal.entries() == tuple(in_order(written))


@few
@given(data=st.data())
def test_undo_gives_the_state_before_bit_for_bit(new: New, data: st.DataObject) -> None:
    journal = new()
    journal.merge(data.draw(logs(questions=QUESTIONS, max_size=8)))
    before, latest = journal.state("a"), journal.latest()
    at = max((entry.at for entry in journal.entries()), default=NOON)
    journal.append(rated("new", at, question="a"))
    undone = journal.append(Undone(id="undo", question="a", at=at, target="new"))
    assert repr(undone) == repr(before)
    assert journal.latest() == latest


@few
@given(data=st.data())
def test_the_order_of_writing_does_not_matter(new: New, data: st.DataObject) -> None:
    log = data.draw(logs(questions=QUESTIONS, max_size=8))
    one, other = new(), new()
    for entry in log:
        one.append(entry)
    for entry in data.draw(st.permutations(log)):
        other.append(entry)
    assert encode(in_order(list(one.entries()))) == encode(list(other.entries()))
    assert one.states() == other.states()


@few
@given(data=st.data())
def test_two_logs_merge_to_the_same_from_either_side(new: New, data: st.DataObject) -> None:
    log = data.draw(logs(questions=QUESTIONS, max_size=8))
    here = [entry for entry in log if data.draw(st.booleans())]
    there = [entry for entry in log if entry not in here or data.draw(st.booleans())]
    one, other = new(), new()
    for journal, first, second in ((one, here, there), (other, there, here)):
        assert journal.merge(first) == len(first)
        assert journal.merge(second) == len(log) - len(first)
        assert journal.merge(log) == 0
    assert one.entries() == other.entries() == tuple(in_order(log))
    assert one.states() == other.states()


def test_a_rating_that_is_undone_leaves_a_new_question(new: New) -> None:
    journal = new()
    journal.append(rated("1"))
    journal.append(Undone(id="2", question="q", at=NOON, target="1"))
    assert journal.states() == {"q": QuestionState(question="q")}


def test_what_is_undone_before_it_is_written_never_counts(new: New) -> None:
    journal = new()
    before = journal.append(rated("1"))
    journal.append(Undone(id="2", question="q", at=NOON, target="3"))
    assert journal.append(rated("3", NOON + timedelta(days=1))) == before


def test_undo_goes_back_step_by_step_and_not_in_circles(new: New) -> None:
    journal = new()
    for id in ("1", "2", "3"):
        journal.append(rated(id, question=f"q{id}"))
    taken_back = []
    while (latest := journal.latest()) is not None:
        taken_back.append(latest.id)
        journal.append(Undone(id=f"u{latest.id}", question=latest.question, at=NOON, target=latest.id))
    assert taken_back == ["3", "2", "1"]
    assert {state.phase for state in journal.states().values()} == {Phase.NEW}


def test_suspending_and_burying_can_be_undone_too(new: New) -> None:
    journal = new()
    suspended = Suspended(id="1", question="q", at=NOON)
    journal.append(suspended)
    assert journal.latest() == suspended


def test_the_latest_is_the_one_written_last_even_when_the_clock_went_back(new: New) -> None:
    journal = new()
    earlier, later = rated("1", NOON - timedelta(days=1)), rated("2", NOON)
    journal.append(later)
    journal.append(earlier)
    assert journal.latest() == earlier
    assert journal.entries() == (earlier, later)
    assert journal.state("q").reviewed == NOON


def test_entries_of_one_instant_are_ordered_by_id(new: New) -> None:
    journal = new()
    for id in ("b", "a", "c"):
        journal.append(rated(id))
    assert [entry.id for entry in journal.entries()] == ["a", "b", "c"]


def test_an_undoing_that_names_another_question_has_no_effect(new: New) -> None:
    journal = new()
    rating = rated("1")
    state = journal.append(rating)
    journal.append(Undone(id="2", question="other", at=NOON, target="1"))
    assert (journal.state("q"), journal.latest()) == (state, rating)


def test_an_id_is_written_once(new: New) -> None:
    journal = new()
    state = journal.append(rated("1"))
    with pytest.raises(StoreError) as caught:
        journal.append(rated("1", rating=Rating.AGAIN))
    assert caught.value.message == "the review log already has an entry 1"
    assert journal.states() == {"q": state}


def test_a_merge_with_a_contradiction_writes_nothing(new: New) -> None:
    journal = new()
    state = journal.append(rated("1", NOON + timedelta(days=1)))
    with pytest.raises(StoreError) as caught:
        journal.merge([rated("0"), rated("1", rating=Rating.AGAIN)])
    assert caught.value.message == "the logs disagree on the entry 1"
    assert (journal.states(), len(journal.entries())) == ({"q": state}, 1)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param(
            rated("1", datetime(2026, 3, 2, 12)),
            "entry 1: the instant 2026-03-02T12:00:00 is not in UTC",
            id="no zone",
        ),
        pytest.param(
            rated("1", NOON.astimezone(timezone(timedelta(hours=1)))),
            "entry 1: the instant 2026-03-02T13:00:00+01:00 is not in UTC",
            id="another zone",
        ),
        pytest.param(
            rated("1", answer="\udc80"),
            "entry 1 cannot be stored: it holds a lone surrogate or a number that is not finite",
            id="a lone surrogate",
        ),
        pytest.param(
            rated("1", seconds=float("nan")),
            "entry 1 cannot be stored: it holds a lone surrogate or a number that is not finite",
            id="not a number",
        ),
    ],
)
def test_an_entry_that_would_not_come_back_the_same_is_refused(new: New, entry: Entry, message: str) -> None:
    journal = new()
    for write in (lambda: journal.append(entry), lambda: journal.merge([entry])):
        with pytest.raises(ValueError) as caught:
            write()
        assert str(caught.value) == message
    assert journal.entries() == ()


def test_instants_keep_their_microseconds(new: New) -> None:
    journal = new()
    at = datetime(2026, 3, 2, 12, 0, 0, 123_457, tzinfo=UTC)
    journal.append(rated("1", at))
    assert journal.entries()[0].at == at


@few
@given(data=st.data())
def test_what_a_queue_is_made_of_is_what_all_the_states_say(new: New, data: st.DataObject) -> None:
    journal = new()
    journal.merge(data.draw(logs(questions=tuple("abcdef"), max_size=30)))
    day = data.draw(st.dates(date(2026, 2, 25), date(2026, 6, 1)))
    until = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    states = journal.states()
    overdue = journal.overdue(day=day)
    assert overdue == overdue_among(states.values(), day=day)
    pertinent = {
        q: s for q, s in states.items() if s.due is None or is_due(s, now=until, today=day) or s.reviewed_on == day
    }
    assert journal.pertinent(until=until, day=day) == pertinent
    rest = {q: s for q, s in pertinent.items() if q not in overdue or s.reviewed_on == day}
    assert journal.pertinent(until=until, day=day, reviews=False) == rest
    assert journal.scheduled() == {q for q, s in states.items() if s.due is not None}


def test_overdue_reviews_go_by_recall_then_by_due_time_then_by_id(new: New) -> None:
    journal = new()
    monday, tuesday = NOON, NOON + timedelta(days=1)
    ratings = {"hard": Rating.HARD, "easy": Rating.EASY, "b": Rating.GOOD, "a": Rating.GOOD}
    journal.merge([rated(question, monday, rating, question=question) for question, rating in ratings.items()])
    journal.merge([rated("late", tuesday, question="late"), rated("lost", monday, Rating.AGAIN, question="lost")])
    until = NOON + timedelta(days=60)
    overdue = journal.overdue(day=until.date())
    recalls = [
        Fsrs().retrievability(memory=state.memory, days=(until.date() - state.reviewed_on).days)
        for state in map(journal.state, overdue)
        if state.memory and state.reviewed_on
    ]
    assert recalls == sorted(recalls)
    assert overdue == ("hard", "a", "b", "late", "easy")
