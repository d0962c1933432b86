"""The engine: what each event does at each stage, and that no order of events loses a question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.answers import Coded, GaveUp, Picked
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
    ShowHint,
    ShowVerdict,
    Skipped,
    Suspend,
    SuspendAsked,
    TakeBack,
    TakenBack,
    UndoAsked,
)
from ptquiz.session.proposing import proposal
from ptquiz.session.state import Asking, Judging, Over, Rate, Session
from tests.session.runs import PICK, QUESTIONS, QUEUE, RIGHT, WRONG, Run, kinds, rated, starred, suspended


def test_asks_the_queue_in_order_and_then_finishes() -> None:
    run = Run(*QUEUE)
    asked = []
    while run.asked:
        asked.append(run.asked)
        run(PICK if run.asked == "s-choice" else Answered(GaveUp()), Judged(RIGHT), Chosen(Rating.GOOD))
    assert asked == list(QUEUE)
    assert run.effects[-1] == Finish()
    assert run.session.stage == Over(left=False)


def test_an_empty_queue_is_over_at_once() -> None:
    assert Run().effects == (Finish(),)


def test_a_rating_is_recorded_before_the_next_question_is_shown() -> None:
    run = Run(*QUEUE)
    assert kinds(run(PICK)) == [Judge]
    assert kinds(run(Judged(RIGHT))) == [ShowVerdict]
    assert kinds(run(Chosen(Rating.EASY))) == [Record, Ask]


def test_the_record_says_how_long_it_took_and_how_many_hints() -> None:
    run = Run("s-choice")
    assert kinds(run(HintAsked())) == [ShowHint]
    run(PICK, Judged(RIGHT))
    record = run(Chosen(Rating.HARD))[0]
    assert isinstance(record, Record)
    assert (record.hints, record.seconds, record.rating) == (1, 240.0, Rating.HARD)


def test_a_question_rated_again_returns_after_ten_minutes_or_at_the_end() -> None:
    run = Run(*QUEUE)
    run(PICK, Judged(WRONG), Chosen(Rating.AGAIN))
    assert run.asked == "s-claim"
    run.now += timedelta(minutes=11)
    run(Answered(GaveUp()), Judged(RIGHT), Chosen(Rating.GOOD))
    assert run.asked == "s-choice"
    alone = Run("s-choice")
    alone(PICK, Judged(WRONG), Chosen(Rating.AGAIN))
    assert alone.asked == "s-choice"


def test_hints_come_in_order_and_end() -> None:
    run = Run("s-choice")
    assert run(HintAsked()) == (ShowHint("It is more than 1.", 1, 2),)
    assert run(HintAsked()) == (ShowHint("Divide by 0.8.", 2, 2),)
    assert run(HintAsked()) == (Notice("that was the last hint"),)
    assert Run("s-claim")(HintAsked()) == (Notice("there is no hint for this question"),)


PROPOSED = {
    "right": (RIGHT, 0, 2, 0, Rating.GOOD),
    "right with a hint": (RIGHT, 1, 2, 0, Rating.HARD),
    "right with the only hint": (RIGHT, 1, 1, 0, Rating.HARD),
    "right with the last hint": (RIGHT, 2, 2, 0, Rating.AGAIN),
    "right at the second attempt": (RIGHT, 0, 0, 1, Rating.HARD),
    "partly": (Verdict(result=Result.PARTLY), 0, 0, 0, Rating.AGAIN),
    "wrong": (WRONG, 0, 0, 0, Rating.AGAIN),
    "a flashcard": (Verdict(result=Result.OPEN), 0, 0, 0, Rating.GOOD),
}


@pytest.mark.parametrize(("verdict", "hints", "of", "attempts", "rating"), PROPOSED.values(), ids=PROPOSED)
def test_proposes_a_rating(verdict: Verdict, hints: int, of: int, attempts: int, rating: Rating) -> None:
    assert proposal(verdict, hints, of, attempts) is rating


def test_an_answer_that_is_none_is_refused_and_nothing_is_judged() -> None:
    run = Run("s-number")
    assert kinds(run(Answered(Coded("")))) == [Judge]
    run = Run("s-choice")
    assert run(Answered(Picked((0, 1)))) == (Notice("pick one option"),)
    assert run.asked == "s-choice"


def test_a_failing_code_answer_can_be_tried_again_and_counts() -> None:
    run = Run("s-write")
    run(Answered(Coded("x = 1")), Judged(WRONG))
    shown = run.effects[0]
    assert isinstance(shown, ShowVerdict)
    assert (shown.proposed, shown.attempt, run.asked) == (None, 1, "s-write")
    run(Answered(Coded("x = 2")), Judged(RIGHT))
    shown = run.effects[0]
    assert isinstance(shown, ShowVerdict)
    assert (shown.proposed, shown.attempt) == (Rating.HARD, 2)


def test_giving_up_a_code_answer_is_final() -> None:
    run = Run("s-write")
    run(Answered(GaveUp()), Judged(WRONG))
    assert isinstance(run.session.stage, Rate)
    assert run.session.stage.proposed is Rating.AGAIN


def test_a_skipped_question_comes_back_at_the_end_and_nothing_is_recorded() -> None:
    run = Run(*QUEUE)
    assert kinds(run(Skipped())) == [Notice, Ask]
    assert (run.asked, run.session.queue) == ("s-claim", ("s-number", "s-choice"))


def test_suspending_and_burying_go_on_with_the_next_question() -> None:
    run = Run(*QUEUE)
    assert kinds(run(SuspendAsked())) == [Suspend, Notice, Ask]
    run(Answered(GaveUp()), Judged(WRONG), BuryAsked())
    assert run.asked == "s-number"


def test_undo_before_rating_asks_the_question_again_and_touches_no_log() -> None:
    run = Run(*QUEUE)
    run(PICK, Judged(WRONG))
    assert kinds(run(UndoAsked())) == [Notice, Ask]
    assert run.asked == "s-choice"


def test_undo_takes_back_the_log_s_newest_entry_and_keeps_the_question_on_screen_for_later() -> None:
    run = Run(*QUEUE)
    run(PICK, Judged(WRONG), Chosen(Rating.AGAIN))
    assert run(UndoAsked()) == (TakeBack(),)
    assert kinds(run(TakenBack(rated("s-choice")))) == [Notice, Ask]
    assert run.asked == "s-choice"
    assert run.session.queue == ("s-claim", "s-number")
    assert (run.session.waiting, run.session.done) == ((), ())


def test_undo_works_on_the_summary_and_for_a_question_of_an_earlier_session() -> None:
    run = Run("s-choice")
    run(PICK, Judged(RIGHT), Chosen(Rating.GOOD), UndoAsked(), TakenBack(rated("s-claim")))
    assert run.asked == "s-claim"
    assert len(run.session.done) == 1


def test_undo_says_so_when_there_is_nothing_or_the_question_is_gone() -> None:
    run = Run("s-choice")
    assert run(TakenBack(None)) == (Notice("nothing to undo"),)
    assert run(TakenBack(rated("gone"))) == (Notice("undone: {about}, which is in no deck now", "gone"),)
    assert run.asked == "s-choice"


def test_leaving_counts_what_was_not_reached_and_what_was_not_rated() -> None:
    run = Run(*QUEUE)
    run(PICK, Judged(RIGHT), Left())
    assert run.session.stage == Over(left=True, unrated=True)
    assert run.session.left_over == 3


def test_an_event_out_of_place_changes_nothing() -> None:
    run = Run(*QUEUE)
    before = run.session
    assert run(Chosen(Rating.GOOD)) == (Notice("answer the question first"),)
    assert run.session == before
    run(PICK)
    assert run(Chosen(Rating.GOOD)) == (Notice("still judging"),)
    run(Judged(RIGHT))
    assert run(PICK) == (Notice("rate the answer first: 1 to 4"),)


EVENTS = st.one_of(
    st.just(PICK),
    st.just(Answered(GaveUp())),
    st.sampled_from([Judged(RIGHT), Judged(WRONG)]),
    st.sampled_from(list(Rating)).map(Chosen),
    st.sampled_from([HintAsked(), Skipped(), SuspendAsked(), BuryAsked(), UndoAsked(), Reasked(), Left()]),
    st.sampled_from([Helped(), RetryAsked()]),
    st.sampled_from([None, *(make(id_) for make in (rated, suspended, starred) for id_ in QUESTIONS)]).map(TakenBack),
)


@given(st.lists(EVENTS, max_size=40))
def test_no_order_of_events_loses_a_question(events: list[Event]) -> None:
    """Each question is on screen, still to come, rated, put away, or was never drawn; and none is there twice."""
    run = Run(*QUEUE)
    put_away: set[str] = set()
    for event in events:
        fits = not isinstance(event, Answered) or not isinstance(event.answer, Picked) or run.asked == "s-choice"
        if not fits:
            continue
        for effect in run(event):
            if isinstance(effect, Suspend | Bury):
                put_away.add(effect.question.id)
        coming = where(run.session)
        assert len(coming) == len(set(coming))
        rated = {done.question for done in run.session.done}
        assert set(QUEUE) <= {*coming, *rated, *put_away}


def where(session: Session) -> list[str]:
    """List the questions on screen and still to come."""
    match session.stage:
        case Asking(question=id_) | Judging(asked=Asking(question=id_)) | Rate(asked=Asking(question=id_)):
            on_screen = [id_]
        case Over():
            on_screen = []
    if session.retrying:  # those are asked beside the session's own questions
        return list(session.put_off)
    return [*on_screen, *session.queue, *(waiting.question for waiting in session.waiting), *session.put_off]


def test_what_was_missed_can_be_retried_without_rating() -> None:
    run = Run("s-choice", "s-claim", "s-number")
    run(PICK, Judged(WRONG), Chosen(Rating.HARD), Answered(GaveUp()), Judged(RIGHT), Chosen(Rating.GOOD), Left())
    assert run.session.left_over == 1
    assert kinds(run(RetryAsked())) == [Ask]
    assert run.asked == "s-choice"
    shown = run(PICK, Judged(RIGHT))[0]
    assert isinstance(shown, ShowVerdict)
    assert not shown.counts
    assert kinds(run(Chosen(Rating.EASY))) == [Finish]
    assert [done.question for done in run.session.retried] == ["s-choice"]
    assert (len(run.session.done), run.session.left_over) == (2, 1)


def test_a_right_answer_after_running_the_code_is_proposed_hard() -> None:
    run = Run("s-choice")
    run(Helped(), PICK, Judged(RIGHT))
    assert isinstance(run.session.stage, Rate)
    assert run.session.stage.proposed is Rating.HARD


def test_taking_back_a_suspension_keeps_the_ratings_before_it() -> None:
    run = Run(*QUEUE)
    run(PICK, Judged(WRONG), Chosen(Rating.AGAIN), UndoAsked(), TakenBack(suspended("s-choice")))
    assert (run.asked, len(run.session.done)) == ("s-choice", 1)


def test_taking_back_a_star_leaves_the_question_on_screen_as_it_is() -> None:
    run = Run(*QUEUE)
    run(HintAsked())
    before = run.session
    assert run(TakenBack(starred("s-claim"))) == (Notice("undone: {about} has no star", "s-claim"),)
    assert run.session == before
