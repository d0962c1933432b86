"""What an interviewer asks next, after good and poor answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from ptquiz.domain.interviews import Grade, Interview, Seniority, Style, Terms, Turn, budget, style_of
from ptquiz.domain.questions import (
    CodeCheck,
    Level,
    Number,
    Point,
    Question,
    QuestionId,
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.snippets import Snippet
from ptquiz.session.interview.interviewer import Interviewer, spent

ANSWER, FOLLOW_UP, SOURCE = Level.ANSWER, Level.FOLLOW_UP, Level.SOURCE
NOTHING = Snippet("")


def short(id: str, level: Level, *follows: str, deck: str = "a", difficulty: int = 2) -> Short:
    points = (Point(text="It does.", accept=("does",)),)
    return Short(
        id=id,
        ask="Why?",
        level=level,
        explain="So.",
        answer="It does.",
        points=points,
        follows=follows,
        deck=deck,
        difficulty=difficulty,
    )


def claim(id: str, level: Level, *follows: str, deck: str = "a") -> TrueFalse:
    return TrueFalse(id=id, ask="Is it?", level=level, explain="So.", answer=True, follows=follows, deck=deck)


def number(id: str, level: Level, deck: str = "a") -> Number:
    return Number(id=id, ask="How many?", level=level, explain="So.", value=Snippet("1"), deck=deck)


def task(id: str, level: Level, deck: str = "a") -> Write:
    checks = (CodeCheck(name="c", call=NOTHING, like=NOTHING),)
    return Write(
        id=id, ask="Write.", level=level, explain="So.", starter=NOTHING, solution=NOTHING, checks=checks, deck=deck
    )


LADDER: tuple[Question, ...] = (
    short("root", ANSWER, "left", "right"),
    short("left", FOLLOW_UP, "left-source"),
    short("right", FOLLOW_UP, "right-source"),
    short("left-source", SOURCE),
    short("right-source", SOURCE),
    short("other-answer", ANSWER),
    short("hard", FOLLOW_UP, difficulty=5),
    task("task", FOLLOW_UP),
    short("b-root", ANSWER, "b-next", deck="b"),
    claim("b-next", FOLLOW_UP, deck="b"),
    number("b-number", FOLLOW_UP, deck="b"),
)
QUESTIONS = {question.id: question for question in LADDER}


def interview(
    *turns: Turn, minutes: int = 20, seniority: Seniority = Seniority.SENIOR, timed: bool = True
) -> Interview:
    terms = Terms(topics=("a", "b"), seniority=seniority, minutes=minutes, timed=timed)
    return Interview(id="i", started=datetime(2026, 11, 23, tzinfo=UTC), terms=terms, turns=turns)


def turn(id: QuestionId, score: float = 1.0, seconds: float = 60.0) -> Turn:
    question = QUESTIONS[id]
    return Turn(
        question=id,
        topic=question.deck,
        level=question.level,
        style=style_of(question),
        answer="",
        score=score,
        seconds=seconds,
        budget=budget(question),
    )


def asked_next(*turns: Turn, minutes: int = 20, seniority: Seniority = Seniority.SENIOR) -> QuestionId | None:
    return Interviewer(QUESTIONS).next(interview(*turns, minutes=minutes, seniority=seniority))


def test_opens_with_the_question_that_follows_no_other_and_leads_on() -> None:
    assert asked_next() == "root"


def test_goes_deeper_after_a_good_answer() -> None:
    assert asked_next(turn("root")) in ("left", "right")
    assert asked_next(turn("root"), turn("left")) == "left-source"


def test_goes_sideways_after_a_poor_answer() -> None:
    assert asked_next(turn("root"), turn("left", 0.0)) == "right"


def test_stays_on_the_rung_where_nothing_is_beside() -> None:
    assert asked_next(turn("root", 0.0)) == "other-answer"


def test_leaves_a_topic_after_two_poor_answers_in_a_row() -> None:
    assert asked_next(turn("root"), turn("left", 0.0), turn("right", 0.2)) == "b-root"


def test_leaves_a_topic_that_has_had_its_time() -> None:
    coded = turn("task", seconds=0)
    assert asked_next(coded, turn("root", seconds=599)) in ("left", "right")
    assert asked_next(coded, turn("root", seconds=601)) == "b-root"


def test_ends_when_the_time_is_used_up() -> None:
    assert asked_next(turn("root", seconds=1200)) is None


def test_a_junior_is_asked_nothing_at_source_level_and_nothing_hard() -> None:
    walked = walk(Seniority.JUNIOR, score=1.0, minutes=100)
    assert not {"left-source", "right-source", "hard"} & set(walked)


def test_research_is_asked_everything_there_is() -> None:
    assert set(walk(Seniority.RESEARCH, score=1.0, minutes=100)) == set(QUESTIONS)


def test_a_code_task_comes_once_the_interview_is_under_way_and_fits() -> None:
    assert asked_next(turn("root", seconds=400)) != "task"
    assert asked_next(turn("root", seconds=500)) == "task"
    assert asked_next(turn("root", seconds=1000)) != "task"


def test_a_code_task_comes_before_nothing_at_all() -> None:
    assert walk(Seniority.SENIOR, score=1.0, minutes=100)[-1] == "task"


def test_after_a_code_task_the_talk_goes_on_where_it_was() -> None:
    talk = (turn("root", seconds=300), turn("b-root", seconds=300), turn("task"))
    assert asked_next(*talk) in ("b-next", "b-number")


def test_styles_are_mixed() -> None:
    mixed: list[Question] = [short("root", ANSWER), *(short(f"s{n}", ANSWER) for n in range(3))]
    mixed += [claim(f"c{n}", ANSWER) for n in range(3)]
    mixed += [number(f"n{n}", ANSWER) for n in range(3)]
    questions = {question.id: question for question in mixed}
    first, going = [], interview(minutes=100)
    for _ in range(7):
        id_ = Interviewer(questions).next(going)
        assert id_ is not None
        first.append(style_of(questions[id_]))
        going = structs.replace(going, turns=(*going.turns, answered(questions[id_], 1.0)))
    assert first.count(Style.SPOKEN) == 3
    assert first.count(Style.PREDICTED) == first.count(Style.PICKED) == 2


def test_only_the_levels_agreed_on_are_asked() -> None:
    talk = interview(minutes=100)
    talk = structs.replace(talk, terms=structs.replace(talk.terms, topics=("a",), levels={"a": (SOURCE,)}))
    assert Interviewer(QUESTIONS).next(talk) in ("left-source", "right-source")


def test_without_a_clock_a_question_counts_as_long_as_it_should_take() -> None:
    slow = interview(turn("root", seconds=3600), timed=False)
    assert spent(slow) == budget(QUESTIONS["root"])
    assert Interviewer(QUESTIONS).next(slow) is not None


def answered(question: Question, score: float) -> Turn:
    return Turn(
        question=question.id,
        topic=question.deck,
        level=question.level,
        style=style_of(question),
        answer="",
        score=score,
        seconds=30.0,
        budget=60.0,
    )


def walk(seniority: Seniority, *, score: float, minutes: int) -> list[QuestionId]:
    talk = interview(minutes=minutes, seniority=seniority)
    interviewer = Interviewer(QUESTIONS)
    while (id_ := interviewer.next(talk)) is not None:
        talk = structs.replace(talk, turns=(*talk.turns, answered(QUESTIONS[id_], score)))
    return [turn.question for turn in talk.turns]


@given(st.lists(st.sampled_from(Grade), min_size=20, max_size=20), st.sampled_from(Seniority))
def test_whatever_is_answered_no_question_comes_twice_and_it_ends(grades: list[Grade], seniority: Seniority) -> None:
    talk = interview(minutes=100, seniority=seniority)
    for grade in grades:
        id_ = Interviewer(QUESTIONS).next(talk)
        if id_ is None:
            break
        score = {Grade.POOR: 0.0, Grade.FAIR: 0.6, Grade.GOOD: 1.0}[grade]
        talk = structs.replace(talk, turns=(*talk.turns, answered(QUESTIONS[id_], score)))
    asked = [turn.question for turn in talk.turns]
    assert len(asked) == len(set(asked))
    assert Interviewer(QUESTIONS).next(talk) is None


@pytest.mark.parametrize("seniority", Seniority)
def test_a_poor_candidate_still_sees_every_topic(seniority: Seniority) -> None:
    topics = {QUESTIONS[id_].deck for id_ in walk(seniority, score=0.0, minutes=20)}
    assert topics == {"a", "b"}
