"""The queue asks the right questions in the right order, and no more than a day allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.reviews import Entry, Memory, Phase, QuestionState, Rating, Undone
from ptquiz.scheduling.days import day_begins
from ptquiz.scheduling.leeches import is_leech
from ptquiz.scheduling.queue import Candidate, Limits, Progress, Upcoming, build_queue, next_due, progress
from ptquiz.scheduling.replay import replay
from tests.scheduling.families import related
from tests.scheduling.logs import NOON, in_order, logs, rated

MONDAY = date(2026, 3, 2)
PLENTY = Limits(new=100, reviews=100)


def review(id: str, *, days: int, stability: float = 10.0, late: int = 0, **more: object) -> QuestionState:
    """Make a question reviewed `days` ago that has been due for `late` days."""
    fields: dict[str, object] = {
        "phase": Phase.REVIEW,
        "memory": Memory(stability, 5.0),
        "due": NOON - timedelta(days=late),
        "interval": float(days - late),
        "reviewed": NOON - timedelta(days=days),
        "reviewed_on": MONDAY - timedelta(days=days),
        "introduced_on": MONDAY - timedelta(days=100),
        "repetitions": 3,
        **more,
    }
    return QuestionState(question=id, **fields)  # type: ignore[arg-type]


def learning(id: str, *, minutes: int, phase: Phase = Phase.LEARNING, **more: object) -> QuestionState:
    """Make a question that was forgotten and is due since some minutes ago."""
    fields: dict[str, object] = {"due": NOON - timedelta(minutes=minutes), "interval": 0.0, **more}
    return review(id, days=0, phase=phase, **fields)  # type: ignore[arg-type]


def ask(
    states: Sequence[QuestionState],
    *,
    new: Sequence[str] = (),
    limits: Limits = PLENTY,
    topics: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Build the queue of Monday noon; every question has a topic of its own unless one is given."""
    ids = [*(state.question for state in states), *new]
    candidates = [Candidate(id, (topics or {}).get(id, id)) for id in ids]
    known = {state.question: state for state in states}
    return build_queue(candidates, known, now=NOON, utc_offset=0, limits=limits)


def test_nothing_to_do() -> None:
    assert ask([]) == ()


def test_the_reviews_most_likely_forgotten_come_first() -> None:
    states = [
        review("sure", days=10, stability=100.0),
        review("shaky", days=10, stability=2.0),
        review("middling", days=10, stability=10.0),
    ]
    assert ask(states) == ("shaky", "middling", "sure")


def test_equal_reviews_come_longest_due_first_and_then_by_id() -> None:
    states = [review("c", days=5), review("b", days=5), review("a", days=5, late=1)]
    assert ask(states) == ("a", "b", "c")


def test_a_review_is_asked_on_its_study_day_and_what_is_learned_from_its_instant() -> None:
    states = [review("today", days=5), review("tomorrow", days=5, late=-1)]
    assert ask(states) == ("today",)
    again = [learning("now", minutes=0), learning("later", minutes=0, due=NOON + timedelta(microseconds=1))]
    assert ask(again) == ("now",)


@pytest.mark.parametrize("rated_at", [-720, -300, 0, 330, 840])
@pytest.mark.parametrize("asked_at", [-720, -300, 0, 330, 840])
def test_a_review_is_due_on_its_study_day_wherever_the_learner_is_by_then(rated_at: int, asked_at: int) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    state = replay("q", [rated("1", noon - timedelta(minutes=rated_at), utc_offset=rated_at)])
    assert state.due_on == MONDAY + timedelta(days=state.interval)
    begins = day_begins(state.due_on, utc_offset=asked_at)

    def queue(now: datetime) -> tuple[str, ...]:
        return build_queue([Candidate("q", "t")], {"q": state}, now=now, utc_offset=asked_at, limits=PLENTY)

    assert queue(begins - timedelta(microseconds=1)) == ()
    assert queue(begins) == ("q",)
    before = begins - timedelta(hours=1)
    assert next_due({"q": state}, now=before, utc_offset=asked_at) == Upcoming(at=begins, count=1)


