"""What answers are worth, and what a report makes of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec import structs

from ptquiz.domain.interviews import Grade, Interview, Seniority, Style, Terms, Turn
from ptquiz.domain.questions import Level
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import CheckResult, PointResult, Result, Verdict
from ptquiz.session.interview.marking import graded, marked, passed_over, spoken, ticked
from ptquiz.session.interview.report import Cell, report_on
from tests.domain.decks import question

RIGHT, WRONG = Verdict(result=Result.CORRECT), Verdict(result=Result.WRONG)

WORTH = {
    "a right option": ("choice", RIGHT, 1.0),
    "a wrong option": ("choice", WRONG, 0.0),
    "some of the options": ("choices", Verdict(result=Result.PARTLY, got=2, total=3), 0.0),
    "some of the blanks": (
        "fill",
        Verdict(result=Result.PARTLY, got=1, total=2, right_parts=(True, False)),
        0.5,
    ),
    "some of the key points": ("short", Verdict(result=Result.PARTLY, got=1, total=2), 0.5),
    "one of two blanks without its part": ("fill", Verdict(result=Result.PARTLY, got=1, total=2), 0.0),
    "an order with a slip": ("order", Verdict(result=Result.WRONG, got=1, total=3), 0.0),
    "a wrong output": ("predict", Verdict(result=Result.WRONG), 0.0),
    "a quarter of the key points": ("short", Verdict(result=Result.WRONG, got=1, total=4), 0.25),
    "some of the checks": ("write", Verdict(result=Result.WRONG, got=1, total=2), 0.5),
    "a flashcard": ("flashcard", Verdict(result=Result.OPEN), 0.5),
}


@pytest.mark.parametrize(("kind", "verdict", "score"), WORTH.values(), ids=WORTH)
def test_what_an_answer_is_worth(kind: str, verdict: Verdict, score: float) -> None:
    assert marked(question(kind), verdict, answer="x", seconds=1).score == score


def test_an_answer_in_words_stays_open_until_the_candidate_has_corrected_it() -> None:
    points = (PointResult("a", True, "a"), PointResult("b", False))
    turn = marked(
        question("short"), Verdict(result=Result.PARTLY, got=1, total=2, points=points), answer="a", seconds=1
    )
    assert turn.open
    closed = ticked(turn, {0, 1})
    assert (closed.open, closed.score) == (False, 1.0)
    assert ticked(turn, ()).score == 0.0


def test_an_answer_said_aloud_has_its_key_points_to_be_ticked() -> None:
    turn = spoken(question("short"), Grade.GOOD, seconds=40)
    assert (turn.score, turn.open, turn.answer) == (1.0, True, "")
    assert len(turn.points) == 3
    assert not any(point.said for point in turn.points)
    assert graded(turn, Grade.FAIR).score == 0.5


def test_a_question_that_was_passed_over_shows_what_would_have_been_right() -> None:
    turn = passed_over(question("write"), WRONG, seconds=5)
    assert (turn.passed_over, turn.open, turn.score) == (True, False, 0.0)
    assert "softmax(-1)" in turn.right
    assert passed_over(question("choice"), Verdict(result=Result.WRONG, answer="1.25"), seconds=5).right == "1.25"


PASSED = CheckResult("values", True)


def test_a_marked_answer_keeps_what_the_verdict_says() -> None:
    verdict = Verdict(
        result=Result.WRONG,
        answer="1.25",
        whys=("That is 1 - p.",),
        misconceptions=("scales-by-keep",),
        checks=(PASSED,),
        got=0,
    )
    asked = question("choice")
    empty = passed_over(asked, verdict, seconds=7.0, member=3)
    assert empty == Turn(
        question=asked.id,
        member=3,
        topic=asked.deck,
        level=asked.level,
        style=Style.PICKED,
        answer="",
        passed_over=True,
        score=0.0,
        seconds=7.0,
        budget=60.0,
        right="1.25",
    )
    assert marked(asked, verdict, answer="0.8", seconds=7.0, member=3) == structs.replace(
        empty,
        answer="0.8",
        passed_over=False,
        checks=(PASSED,),
        whys=("That is 1 - p.",),
        misconceptions=("scales-by-keep",),
    )
    assert marked(asked, verdict, answer="0.8", seconds=7.0).member == 0
    assert passed_over(asked, verdict, seconds=7.0).member == spoken(asked, Grade.POOR, seconds=7.0).member == 0


@pytest.mark.parametrize(
    ("kind", "right", "points"),
    [
        pytest.param(
            "short", "It sets training to False on every submodule; gradients are still computed.", 3, id="words"
        ),
        pytest.param("flashcard", "`self.train(False)`", 0, id="flashcard"),
        pytest.param("write", "def soft(x):\n    return x.softmax(-1)", 0, id="code"),
        pytest.param("fix", "def soft(x):\n    return x.softmax(-1)", 0, id="mended code"),
        pytest.param("number", "", 0, id="number"),
    ],
)
def test_what_is_right_is_known_without_a_verdict(kind: str, right: str, points: int) -> None:
    asked = question(kind)
    said = spoken(asked, Grade.FAIR, seconds=4.0, member=2)
    assert (said.right, len(said.points), said.member, said.spoken) == (right, points, 2, True)
    assert (said.score, said.seconds, said.passed_over) == (0.5, 4.0, False)
    assert [point.text for point in said.points] == [point.text for point in getattr(asked, "points", ())]
    typed = marked(asked, Verdict(result=Result.OPEN), answer="x", seconds=4.0)
    assert (typed.right, typed.points, typed.open) == (right, said.points, kind in ("short", "flashcard"))


def test_ticks_are_the_candidate_s_and_without_key_points_the_score_stays() -> None:
    points = tuple(PointResult(text, said=True) for text in "abcd")
    closed = ticked(structs.replace(turn("q", "a", Level.ANSWER, 1.0), points=points, open=True), {1, 3, 9})
    assert [point.said for point in closed.points] == [False, True, False, True]
    assert (closed.score, closed.open) == (0.5, False)
    bare = structs.replace(turn("q", "a", Level.ANSWER, 0.25), open=True)
    assert ticked(bare, {0}) == structs.replace(bare, open=False)
    assert graded(bare, Grade.POOR) == structs.replace(bare, open=False, score=0.0)


def turn(id: str, topic: str, level: Level, score: float, *missed: str, seconds: float = 30.0) -> Turn:
    return Turn(
        question=id,
        topic=topic,
        level=level,
        style=Style.PICKED,
        answer="",
        score=score,
        seconds=seconds,
        budget=40.0,
        misconceptions=missed,
    )


def held(*turns: Turn) -> Interview:
    terms = Terms(topics=("a", "b"), seniority=Seniority.SENIOR, minutes=20)
    return Interview(id="i", started=datetime(2026, 11, 23, tzinfo=UTC), terms=terms, turns=turns)


TURNS = (
    turn("a1", "a", Level.ANSWER, 0.0, "m1"),
    turn("a2", "a", Level.FOLLOW_UP, 0.5, "m1", "m2"),
    turn("b1", "b", Level.ANSWER, 1.0),
    turn("b2", "b", Level.SOURCE, 1.0, seconds=90.0),
)


def test_a_report_has_the_best_topic_first_and_every_rung_that_was_reached() -> None:
    report = report_on(held(*TURNS))
    assert [(result.topic, result.score) for result in report.topics] == [("b", 1.0), ("a", 0.25)]
    assert set(report.topics[0].levels) == {Level.ANSWER, Level.SOURCE}
    assert report.score == 0.625


def test_strengths_are_the_deepest_first_and_gaps_the_simplest() -> None:
    report = report_on(held(*TURNS))
    assert report.strengths == ("b2", "b1")
    assert report.gaps == ("a1",)


def test_misconceptions_are_counted() -> None:
    assert report_on(held(*TURNS)).misconceptions == (("m1", 2), ("m2", 1))


def test_the_pace_names_what_took_long() -> None:
    pace = report_on(held(*TURNS)).pace
    assert (pace.used, pace.allowed, pace.slow) == (180.0, 160.0, ("b2",))


def test_what_the_schedule_would_hear() -> None:
    proposals = report_on(held(*TURNS)).proposals
    assert proposals == {"a1": Rating.AGAIN, "a2": Rating.HARD, "b1": Rating.GOOD, "b2": Rating.GOOD}


def test_a_report_counts_every_answer_on_its_rung_and_in_its_style() -> None:
    said = structs.replace(turn("a3", "a", Level.ANSWER, 0.75), style=Style.SPOKEN)
    report = report_on(held(*TURNS, said))
    assert [topic.asked for topic in report.topics] == [2, 3]
    worse = report.topics[1]
    assert worse.topic == "a"
    assert worse.score == pytest.approx(1.25 / 3)
    assert worse.levels == {Level.ANSWER: Cell(2, 0.375), Level.FOLLOW_UP: Cell(1, 0.5)}
    assert report.styles == {Style.PICKED: Cell(4, 0.625), Style.SPOKEN: Cell(1, 0.75)}
    assert report.score == pytest.approx((1 + 1.25 / 3) / 2)


def test_gaps_come_up_the_ladder_and_what_is_fair_is_neither() -> None:
    turns = [turn(level, "a", level, score) for level, score in zip(reversed(Level), (0.0, 0.4, 0.49), strict=True)]
    assert report_on(held(*turns)).gaps == tuple(Level)
    fair = report_on(held(turn("q", "a", Level.ANSWER, 0.6)))
    assert (fair.gaps, fair.strengths) == ((), ())


def test_half_as_long_again_as_allowed_is_not_slow() -> None:
    slow = [turn(f"{seconds}", "a", Level.ANSWER, 1.0, seconds=seconds) for seconds in (60.0, 60.1)]
    assert report_on(held(*slow)).pace.slow == ("60.1",)


@pytest.mark.parametrize(
    ("score", "rating"),
    [(0.49, Rating.AGAIN), (0.5, Rating.HARD), (0.74, Rating.HARD), (0.75, Rating.GOOD), (1.0, Rating.GOOD)],
)
def test_a_score_is_proposed_as_a_rating(score: float, rating: Rating) -> None:
    assert report_on(held(turn("q", "a", Level.ANSWER, score))).proposals == {"q": rating}


def test_an_interview_without_an_answer_has_an_empty_report() -> None:
    report = report_on(held())
    assert (report.score, report.topics, report.gaps) == (0.0, (), ())
