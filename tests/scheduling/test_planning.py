"""What a plan counts: gains, minutes, new questions, last looks, and the days of a projection."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ptquiz.domain.reviews import Phase, Rating
from ptquiz.scheduling.fuzz import fraction
from ptquiz.scheduling.plan import Plan, Task, gain, last_look, new_today, plan_queue, recall_on
from ptquiz.scheduling.projection import PlannedDay, Projection, minutes_needed, project
from ptquiz.scheduling.replay import replay
from tests.scheduling.logs import NOON, rated
from tests.scheduling.tasks import FSRS, MONDAY, PLAN, ask, task

AGAIN, GOOD = Rating.AGAIN, Rating.GOOD
MINUTE = timedelta(minutes=1)


def known(name: str) -> str:
    """Find an id by this name that the projection draws as known at first sight, or with `not ` as missed."""
    wanted = not name.startswith("not ")
    return next(id for n in range(99) if (fraction(id := f"{name} {n}", 0) < 0.55) == wanted)


def history(*days: int) -> list:  # type: ignore[type-arg]
    return [rated(f"{day}", NOON + timedelta(days=day)) for day in days]


def test_the_gain_of_a_new_question_is_its_recall_on_the_day_whether_it_was_known_or_not() -> None:
    right = replay("q", [rated("1", NOON)])
    missed = replay("q", [rated("1", NOON, AGAIN), rated("2", NOON + MINUTE)])
    on_the_day = [recall_on(state, PLAN.interview, fsrs=FSRS) for state in (right, missed)]
    found = gain(task("q"), PLAN, today=MONDAY, fsrs=FSRS)
    assert found.recall == pytest.approx(0.55 * on_the_day[0] + 0.45 * on_the_day[1])
    assert found.seconds == pytest.approx(30 * (1 + 0.6 * 0.45))


def test_a_question_costs_more_the_less_likely_it_is_known() -> None:
    asked = task("q", 9, 5, seconds=40.0)
    assert asked.state is not None
    right = recall_on(asked.state, MONDAY, fsrs=FSRS)
    assert gain(asked, PLAN, today=MONDAY, fsrs=FSRS).seconds == pytest.approx(40 * (1 + 0.6 * (1 - right)))


def test_a_question_without_a_memory_is_new_whatever_else_was_done_with_it() -> None:
    starred = Task(question="q", topic="t", seconds=30.0, state=replace(replay("q", []), starred=True))
    assert starred.is_new
    assert task("q").is_new
    assert not task("q", 3).is_new
    assert gain(starred, PLAN, today=MONDAY, fsrs=FSRS) == gain(task("q"), PLAN, today=MONDAY, fsrs=FSRS)
    assert recall_on(None, MONDAY, fsrs=FSRS) == 0.0


def test_what_was_missed_comes_longest_waiting_first_and_only_when_it_is_due() -> None:
    missed = [
        task("b", 0, rating=AGAIN, due=NOON),
        task("a", 0, rating=AGAIN, due=NOON),
        task("first", 0, rating=AGAIN, due=NOON - MINUTE),
        task("early", 0, rating=AGAIN, due=NOON + MINUTE),
        task("relearned", 0, rating=AGAIN, phase=Phase.RELEARNING, due=NOON - 2 * MINUTE),
        task("suspended", 0, rating=AGAIN, due=NOON, suspended=True),
        task("buried", 0, rating=AGAIN, due=NOON, buried_until=MONDAY + timedelta(days=1)),
        task("review", 0, due=NOON - MINUTE),
    ]
    assert ask(*missed) == ("relearned", "first", "a", "b")


def test_what_comes_back_takes_its_share_of_the_time() -> None:
    """Ten minutes for what was missed, at six tenths of its time, leave as much less for the rest."""
    many = [task(f"q{n:02}", 9) for n in range(90)]
    missed = [task(f"m{n}", 0, rating=AGAIN, due=NOON, seconds=100.0) for n in range(10)]
    assert set(ask(*many, *missed)) == {*(f"m{n}" for n in range(10)), *ask(*many, spent=600)}
    assert len(ask(*many)) > len(ask(*many, spent=600)) > 0


@pytest.mark.parametrize(("minutes", "asked"), [(0, 0), (1, 2), (2, 4), (5, 9)])
def test_a_question_is_asked_when_half_its_time_is_left(minutes: int, asked: int) -> None:
    surest = [replace(task(f"q{n}", 9), seconds=30.0) for n in range(40)]
    cost = gain(surest[0], PLAN, today=MONDAY, fsrs=FSRS).seconds
    plan = replace(PLAN, minutes=minutes)
    assert len(ask(*surest, plan=plan)) == int(minutes * 60 / cost + 0.5) == asked


def test_time_that_is_exactly_half_is_enough() -> None:
    one = task("q", 9)
    cost = gain(one, PLAN, today=MONDAY, fsrs=FSRS).seconds
    assert ask(one, spent=1800 - cost / 2) == ("q",)
    assert ask(one, spent=1800 - cost / 2 + 0.001) == ()


def test_the_whole_day_is_free_when_nothing_is_said_of_its_time() -> None:
    one = task("q", 9)
    share = gain(one, PLAN, today=MONDAY, fsrs=FSRS).seconds / one.seconds
    tight = replace(one, seconds=119.5 / share)
    plan = replace(PLAN, minutes=1)
    assert plan_queue([tight], plan, now=NOON, utc_offset=0, fsrs=FSRS) == ("q",)
    assert plan_queue([tight], plan, now=NOON, utc_offset=0, spent=1.0, fsrs=FSRS) == ()


def test_what_may_be_missed_counts_with_the_time_it_takes_when_it_comes_back() -> None:
    """A shaky question that gains more for its plain time than a sure one, and less for its expected time."""
    shaky, sure = task("shaky", 40), task("sure", 40, 10)
    first, second = (gain(each, PLAN, today=MONDAY, fsrs=FSRS) for each in (shaky, sure))
    more = first.seconds / second.seconds
    assert more > 1.1
    slow = replace(sure, seconds=sure.seconds * second.recall / first.recall * more**0.5)
    ours = gain(slow, PLAN, today=MONDAY, fsrs=FSRS)
    assert first.recall / shaky.seconds > ours.recall / slow.seconds
    assert ask(shaky, slow) == ("sure", "shaky")


def test_the_first_of_equal_gains_is_the_first_by_id() -> None:
    assert ask(task("c", 9), task("a", 9), task("b", 9)) == ("a", "b", "c")


def test_neighbours_are_of_different_topics() -> None:
    mixed = [replace(task(id, 9), topic=id[0]) for id in ("a1", "a2", "b1", "b2")]
    assert ask(*mixed) == ("a1", "b1", "a2", "b2")


def test_new_ones_come_in_their_order_and_those_of_today_are_counted() -> None:
    new = [task(f"{99 - n:02}") for n in range(40)]
    assert ask(*new) == tuple(sorted(task.question for task in new[:4]))
    seen = [task(f"seen{n}", 0) for n in range(3)]
    assert len(ask(*seen, *new)) == ceil(43 / 10) - 3
    yesterday = task("yesterday", 1)
    assert len([id for id in ask(yesterday, *new) if id != "yesterday"]) == 4


@given(st.integers(0, 400), st.integers(0, 40), st.integers(1, 60))
def test_new_questions_introduced_day_by_day_are_all_seen_in_the_first_half(
    total: int, minutes: int, ahead: int
) -> None:
    plan = Plan(made=MONDAY, interview=MONDAY + timedelta(days=ahead), minutes=minutes)
    unseen, days = total, []
    for number in range(ahead):
        days.append(new_today(unseen, 0, plan, today=MONDAY + timedelta(days=number)))
        assert new_today(unseen - days[-1], days[-1], plan, today=MONDAY + timedelta(days=number)) == 0
        unseen -= days[-1]
    half = ceil(ahead / 2)
    assert sum(days[:half]) == total
    assert max(days[:half]) - min(days[:half]) <= max(half, 1)
    assert days[half:] == [0] * (ahead - half)


@pytest.mark.parametrize(
    ("ahead", "minutes", "back"),
    [
        pytest.param(1, 30.0, None, id="the day before"),
        pytest.param(2, 999.0, {1}, id="two days before"),
        pytest.param(9, 30.0, {1}, id="one day's time"),
        pytest.param(9, 30.1, {1, 2}, id="a little more"),
        pytest.param(9, 60.0, {1, 2}, id="two days' time"),
        pytest.param(9, 9999.0, set(range(1, 9)), id="no more days than there are"),
        pytest.param(9, 0.0, {1}, id="no time at all"),
    ],
)
def test_last_looks_take_the_last_days(ahead: int, minutes: float, back: set[int] | None) -> None:
    today = PLAN.interview - timedelta(days=ahead)
    looks = {last_look(f"q{n}", PLAN, today=today, seconds=60 * minutes) for n in range(200)}
    assert looks == ({None} if back is None else {PLAN.interview - timedelta(days=n) for n in back})


SHORT = Plan(made=MONDAY, interview=MONDAY + timedelta(days=2), minutes=30)


def test_a_projection_of_one_question_follows_the_replay() -> None:
    """Known or missed, it takes what a day is filled by: 600 s, and six tenths more in 45 of 100 cases, is 12.7 min."""
    for name, log, minutes in (
        ("known", [rated("1", NOON)], 13),
        ("not known", [rated("1", NOON, AGAIN), rated("2", NOON)], 13),
    ):
        id = known(name)
        ahead = project([task(id, seconds=600.0)], SHORT, today=MONDAY, fsrs=FSRS)
        after = recall_on(replay(id, log), SHORT.interview, fsrs=FSRS)
        assert (ahead.questions, ahead.seen, ahead.ready_now, ahead.never_asked) == (1, 0, 0.0, 0)
        assert ahead.days[0] == PlannedDay(day=MONDAY, reviews=0, new=1, minutes=minutes, readiness=after)
        assert [day.day for day in ahead.days] == [MONDAY, MONDAY + timedelta(days=1)]


def test_no_day_is_planned_for_longer_than_it_is() -> None:
    tasks = [task(f"q{n}", 40, seconds=30.0) for n in range(400)]
    far = Plan(made=MONDAY, interview=MONDAY + timedelta(days=20), minutes=30)
    days = project(tasks, far, today=MONDAY, fsrs=FSRS, sample=500).days
    assert max(day.minutes for day in days) == 30


def test_a_projection_counts_what_was_seen_and_reviews_it() -> None:
    seen = [task("a", 9), task("b", 30, 20)]
    ahead = project([*seen, task("c")], SHORT, today=MONDAY, fsrs=FSRS)
    recalls = [recall_on(each.state, SHORT.interview, fsrs=FSRS) for each in seen]
    assert (ahead.questions, ahead.seen) == (3, 2)
    assert ahead.ready_now == pytest.approx(sum(recalls) / 3)
    assert (ahead.days[0].reviews, ahead.days[0].new) == (2, 1)
    assert ahead.days[-1].readiness > ahead.ready_now


def test_the_time_that_is_used_up_counts_for_the_first_day_alone() -> None:
    tasks = [task(f"q{n}", 9) for n in range(200)]
    free = project(tasks, SHORT, today=MONDAY, fsrs=FSRS, sample=500)
    late = project(tasks, SHORT, today=MONDAY, spent=1800, fsrs=FSRS, sample=500)
    assert late.days[0] == PlannedDay(day=MONDAY, reviews=0, new=0, minutes=0, readiness=late.ready_now)
    assert [day.reviews for day in late.days][1] == free.days[0].reviews > 0
    half = project(tasks, SHORT, today=MONDAY, spent=900, fsrs=FSRS, sample=500)
    assert half.days[0].reviews == pytest.approx(free.days[0].reviews / 2, abs=1)


@pytest.mark.parametrize("sample", [10, 20, 50])
def test_a_sample_stands_for_the_whole(sample: int) -> None:
    """A hundred questions alike: whatever the sample, each day holds as many, in as much time."""
    tasks = [task(f"q{n}", 9, seconds=60.0) for n in range(100)]
    whole = project(tasks, SHORT, today=MONDAY, spent=600, fsrs=FSRS, sample=100)
    part = project(tasks, SHORT, today=MONDAY, spent=600, fsrs=FSRS, sample=sample)
    step = 100 / sample
    for ours, theirs in zip(part.days, whole.days, strict=True):
        assert ours.reviews == pytest.approx(theirs.reviews, abs=step)
        assert ours.minutes == pytest.approx(theirs.minutes, abs=2 * step)
    assert part.questions == whole.questions == 100
    assert part.ready_now == pytest.approx(whole.ready_now)


def test_suspended_questions_are_not_sampled() -> None:
    """Of an open one and a suspended one by turns, the open ones alone stand for the rest."""
    tasks = [task(f"q{n}", 9, suspended=n % 2 == 1) for n in range(40)]
    ahead = project(tasks, SHORT, today=MONDAY, fsrs=FSRS, sample=10)
    assert ahead.days[0].reviews == 20
    assert ahead.questions == 40


def test_what_there_is_no_time_for_and_what_is_not_seen_again_is_counted() -> None:
    tasks = [task(f"q{n}") for n in range(60)]
    far = Plan(made=MONDAY, interview=MONDAY + timedelta(days=60), minutes=1)
    ahead = project(tasks, replace(far, interview=MONDAY + timedelta(days=1)), today=MONDAY, fsrs=FSRS)
    asked = sum(day.new for day in ahead.days)
    assert (ahead.never_asked, asked) == (60 - asked, 2)
    once = [task("once", 200), task("twice", 200, 100), task("today", 0)]
    nothing = project(once, replace(far, minutes=0), today=MONDAY, fsrs=FSRS)
    assert [recall_on(each.state, far.interview, fsrs=FSRS) < 0.9 for each in once] == [True, True, True]
    assert (nothing.asked_once, nothing.never_asked, nothing.fits) == (2, 0, False)


def test_what_is_still_known_on_the_day_may_be_asked_once() -> None:
    soon = Plan(made=MONDAY, interview=MONDAY + timedelta(days=1), minutes=0)
    easy = task("easy", 0, rating=Rating.EASY)
    assert project([easy], soon, today=MONDAY, fsrs=FSRS).fits


def projection(**more: int) -> Projection:
    fields = {"never_asked": 0, "asked_once": 0, **more}
    return Projection(days=(), questions=1, seen=0, ready_now=0.0, **fields)


def test_a_plan_fits_when_everything_is_asked_and_seen_again() -> None:
    fits = [projection().fits, projection(never_asked=1).fits, projection(asked_once=1).fits]
    assert fits == [True, False, False]


@pytest.mark.parametrize(("count", "days"), [(100, 3), (60, 2), (30, 4)])
def test_the_minutes_that_would_do_are_the_fewest_in_steps_of_five(count: int, days: int) -> None:
    tasks = [task(f"q{n}", seconds=45.0) for n in range(count)]
    hurried = Plan(made=MONDAY, interview=MONDAY + timedelta(days=days), minutes=5)

    def fits(minutes: int) -> bool:
        return project(tasks, replace(hurried, minutes=minutes), today=MONDAY, fsrs=FSRS).fits

    needed = minutes_needed(tasks, hurried, today=MONDAY, fsrs=FSRS)
    assert needed is not None
    assert needed % 5 == 0
    assert fits(needed)
    assert not fits(needed - 10)


def test_no_more_than_ten_hours_a_day_are_proposed() -> None:
    tasks = [task(f"q{n}", seconds=600.0) for n in range(55)]
    assert minutes_needed(tasks, SHORT, today=MONDAY, fsrs=FSRS) is None
    needed = minutes_needed(tasks[:40], SHORT, today=MONDAY, fsrs=FSRS)
    assert needed is not None
    assert 400 <= needed <= 600


def test_a_projection_goes_from_today_to_the_eve() -> None:
    days = project([task("q")], PLAN, today=date(2026, 3, 19), fsrs=FSRS).days
    assert [day.day.day for day in days] == [19, 20, 21]
    assert project([task("q")], PLAN, today=PLAN.interview, fsrs=FSRS).days == ()
