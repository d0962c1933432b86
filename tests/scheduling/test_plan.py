"""The plan for an interview asks what helps most on the day, and says what will not fit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ptquiz.domain.reviews import Phase, QuestionState, Rating
from ptquiz.scheduling.plan import Plan, Task, gain, last_look, new_today, recall_on
from ptquiz.scheduling.projection import minutes_needed, project
from ptquiz.scheduling.replay import replay
from tests.scheduling.logs import NOON, rated
from tests.scheduling.tasks import FSRS, MONDAY, PLAN, ask, task
from tests.scripts import load_script


def test_the_gain_is_what_the_replay_says_it_is() -> None:
    asked = task("q", 9, 5)
    assert asked.state is not None
    right = FSRS.retrievability(memory=asked.state.memory, days=5)  # type: ignore[arg-type]
    history = [rated("1", NOON - timedelta(days=9)), rated("2", NOON - timedelta(days=5))]
    known = replay("q", [*history, rated("3", NOON)])
    missed = replay("q", [*history, rated("3", NOON, Rating.AGAIN), rated("4", NOON + timedelta(minutes=1))])
    on_the_day = [recall_on(state, PLAN.interview, fsrs=FSRS) for state in (known, missed, asked.state)]
    expected = right * on_the_day[0] + (1 - right) * on_the_day[1] - on_the_day[2]
    assert gain(asked, PLAN, today=MONDAY, fsrs=FSRS).recall == pytest.approx(expected, abs=1e-9)


def test_the_highest_gain_for_the_time_comes_first() -> None:
    assert ask(task("sure", 12, 6), task("weak", 9), task("slow", 9, seconds=300)) == ("weak", "sure", "slow")


def test_the_time_of_the_day_limits_what_is_asked() -> None:
    many = [task(f"q{n}", 9) for n in range(100)]
    half_spent = len(ask(*many, spent=900))
    assert len(ask(*many)) == pytest.approx(2 * half_spent, abs=1)
    assert ask(*many, spent=1800) == ()


def test_what_was_missed_comes_back_first_even_when_the_time_is_up() -> None:
    missed = task("missed", 0, rating=Rating.AGAIN, due=NOON)
    assert ask(task("other", 9), missed) == ("missed", "other")
    assert ask(task("other", 9), missed, spent=9999) == ("missed",)


def test_what_was_seen_today_is_suspended_or_buried_is_left_out() -> None:
    assert (
        ask(
            task("today", 0),
            task("suspended", 9, suspended=True),
            task("buried", 9, buried_until=MONDAY + timedelta(1)),
        )
        == ()
    )
    assert ask(task("unburied", 9, buried_until=MONDAY)) == ("unburied",)


def test_what_gains_next_to_nothing_is_left_out() -> None:
    assert ask(task("known for years", 900, 800, 500, 1)) == ()


@pytest.mark.parametrize(
    ("unseen", "introduced", "today", "expected"),
    [
        pytest.param(100, 0, MONDAY, 10, id="spread over the first half"),
        pytest.param(95, 5, MONDAY, 5, id="some introduced today"),
        pytest.param(10, 0, MONDAY + timedelta(days=9), 10, id="the last day of the first half"),
        pytest.param(10, 0, MONDAY + timedelta(days=15), 10, id="later: at once"),
        pytest.param(0, 0, MONDAY, 0, id="none left"),
        pytest.param(5, 20, MONDAY, 0, id="more than enough today"),
    ],
)
def test_new_questions_are_spread(unseen: int, introduced: int, today: date, expected: int) -> None:
    assert new_today(unseen, introduced, PLAN, today=today) == expected


def test_a_queue_holds_no_more_new_ones_than_are_for_today() -> None:
    assert len(ask(*(task(f"q{n}") for n in range(100)))) == 10


@given(st.text(min_size=1, max_size=5), st.integers(0, 30), st.floats(1, 1e6))
def test_the_last_look_is_after_today_and_before_the_day(question: str, ahead: int, seconds: float) -> None:
    today = PLAN.interview - timedelta(days=ahead)
    look = last_look(question, PLAN, today=today, seconds=seconds)
    assert (look is None) == (ahead < 2)
    assert look is None or today < look < PLAN.interview
    assert look == last_look(question, PLAN, today=today, seconds=seconds)


def test_last_looks_are_spread_over_the_days_they_need() -> None:
    looks = {last_look(f"q{n}", PLAN, today=MONDAY, seconds=3 * 1800) for n in range(100)}
    assert looks == {PLAN.interview - timedelta(days=back) for back in (1, 2, 3)}


def test_a_projection_of_nothing() -> None:
    empty = project([], PLAN, today=MONDAY, fsrs=FSRS)
    assert (empty.questions, empty.ready_now, empty.fits, len(empty.days)) == (0, 0.0, True, 20)


def test_readiness_rises_to_the_day() -> None:
    ahead = project([task(f"q{n}") for n in range(60)], PLAN, today=MONDAY, fsrs=FSRS)
    readiness = [day.readiness for day in ahead.days]
    assert readiness == sorted(readiness)
    assert readiness[-1] > 0.9
    assert ahead.fits
    assert all(day.minutes <= PLAN.minutes + 2 for day in ahead.days)


def test_what_does_not_fit_is_told_with_the_minutes_that_would_do() -> None:
    tasks = [task(f"q{n}") for n in range(100)]
    hurried = Plan(made=MONDAY, interview=MONDAY + timedelta(days=3), minutes=10)
    ahead = project(tasks, hurried, today=MONDAY, fsrs=FSRS)
    assert not ahead.fits
    assert ahead.never_asked > 20
    needed = minutes_needed(tasks, hurried, today=MONDAY, fsrs=FSRS)
    assert needed is not None
    assert project(tasks, replace(hurried, minutes=needed), today=MONDAY, fsrs=FSRS).fits


def test_no_day_is_long_enough_for_everything() -> None:
    tasks = [task(f"q{n}", seconds=900) for n in range(200)]
    hurried = Plan(made=MONDAY, interview=MONDAY + timedelta(days=1), minutes=30)
    assert minutes_needed(tasks, hurried, today=MONDAY, fsrs=FSRS) is None


def test_a_large_collection_is_sampled_evenly() -> None:
    tasks = [task(f"q{n}") for n in range(3000)]
    ahead = project(tasks, replace(PLAN, minutes=600), today=MONDAY, fsrs=FSRS)
    assert sum(day.new for day in ahead.days) + ahead.never_asked == pytest.approx(3000, abs=40)


def test_suspended_questions_are_no_part_of_the_plan() -> None:
    suspended = Task(question="q", topic="t", seconds=30.0, state=QuestionState(question="q", suspended=True))
    assert suspended.state is not None
    assert suspended.state.phase is Phase.NEW
    assert project([suspended], PLAN, today=MONDAY, fsrs=FSRS).never_asked == 0


def test_the_plan_beats_plain_fsrs_order_at_the_same_minutes() -> None:
    simulate = load_script("simulate")
    recall = {
        name: [simulate.prepare(order, questions=150, days=15, minutes=20, seed=seed) for seed in range(4)]
        for name, order in simulate.ORDERS.items()
    }
    ours = recall.pop("the plan")
    for theirs in recall.values():
        assert sum(ours) / 4 > sum(theirs) / 4 + 0.05
