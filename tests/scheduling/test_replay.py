"""The replay: the same log always gives the same state, and an undone entry has never been."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import decode, encode
from msgspec.structs import replace

from ptquiz.domain.reviews import (
    Buried,
    Entry,
    Phase,
    QuestionState,
    Rated,
    Rating,
    Resumed,
    Starred,
    Suspended,
    Undone,
    Unstarred,
)
from ptquiz.scheduling.days import day_begins, study_day
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from ptquiz.scheduling.replay import replay, replayer
from tests.scheduling.logs import NOON, in_order, logs, rated

AGAIN, HARD, GOOD, EASY = Rating


def later(days: float) -> datetime:
    return NOON + timedelta(days=days)


def test_a_history_day_by_day() -> None:
    history = [
        rated("1", NOON, AGAIN),
        rated("2", NOON + timedelta(minutes=10), GOOD),
        rated("3", later(1), GOOD),
        rated("4", later(5), HARD),
        rated("5", later(12), AGAIN),
        rated("6", later(12.01), AGAIN),
        rated("7", later(12.02), GOOD),
        rated("8", later(14), EASY),
    ]
    rows = []
    for length in range(1, len(history) + 1):
        state = replay("q", history[:length])
        assert state.due is not None
        rows.append(
            (str(state.phase), f"{state.due:%m-%d %H:%M}", int(state.interval), state.repetitions, state.lapses)
        )
    assert rows == HISTORY


HISTORY = [
    ("learning", "03-02 12:10", 0, 1, 0),
    ("review", "03-03 04:00", 1, 2, 0),
    ("review", "03-05 04:00", 2, 3, 0),
    ("review", "03-12 04:00", 5, 4, 0),
    ("relearning", "03-14 12:10", 0, 5, 1),
    ("relearning", "03-14 12:24", 0, 6, 1),
    ("review", "03-15 04:00", 1, 7, 1),
    ("review", "03-19 04:00", 3, 8, 1),
]


def test_an_empty_log_gives_a_new_question() -> None:
    assert replay("q", []) == QuestionState(question="q")


def test_a_rating_fills_every_field() -> None:
    at = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    state = replay("q", [rated("1", at, EASY, utc_offset=60, wording="w", meaning="m")])
    assert state.memory is not None
    assert (state.phase, state.repetitions, state.lapses) == (Phase.REVIEW, 1, 0)
    assert (state.reviewed, state.reviewed_on, state.introduced_on) == (at, date(2026, 3, 1), date(2026, 3, 1))
    assert (state.wording, state.meaning) == ("w", "m")
    assert state.due == datetime(2026, 3, 1, 3, tzinfo=UTC) + timedelta(days=state.interval)


@pytest.mark.parametrize(
    ("ratings", "phase", "lapses"),
    [
        pytest.param([AGAIN], Phase.LEARNING, 0, id="a new question cannot lapse"),
        pytest.param([AGAIN, AGAIN], Phase.LEARNING, 0, id="nor one that is being learned"),
        pytest.param([AGAIN, HARD], Phase.REVIEW, 0, id="learned"),
        pytest.param([GOOD, AGAIN], Phase.RELEARNING, 1, id="a lapse"),
        pytest.param([GOOD, AGAIN, AGAIN], Phase.RELEARNING, 1, id="still the same lapse"),
        pytest.param([GOOD, AGAIN, GOOD], Phase.REVIEW, 1, id="relearned"),
        pytest.param([GOOD, AGAIN, GOOD, AGAIN], Phase.RELEARNING, 2, id="the second lapse"),
    ],
)
def test_phases_and_lapses(ratings: list[Rating], phase: Phase, lapses: int) -> None:
    state = replay("q", [rated(str(n), later(n), rating) for n, rating in enumerate(ratings)])
    assert (state.phase, state.lapses) == (phase, lapses)


def test_a_forgotten_question_returns_in_ten_minutes() -> None:
    state = replay("q", [rated("1", NOON, GOOD), rated("2", later(3), AGAIN)])
    assert (state.due, state.interval) == (later(3) + timedelta(minutes=10), 0.0)


def test_only_study_days_count_and_not_hours() -> None:
    """Ten in the evening to seven in the morning is one day; so is five in the morning to midnight of the next day."""
    evening, morning = datetime(2026, 3, 2, 22, tzinfo=UTC), datetime(2026, 3, 3, 7, tzinfo=UTC)
    dawn, midnight = datetime(2026, 3, 2, 5, tzinfo=UTC), datetime(2026, 3, 4, 0, tzinfo=UTC)
    short = replay("q", [rated("1", evening), rated("2", morning)])
    long = replay("q", [rated("1", dawn), rated("2", midnight)])
    assert short.memory == long.memory
    assert short.interval == long.interval


def test_the_offset_of_each_entry_decides_on_its_study_day() -> None:
    """Noon and eight in the evening UTC are one day in London, but two days in China."""
    times = [NOON, NOON + timedelta(hours=8)]
    london = replay("q", [rated(str(n), at, utc_offset=0) for n, at in enumerate(times)])
    china = replay("q", [rated(str(n), at, utc_offset=480) for n, at in enumerate(times)])
    tomorrow = replay("q", [rated("0", NOON), rated("1", later(1))])
    assert china.memory == tomorrow.memory != london.memory


def test_a_journey_that_takes_a_day_back_counts_as_the_same_day() -> None:
    auckland = rated("1", NOON - timedelta(hours=12), utc_offset=720)
    honolulu = rated("2", NOON - timedelta(hours=3), utc_offset=-600)
    at_home = [rated("1", NOON), rated("2", NOON)]
    assert replay("q", [auckland, honolulu]).memory == replay("q", at_home).memory


def test_suspending_burying_and_resuming() -> None:
    log: list[Entry] = [
        rated("1"),
        Suspended(id="2", question="q", at=NOON),
        Buried(id="3", question="q", at=NOON, until=date(2026, 3, 9)),
    ]
    held = replay("q", log)
    assert (held.suspended, held.buried_until) == (True, date(2026, 3, 9))
    assert replay("q", [*log, Resumed(id="4", question="q", at=NOON)]) == replay("q", log[:1])


def test_other_weights_give_other_states() -> None:
    slow = replayer(Fsrs((1.0, *DEFAULT_WEIGHTS[1:])))
    log = [rated("1", NOON, AGAIN)]
    assert slow("q", log).memory != replay("q", log).memory


@given(logs())
def test_undoing_the_last_entry_gives_the_state_before_bit_for_bit(log: list[Entry]) -> None:
    log = in_order(log)
    before = replay("q", log)
    at = max((entry.at for entry in log), default=NOON)
    rating = rated("z1", at)
    undone = replay("q", [*log, rating, Undone(id="z2", question="q", at=at, target="z1")])
    assert encode(undone) == encode(before)


@given(logs(), st.data())
def test_an_undone_entry_has_never_been_wherever_it_stood(log: list[Entry], data: st.DataObject) -> None:
    log = in_order(log)
    others = [entry.id for entry in log if not isinstance(entry, Undone)]
    target = data.draw(st.sampled_from([*others, "unknown"]))
    undoing = Undone(id="z", question="q", at=NOON, target=target)
    place = data.draw(st.integers(0, len(log)))
    without: list[Entry] = [entry for entry in log if entry.id != target]
    log.insert(place, undoing)
    assert replay("q", log) == replay("q", without)


def test_an_undoing_cannot_be_undone() -> None:
    log: list[Entry] = [
        rated("1"),
        Undone(id="2", question="q", at=NOON, target="1"),
        Undone(id="3", question="q", at=NOON, target="2"),
    ]
    assert replay("q", log) == QuestionState(question="q")


@given(logs())
def test_the_same_log_gives_the_same_bits_also_after_storage(log: list[Entry]) -> None:
    log = in_order(log)
    stored = [decode(encode(entry), type=Entry) for entry in log]
    assert encode(replay("q", stored)) == encode(replay("q", log))


@given(logs())
def test_every_state_makes_sense(log: list[Entry]) -> None:
    log = in_order(log)
    state = replay("q", log)
    undone = {entry.target for entry in log if isinstance(entry, Undone)}
    ratings = [entry for entry in log if isinstance(entry, Rated) and not entry.cram and entry.id not in undone]
    assert state.repetitions == len(ratings)
    assert (state.phase is Phase.NEW) == (not ratings)
    if not ratings:
        assert state.memory is None
        assert (state.due, state.reviewed) == (None, None)
        return
    last = ratings[-1]
    today = study_day(last.at, utc_offset=last.utc_offset)
    assert (state.reviewed, state.reviewed_on, state.wording) == (last.at, today, last.wording)
    if state.phase is Phase.REVIEW:
        assert 1 <= state.interval <= 36_500
        assert state.due == day_begins(today + timedelta(days=state.interval), utc_offset=last.utc_offset)
    else:
        assert (state.interval, state.due) == (0.0, last.at + timedelta(minutes=10))


@given(logs())
def test_cramming_moves_nothing(log: list[Entry]) -> None:
    log = in_order(log)
    crammed = [replace(entry, cram=True) if isinstance(entry, Rated) else entry for entry in log]
    without = [entry for entry in log if not isinstance(entry, Rated)]
    assert replay("q", crammed) == replay("q", without)


@pytest.mark.parametrize(
    ("back_by", "interval"),
    [
        pytest.param(date(2026, 3, 31), 16, id="later than it would be"),
        pytest.param(date(2026, 3, 12), 5, id="before it would be"),
        pytest.param(date(2026, 3, 7), 1, id="today: never the same day"),
        pytest.param(date(2026, 2, 1), 1, id="past"),
    ],
)
def test_a_last_look_shortens_the_interval_and_leaves_the_memory(back_by: date, interval: int) -> None:
    history = [rated("1", NOON, GOOD), rated("2", later(5), GOOD)]
    free = replay("q", history)
    state = replay("q", [history[0], replace(history[1], back_by=back_by)])
    assert (free.interval, state.interval, state.memory) == (16, interval, free.memory)
    assert state.due == day_begins(date(2026, 3, 7) + timedelta(days=interval), utc_offset=0)


def test_a_rating_that_was_undone_counts_for_nothing_and_the_others_count() -> None:
    kept = rated("1")
    log: list[Entry] = [kept, rated("2", NOON + timedelta(days=3)), Undone(id="3", question="q", at=NOON, target="2")]
    assert replay("q", log) == replay("q", [kept])
    assert replay("q", log).repetitions == 1


def test_a_star_is_given_and_taken() -> None:
    star = Starred(id="1", question="q", at=NOON)
    assert replay("q", [star]).starred is True
    assert replay("q", [star, Unstarred(id="2", question="q", at=NOON + timedelta(days=1))]).starred is False


def test_a_replay_goes_on_from_the_state_that_older_entries_lead_to() -> None:
    log = [rated(str(n), NOON + timedelta(days=n * n)) for n in range(4)]
    assert replay("q", log[2:], replay("q", log[:2])) == replay("q", log)