def test_siblings_of_what_was_seen_today_or_is_asked_before_them_wait_until_another_day() -> None:
    states = [review("root", days=9), review("next", days=8), learning("lost", minutes=5), review("of lost", days=9)]
    seen = review("seen", days=0, late=-9)
    siblings = related(
        {"root": ["next", "new 1"], "lost": ["of lost"], "seen": ["new 2"], "new 3": ["new 4"]}
        | {id: [] for id in ("next", "new 1", "of lost", "new 2", "new 4")}
    )
    candidates = [
        Candidate(id, id) for id in [*(s.question for s in (*states, seen)), *(f"new {n}" for n in range(1, 6))]
    ]
    known = {state.question: state for state in (*states, seen)}
    limits = Limits(new=2, reviews=100)
    queue = build_queue(candidates, known, now=NOON, utc_offset=0, limits=limits, siblings=siblings)
    assert queue == ("lost", "new 3", "root", "new 5")


def test_forgotten_ones_come_first_longest_waiting_first_and_without_a_limit() -> None:
    states = [
        review("review", days=30),
        learning("learning", minutes=5),
        learning("relearning", minutes=60, phase=Phase.RELEARNING),
        learning("too early", minutes=-5),
    ]
    assert ask(states, new=["new"], limits=Limits(new=0, reviews=0)) == ("relearning", "learning")
    assert ask(states, new=["new"]) == ("relearning", "learning", "review", "new")


def test_new_ones_are_mixed_evenly_among_reviews_in_deck_order() -> None:
    states = [review(f"r{n}", days=5) for n in range(6)]
    assert ask(states, new=["z", "a"]) == ("r0", "r1", "z", "r2", "r3", "r4", "a", "r5")


def test_suspended_and_buried_ones_are_left_out() -> None:
    states = [
        review("suspended", days=5, suspended=True),
        review("buried", days=5, buried_until=MONDAY + timedelta(days=1)),
        review("back today", days=5, buried_until=MONDAY),
        QuestionState(question="new and suspended", suspended=True),
    ]
    assert ask(states) == ("back today",)


def test_a_question_whose_only_rating_was_undone_is_new() -> None:
    assert ask([QuestionState(question="undone")], new=["never seen"]) == ("undone", "never seen")


def test_questions_that_are_in_no_deck_are_not_asked() -> None:
    archived = {"archived": review("archived", days=5)}
    assert build_queue([], archived, now=NOON, utc_offset=0, limits=PLENTY) == ()


def test_topics_alternate() -> None:
    states = [review(id, days=5) for id in ("a1", "a2", "a3", "b1", "b2")]
    topics = {state.question: state.question[0] for state in states}
    assert ask(states, topics=topics) == ("a1", "b1", "a2", "b2", "a3")


def test_the_limits_hold_for_the_day_and_not_for_the_session() -> None:
    done = [
        review("introduced", days=0, introduced_on=MONDAY, due=NOON + timedelta(days=3)),
        review("reviewed", days=0, due=NOON + timedelta(days=9)),
    ]
    waiting = [review(f"r{n}", days=5) for n in range(5)]
    assert ask([*done, *waiting], new=["n0", "n1", "n2"], limits=Limits(new=2, reviews=3)) == ("r0", "n0", "r1")


def test_a_limit_lowered_during_the_day_asks_nothing_more() -> None:
    done = [review(f"d{n}", days=0, introduced_on=MONDAY, due=NOON + timedelta(days=3)) for n in range(5)]
    assert ask(done, new=["n"], limits=Limits(new=2, reviews=0)) == ()


def test_progress_counts_the_study_day_and_neither_yesterday_nor_what_was_undone() -> None:
    night = datetime(2026, 3, 3, 3, 59, tzinfo=UTC)
    entries: dict[str, list[Entry]] = {
        "new today": [rated("1")],
        "new today, twice": [rated("2", rating=Rating.AGAIN), rated("3", NOON + timedelta(minutes=10))],
        "new yesterday": [rated("4", NOON - timedelta(days=1))],
        "again today": [rated("5", NOON - timedelta(days=1)), rated("6")],
        "late at night": [rated("7", night)],
        "tomorrow": [rated("8", night + timedelta(minutes=1))],
        "undone": [rated("9"), Undone(id="10", question="undone", at=NOON, target="9")],
    }
    states = {question: replay(question, log) for question, log in entries.items()}
    assert progress(states, today=MONDAY) == Progress(introduced=3, reviewed=1)


