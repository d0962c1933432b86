"""What answers are worth, and what a report makes of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ptquiz.domain.interviews import Grade, Interview, Seniority, Style, Terms, Turn
from ptquiz.domain.questions import Level
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import PointResult, Result, Verdict
from ptquiz.session.interview.marking import graded, marked, passed_over, spoken, ticked
from ptquiz.session.interview.report import report_on
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


def test_an_interview_without_an_answer_has_an_empty_report() -> None:
    report = report_on(held())
    assert (report.score, report.topics, report.gaps) == (0.0, (), ())
