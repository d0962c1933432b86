"""The outlook promises exactly what a rating then does."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ptquiz.domain.reviews import Entry, Phase, QuestionState, Rated, Rating
from ptquiz.scheduling.outlook import Next, outlook
from ptquiz.scheduling.replay import replay
from tests.scheduling.logs import NOON, in_order, logs, offsets, retentions


def test_a_new_question() -> None:
    rows = outlook(QuestionState(question="q"), now=NOON, utc_offset=0, retention=0.9)
    due = [
        (rating.name, str(after.phase), f"{after.due:%m-%d %H:%M}", after.interval) for rating, after in rows.items()
    ]
    assert due == [
        ("AGAIN", "learning", "03-02 12:10", 0.0),
        ("HARD", "review", "03-03 04:00", 1.0),
        ("GOOD", "review", "03-04 04:00", 2.0),
        ("EASY", "review", "03-11 04:00", 9.0),
    ]


@given(logs(), st.integers(0, 500 * 86_400), offsets, retentions, st.none() | st.integers(1, 9))
def test_the_outlook_equals_the_replay(
    log: list[Entry], seconds: int, utc_offset: int, retention: float, back_in: int | None
) -> None:
    log = in_order(log)
    now = max((entry.at for entry in log), default=NOON) + timedelta(seconds=seconds)
    back_by = None if back_in is None else now.date() + timedelta(days=back_in)
    promised = outlook(replay("q", log), now=now, utc_offset=utc_offset, retention=retention, back_by=back_by)
    rated = Rated(
        id="z", question="q", at=now, utc_offset=utc_offset, rating=Rating.GOOD, retention=retention, back_by=back_by
    )
    for rating in Rating:
        state = replay("q", [*log, replace(rated, rating=rating)])
        assert state.due is not None
        assert promised[rating] == Next(phase=state.phase, due=state.due, interval=state.interval)


@given(logs(), st.integers(0, 5000), retentions)
def test_a_better_rating_is_never_asked_sooner(log: list[Entry], days: int, retention: float) -> None:
    log = in_order(log)
    state = replay("q", log)
    now = max((entry.at for entry in log), default=NOON) + timedelta(days=days)
    promised = outlook(state, now=now, utc_offset=0, retention=retention)
    again, hard, good, easy = (promised[rating].interval for rating in Rating)
    longest = 36_500
    assert again == 0
    assert 1 <= hard <= good <= easy <= longest
    assert good < easy or easy == longest
    if state.phase is Phase.REVIEW:
        assert hard < good or good == longest
