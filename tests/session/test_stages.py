"""What the learner reads, and what is kept, at each stage of a session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from ptquiz.domain.answers import Coded, Explained, GaveUp
from ptquiz.domain.judging.words import short_verdict
from ptquiz.domain.questions import Short
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.session.events import (
    Answered,
    Ask,
    Bury,
    BuryAsked,
    Chosen,
    Event,
    Finish,
    Helped,
    HintAsked,
    Judge,
    Judged,
    Left,
    Notice,
    Reasked,
    Record,
    RetryAsked,
    ShowPoints,
    ShowVerdict,
    Skipped,
    Suspend,
    SuspendAsked,
    TakeBack,
    Ticked,
    UndoAsked,
)
from ptquiz.session.proposing import proposal
from ptquiz.session.state import Asking, Done, Judging, Over, Rate, Ticking
from tests.session.runs import NOON, PICK, QUESTIONS, QUEUE, RIGHT, WRONG, Run

SHORT = QUESTIONS["s-short"]
assert isinstance(SHORT, Short)
SAID = Explained("It sets a flag")
TICKS = short_verdict(SHORT, SAID)
GAVE_UP = Answered(GaveUp())


def ask(id: str, number: int, of: int) -> Ask:
    return Ask(QUESTIONS[id], number, of)


def rate(run: Run, rating: Rating, *, verdict: Verdict = RIGHT) -> None:
    """Give up whatever is asked and rate that."""
    run(GAVE_UP, Judged(verdict), Chosen(rating))


def ticking() -> Run:
    run = Run("s-short", "s-claim")
    run(Answered(SAID), Judged(TICKS))
    return run


def test_questions_are_numbered_by_what_was_rated_and_what_is_still_to_come() -> None:
    run = Run(*QUEUE)
    assert run.effects == (ask("s-choice", 1, 3),)
    assert run(Skipped())[-1] == ask("s-claim", 1, 3)
    rate(run, Rating.GOOD)
    assert run.effects[-1] == ask("s-number", 2, 3)
    rate(run, Rating.AGAIN)
    assert run.effects[-1] == ask("s-choice", 3, 4)


def test_what_is_asked_and_answered_goes_to_the_judge_and_into_the_record() -> None:
    run = Run("s-choice")
    question = QUESTIONS["s-choice"]
    assert run(HintAsked(), PICK) == (Judge(question, PICK.answer),)
    assert run(Judged(RIGHT)) == (ShowVerdict(question, PICK.answer, RIGHT, Rating.HARD, 1, True),)
    recorded = Record(question, PICK.answer, RIGHT, Rating.EASY, 1, 240.0)
    assert run(Chosen(Rating.EASY)) == (recorded, Finish())
    assert run.session.done == (Done("s-choice", Rating.EASY, RIGHT),)


def test_a_clock_that_was_put_back_gives_no_negative_time() -> None:
    run = Run("s-choice")
    run(PICK, Judged(RIGHT))
    run.now -= timedelta(hours=1)
    (record, _) = run(Chosen(Rating.GOOD))
    assert isinstance(record, Record)
    assert record.seconds == 0.0


def test_key_points_are_shown_for_ticking_and_the_learner_s_ticks_make_the_verdict() -> None:
    run = Run("s-short")
    run(Answered(SAID))
    assert run(Judged(TICKS)) == (ShowPoints(SHORT, TICKS),)
    assert isinstance(run.session.stage, Ticking)
    (shown,) = run(Ticked(frozenset({0, 1})))
    assert isinstance(shown, ShowVerdict)
    assert (shown.answer, shown.verdict.got, shown.proposed) == (SAID, 2, Rating.HARD)
    (record, _) = run(Chosen(Rating.GOOD))
    assert isinstance(record, Record)
    assert (record.answer, record.verdict) == (SAID, shown.verdict)


def test_points_to_be_ticked_can_be_shown_again_put_away_and_taken_back() -> None:
    run = ticking()
    before = run.session
    assert run(Reasked()) == (ask("s-short", 1, 2), ShowPoints(SHORT, TICKS))
    assert run(PICK) == (Notice("say first which points you made"),)
    assert run.session == before
    assert ticking()(SuspendAsked())[0] == Suspend(SHORT)
    assert ticking()(BuryAsked())[0] == Bury(SHORT)
    assert run(UndoAsked()) == (Notice("taken back: answer again"), ask("s-short", 1, 2))


def test_leaving_points_unticked_counts_as_unrated() -> None:
    run = ticking()
    run(Left())
    assert run.session.stage == Over(left=True, unrated=True)
    assert run.session.queue == ("s-short", "s-claim")


def test_leaving_before_an_answer_leaves_nothing_unrated() -> None:
    run = Run(*QUEUE)
    assert run(Left()) == (Finish(),)
    assert (run.session.stage, run.session.queue) == (Over(left=True, unrated=False), QUEUE)


def test_after_taking_back_an_answer_the_hints_that_were_seen_still_count_and_the_time_begins_anew() -> None:
    run = Run("s-choice")
    run(HintAsked(), PICK, Judged(RIGHT), UndoAsked())
    assert run.session.stage == Asking("s-choice", NOON + timedelta(minutes=4), hints=1)
    assert run.effects == (Notice("taken back: answer again"), ask("s-choice", 1, 1))
    run(PICK, Judged(RIGHT))
    (record, _) = run(Chosen(Rating.GOOD))
    assert isinstance(record, Record)
    assert (record.hints, record.seconds) == (1, 180.0)


def test_nothing_is_taken_back_or_accepted_while_judging() -> None:
    run = Run("s-choice")
    run(PICK)
    before = run.session
    for event in (UndoAsked(), PICK, Reasked(), HintAsked(), Ticked(frozenset())):
        assert run(event) == (Notice("still judging"),)
    assert run.session == before


def test_a_question_asked_again_shows_what_was_on_screen() -> None:
    run = Run("s-choice", "s-claim")
    before = run.session
    assert run(Reasked()) == (ask("s-choice", 1, 2),)
    assert run.session == before
    run(HintAsked(), PICK, Judged(RIGHT))
    shown = ShowVerdict(QUESTIONS["s-choice"], PICK.answer, RIGHT, Rating.HARD, 1, True)
    before = run.session
    assert run(Reasked()) == (ask("s-choice", 1, 2), shown)
    assert run.session == before


def test_attempts_at_code_are_counted_on_also_past_hints_and_when_shown_again() -> None:
    run = Run("s-write")
    attempts = []
    for result in (WRONG, WRONG, RIGHT):
        (shown,) = run(Answered(Coded("x = 1")), Judged(result))
        assert isinstance(shown, ShowVerdict)
        attempts.append((shown.attempt, shown.proposed, shown.counts))
    assert attempts == [(1, None, True), (2, None, True), (3, Rating.HARD, True)]
    assert run(Reasked()) == (ask("s-write", 1, 1), shown)


def test_help_is_remembered_with_the_question() -> None:
    run = Run("s-choice")
    assert run(Helped()) == (ask("s-choice", 1, 1),)
    assert run.session.stage == Asking("s-choice", NOON, helped=True)
    assert run(HintAsked()) != ()
    assert run.session.stage == Asking("s-choice", NOON, hints=1, helped=True)


def test_skipping_is_said_counted_and_forgotten_once_rated() -> None:
    run = Run("s-choice", "s-claim")
    assert run(Skipped()) == (Notice("skipped: it comes back at the end"), ask("s-claim", 1, 2))
    assert run.session.skipped == {"s-choice"}
    run(Skipped())
    assert run.session.skipped == {"s-choice", "s-claim"}
    assert run.asked == "s-choice"
    rate(run, Rating.GOOD)
    assert run.session.skipped == {"s-claim"}


@pytest.mark.parametrize(
    ("event", "effect", "said"),
    [
        pytest.param(SuspendAsked(), Suspend, "suspended {about}; {undo} undoes it", id="suspended"),
        pytest.param(BuryAsked(), Bury, "buried {about} until tomorrow; {undo} undoes it", id="buried"),
    ],
)
def test_putting_away_is_logged_said_and_followed_by_the_next_question(
    event: Event, effect: type[Suspend | Bury], said: str
) -> None:
    question = QUESTIONS["s-choice"]
    expected = (effect(question), Notice(said, "s-choice"), ask("s-claim", 1, 2))
    assert Run(*QUEUE)(event) == expected
    run = Run(*QUEUE)
    run(PICK, Judged(WRONG))
    assert run(event) == expected
    assert run.session.done == ()


def test_when_it_is_over_only_undoing_and_retrying_mean_something() -> None:
    run = Run("s-choice")
    rate(run, Rating.GOOD)
    for event in (PICK, Reasked(), HintAsked(), Chosen(Rating.GOOD), Skipped(), Judged(RIGHT)):
        assert run(event) == (Notice("the session is over"),)
    assert run(RetryAsked()) == (Notice("there is nothing to retry"),)
    assert run(UndoAsked()) == (TakeBack(),)
    assert run.session.stage == Over(left=False)


def test_retrying_waits_for_the_end() -> None:
    run = Run("s-choice", "s-claim")
    rate(run, Rating.AGAIN)
    assert run(RetryAsked()) == (Notice("there is nothing to retry"),)
    assert run.asked == "s-claim"


def test_what_returns_waits_in_the_order_of_time_and_ten_minutes_are_enough() -> None:
    run = Run("s-choice", "s-claim", "s-number", "s-flashcard", "s-order")
    rate(run, Rating.AGAIN)
    rate(run, Rating.AGAIN)
    assert [waiting.question for waiting in run.session.waiting] == ["s-choice", "s-claim"]
    first, second = (waiting.due for waiting in run.session.waiting)
    assert (first, second) == (NOON + timedelta(minutes=13), NOON + timedelta(minutes=16))
    run.now = first - timedelta(minutes=3, microseconds=1)
    rate(run, Rating.GOOD)
    assert run.asked == "s-flashcard"
    run.now = first - timedelta(minutes=3)
    rate(run, Rating.GOOD)
    assert run.asked == "s-choice"


def test_a_clock_that_was_put_back_still_gives_an_order_of_time() -> None:
    run = Run(*QUEUE)
    rate(run, Rating.AGAIN)
    run.now -= timedelta(hours=1)
    rate(run, Rating.AGAIN)
    assert [waiting.question for waiting in run.session.waiting] == ["s-claim", "s-choice"]


@pytest.mark.parametrize(
    ("verdict", "rating"),
    [
        pytest.param((Result.PARTLY, 2, 3), Rating.HARD, id="two points of three"),
        pytest.param((Result.PARTLY, 3, 5), Rating.AGAIN, id="three points of five"),
        pytest.param((Result.CORRECT, 3, 3), Rating.GOOD, id="all points"),
        pytest.param((Result.WRONG, 0, 3), Rating.AGAIN, id="no point"),
    ],
)
def test_most_of_the_key_points_are_worth_hard(verdict: tuple[Result, int, int], rating: Rating) -> None:
    result, got, total = verdict
    judged = Verdict(result=result, got=got, total=total, points=TICKS.points)
    assert proposal(judged, 0, 0) is rating
    assert proposal(judged, 0, 0, helped=True) is (Rating.HARD if rating is Rating.GOOD else rating)


def test_parts_without_key_points_are_worth_nothing_more_than_again() -> None:
    assert proposal(Verdict(result=Result.PARTLY, got=2, total=3), 0, 0) is Rating.AGAIN


@pytest.mark.parametrize(
    ("stage", "on_screen"),
    [
        pytest.param(Asking("s-choice", NOON), ("s-choice",), id="asking"),
        pytest.param(Judging(Asking("s-choice", NOON), GaveUp()), ("s-choice",), id="judging"),
        pytest.param(Ticking(Asking("s-short", NOON), SAID, TICKS), ("s-short",), id="ticking"),
        pytest.param(Rate(Asking("s-choice", NOON), GaveUp(), WRONG, Rating.AGAIN), ("s-choice",), id="rating"),
        pytest.param(Over(left=True), (), id="over"),
    ],
)
def test_what_is_on_screen_is_still_to_be_asked(
    stage: Asking | Judging | Ticking | Rate | Over, on_screen: tuple[str, ...]
) -> None:
    session = replace(Run("s-claim", "s-number").session, stage=stage, put_off=("s-order",))
    assert session.on_screen == on_screen
    assert session.left_over == 2


def test_what_was_missed_is_each_once_and_counts_hard() -> None:
    run = Run("s-choice", "s-claim", "s-number")
    rate(run, Rating.GOOD)
    rate(run, Rating.HARD)
    rate(run, Rating.AGAIN)
    rate(run, Rating.AGAIN)
    assert run.session.missed == ("s-claim", "s-number")