@given(st.lists(logs(max_size=4), max_size=8), st.integers(0, 4), st.integers(0, 4))
def test_no_question_comes_twice_or_before_its_time_and_limits_hold(
    histories: list[list[Entry]], new: int, reviews: int
) -> None:
    numbers = count()
    states = {id: replay(id, in_order(log)) for log in histories for id in [f"q{next(numbers)}"] if log}
    candidates = [Candidate(f"q{n}", "abc"[n % 3]) for n in range(10)]
    now = NOON + timedelta(days=30)
    queue = build_queue(candidates, states, now=now, utc_offset=0, limits=Limits(new=new, reviews=reviews))
    phases = [states[id].phase if id in states else Phase.NEW for id in queue]
    dues = [states[id].due for id in queue if id in states]
    assert len(set(queue)) == len(queue)
    assert all(due is None or due <= now for due in dues)
    assert phases.count(Phase.NEW) <= new
    assert phases.count(Phase.REVIEW) <= reviews


@given(st.permutations([review(f"r{n}", days=5 + n % 3, late=n % 2) for n in range(6)]))
def test_the_order_of_the_states_does_not_matter(states: list[QuestionState]) -> None:
    assert ask(states) == ask(sorted(states, key=lambda state: state.question))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        pytest.param([], None, id="no question"),
        pytest.param([QuestionState(question="q")], None, id="only a new one"),
        pytest.param([review("q", days=3)], None, id="already due"),
        pytest.param([learning("q", minutes=-7)], Upcoming(at=NOON + timedelta(minutes=7), count=1), id="in minutes"),
        pytest.param(
            [review(str(n), days=3, late=-1 - n // 20) for n in range(30)],
            Upcoming(at=datetime(2026, 3, 3, 4, tzinfo=UTC), count=20),
            id="tomorrow, and how many on that study day",
        ),
        pytest.param([review("q", days=3, late=-1, suspended=True)], None, id="suspended for good"),
        pytest.param(
            [review("q", days=3, buried_until=MONDAY + timedelta(days=2))],
            Upcoming(at=datetime(2026, 3, 4, 4, tzinfo=UTC), count=1),
            id="buried",
        ),
    ],
)
def test_what_comes_next(states: list[QuestionState], expected: Upcoming | None) -> None:
    known = {state.question: state for state in states}
    assert next_due(known, now=NOON, utc_offset=0) == expected


def test_what_was_missed_on_an_earlier_day_and_is_due_comes_first() -> None:
    missed = learning("missed", minutes=5, reviewed_on=MONDAY - timedelta(days=1))
    assert ask([review("other", days=9), missed]) == ("missed", "other")


def test_what_was_rated_today_counts_whatever_decks_are_in_use() -> None:
    states = {"a": review("a", days=9), "elsewhere": review("elsewhere", days=0, late=-9)}
    limits = Limits(new=0, reviews=1)
    assert build_queue([Candidate("a", "t")], states, now=NOON, utc_offset=0, limits=limits) == ()
    assert build_queue([Candidate("a", "t")], {"a": states["a"]}, now=NOON, utc_offset=0, limits=limits) == ("a",)


def test_what_is_due_at_this_moment_is_not_upcoming() -> None:
    now, soon = learning("now", minutes=0), learning("soon", minutes=-1)
    assert next_due({"now": now}, now=NOON, utc_offset=0) is None
    assert next_due({"now": now, "soon": soon}, now=NOON, utc_offset=0) == Upcoming(
        at=NOON + timedelta(minutes=1), count=1
    )


@pytest.mark.parametrize(("lapses", "leech"), [(0, False), (7, False), (8, True), (20, True)])
def test_a_leech_has_lapsed_eight_times(lapses: int, leech: bool) -> None:
    assert is_leech(QuestionState(question="q", lapses=lapses)) is leech
