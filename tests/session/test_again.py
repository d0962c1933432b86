"""Retrying what was missed, and bringing back what was taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ptquiz.domain.answers import Coded
from ptquiz.domain.reviews import Buried, Entry, Noted, Rating, Resumed, Starred, Undone, Unstarred
from ptquiz.session.events import (
    Answered,
    Chosen,
    Finish,
    Judged,
    Left,
    Notice,
    Reasked,
    RetryAsked,
    ShowVerdict,
    TakenBack,
)
from ptquiz.session.state import Asking, Done, Over
from tests.session.runs import NOON, QUEUE, RIGHT, WRONG, Run, rated, suspended
from tests.session.test_stages import GAVE_UP, ask, rate


def retrying() -> Run:
    """Two of three were missed, the third was not reached, and the first of the missed is on screen again."""
    run = Run(*QUEUE)
    rate(run, Rating.HARD)
    rate(run, Rating.AGAIN)
    run(Left(), RetryAsked())
    return run


def test_retrying_asks_what_was_missed_and_puts_the_rest_off() -> None:
    run = retrying()
    assert run.effects == (ask("s-choice", 1, 2),)
    assert (run.session.queue, run.session.waiting) == (("s-claim",), ())
    assert run.session.put_off == ("s-number", "s-claim")
    (shown,) = run(GAVE_UP, Judged(WRONG))
    assert isinstance(shown, ShowVerdict)
    assert (shown.counts, shown.proposed) == (False, Rating.AGAIN)
    assert run(Reasked()) == (ask("s-choice", 1, 2), shown)
    assert run(Chosen(Rating.EASY)) == (ask("s-claim", 2, 2),)
    assert run.session.retried == (Done("s-choice", Rating.AGAIN, WRONG),)


def test_retrying_counts_anew_each_time_and_keeps_what_was_put_off() -> None:
    run = retrying()
    for _ in range(2):
        run(GAVE_UP, Judged(RIGHT), Chosen(Rating.GOOD))
    assert run.effects == (Finish(),)
    assert (len(run.session.retried), run.session.left_over) == (2, 2)
    assert run(RetryAsked()) == (ask("s-choice", 1, 2),)
    assert (run.session.retried, run.session.put_off) == ((), ("s-number", "s-claim"))


def test_a_code_answer_that_fails_while_retrying_asks_for_no_rating() -> None:
    run = Run("s-write")
    run(GAVE_UP, Judged(WRONG), Chosen(Rating.HARD), RetryAsked())
    (shown,) = run(Answered(Coded("x = 1")), Judged(WRONG))
    assert isinstance(shown, ShowVerdict)
    assert (shown.proposed, shown.counts, shown.attempt) == (None, False, 1)


def test_leaving_while_retrying_ends_the_retrying_alone() -> None:
    run = retrying()
    run(GAVE_UP, Judged(WRONG))
    assert run(Left()) == (Finish(),)
    assert run.session.stage == Over(left=True, unrated=False)
    assert (run.session.queue, run.session.retrying) == ((), False)
    assert run.session.put_off == ("s-number", "s-claim")


def test_undoing_a_rating_while_retrying_goes_back_to_the_session() -> None:
    run = retrying()
    notice, asked = run(TakenBack(rated("s-claim")))
    assert notice == Notice("undone: {about} is back, its rating is removed", "s-claim")
    assert asked == ask("s-claim", 2, 3)
    assert (run.session.retrying, run.session.queue, run.session.put_off) == (False, ("s-number",), ())
    assert [done.question for done in run.session.done] == ["s-choice"]


def test_only_the_last_rating_of_a_question_is_taken_back() -> None:
    run = Run("s-choice", "s-claim")
    rate(run, Rating.AGAIN)
    rate(run, Rating.GOOD)
    rate(run, Rating.EASY)
    assert [done.question for done in run.session.done] == ["s-choice", "s-claim", "s-choice"]
    run(TakenBack(rated("s-choice")))
    assert [(done.question, done.rating) for done in run.session.done] == [
        ("s-choice", Rating.AGAIN),
        ("s-claim", Rating.GOOD),
    ]


def test_what_was_rated_again_waits_in_turn_until_it_is_asked() -> None:
    run = Run(*QUEUE)
    for _ in QUEUE:
        rate(run, Rating.AGAIN)
    assert run.asked == "s-choice"
    assert [waiting.question for waiting in run.session.waiting] == ["s-claim", "s-number"]


TAKEN_BACK: dict[str, tuple[Entry | None, Notice]] = {
    "nothing": (None, Notice("nothing to undo")),
    "a star": (Starred(id="1", question="s-claim", at=NOON), Notice("undone: {about} has no star", "s-claim")),
    "a star removed": (
        Unstarred(id="1", question="s-claim", at=NOON),
        Notice("undone: {about} has its star again", "s-claim"),
    ),
    "a note": (
        Noted(id="1", question="s-claim", at=NOON, text="x"),
        Notice("undone: the note on {about} is gone", "s-claim"),
    ),
    "a resuming": (Resumed(id="1", question="s-claim", at=NOON), Notice("undone: {about}", "s-claim")),
    "an undoing": (Undone(id="1", question="s-claim", at=NOON, target="0"), Notice("undone: {about}", "s-claim")),
    "what is in no deck": (rated("gone"), Notice("undone: {about}, which is in no deck now", "gone")),
}


@pytest.mark.parametrize(("entry", "notice"), TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_taking_back_says_what_and_leaves_the_question_on_screen(entry: Entry | None, notice: Notice) -> None:
    run = Run(*QUEUE)
    before = run.session
    assert run(TakenBack(entry)) == (notice,)
    assert run.session == before


@pytest.mark.parametrize(
    "entry",
    [suspended("s-claim"), Buried(id="1", question="s-claim", at=NOON, until=NOON.date())],
    ids=["a suspension", "a burial"],
)
def test_what_was_put_away_comes_back_to_the_screen(entry: Entry) -> None:
    run = Run(*QUEUE)
    assert run(TakenBack(entry)) == (Notice("undone: {about} is back", "s-claim"), ask("s-claim", 1, 3))
    assert run.session.queue == ("s-choice", "s-number")
    assert run.session.stage == Asking("s-claim", NOON + timedelta(minutes=1))
