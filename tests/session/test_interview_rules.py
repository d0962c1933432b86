"""The rules by which an interviewer moves: time, rungs, styles, code; and that a draw is repeatable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from msgspec import structs

from ptquiz.domain.interviews import Interview, Seniority, Style, Turn
from ptquiz.domain.questions import Flashcard, Level, Question, QuestionId
from ptquiz.session.interview.interviewer import Interviewer
from tests.session.test_interviewer import ANSWER, FOLLOW_UP, SOURCE, answered, claim, interview, number, short, task


def asked(questions: Iterable[Question], talk: Interview) -> QuestionId | None:
    return Interviewer({question.id: question for question in questions}).next(talk)


def took(question: Question, score: float = 1.0, seconds: float = 30.0) -> Turn:
    return structs.replace(answered(question, score), seconds=seconds)


def draws(questions: Iterable[Question], *turns: Turn, minutes: int = 100) -> set[QuestionId | None]:
    """What a hundred interviews that stand at the same place ask."""
    talk = interview(*turns, minutes=minutes)
    return {asked(questions, structs.replace(talk, id=f"i{n}")) for n in range(100)}


ROOT = short("root", ANSWER)
B = short("b", ANSWER, deck="b")


@pytest.mark.parametrize(
    "candidates",
    [
        pytest.param((short("x", FOLLOW_UP), short("first", ANSWER)), id="the highest rung"),
        pytest.param((short("x", ANSWER), short("first", ANSWER, "x2"), short("x2", SOURCE)), id="what leads on"),
        pytest.param((claim("x", ANSWER), short("first", ANSWER)), id="words"),
        pytest.param((short("x", ANSWER, difficulty=3), short("first", ANSWER, difficulty=1)), id="the easier one"),
        pytest.param((short("x", FOLLOW_UP, "y"), short("first", ANSWER)), id="a rung before what leads on"),
        pytest.param((claim("first", ANSWER, "y"), short("x", ANSWER)), id="what leads on before words"),
        pytest.param((claim("x", ANSWER), short("first", ANSWER, difficulty=3)), id="words before the easier one"),
        pytest.param((short("root", SOURCE, "x"), short("x", ANSWER)), id="only what follows no other"),
    ],
)
def test_opens_a_topic_with(candidates: tuple[Question, ...]) -> None:
    wanted = next(each.id for each in candidates if each.id in ("first", "root"))
    assert asked(candidates, interview()) == wanted


def test_opens_with_what_follows_when_the_question_before_it_was_asked_already() -> None:
    levels = (short("source", SOURCE, "next"), short("next", ANSWER))
    talk = interview()
    talk = structs.replace(talk, terms=structs.replace(talk.terms, levels={"a": (ANSWER,)}))
    assert asked(levels, talk) == "next"


def test_a_topic_has_its_share_of_the_time_to_the_second() -> None:
    ladder = (ROOT, short("more", ANSWER), B)
    assert asked(ladder, interview(took(ROOT, seconds=599.9))) == "more"
    assert asked(ladder, interview(took(ROOT, seconds=600.0))) == "b"


def test_a_topic_is_stayed_in_while_no_other_has_anything() -> None:
    ladder = (ROOT, short("more", ANSWER), task("b-task", ANSWER, deck="b"))
    assert asked(ladder, interview(took(ROOT, seconds=1000.0))) == "more"
    poor = [took(short(f"p{n}", ANSWER), 0.0) for n in range(3)]
    assert asked(ladder, interview(*poor)) in ("root", "more")


@pytest.mark.parametrize(
    ("scores", "stays"),
    [
        pytest.param((0.0,), True, id="one poor answer"),
        pytest.param((0.0, 0.0), False, id="two"),
        pytest.param((0.0, 1.0, 0.0), True, id="a good one between"),
        pytest.param((0.0, 0.0, 0.5), True, id="a fair one after"),
        pytest.param((1.0, 0.0, 0.0), False, id="two after a good one"),
    ],
)
def test_two_poor_answers_in_a_row_end_a_topic(scores: tuple[float, ...], stays: bool) -> None:
    said = [short(f"s{n}", ANSWER) for n in range(len(scores))]
    turns = [took(question, score) for question, score in zip(said, scores, strict=True)]
    assert asked((*said, short("more", ANSWER), B), interview(*turns)) == ("more" if stays else "b")


def test_goes_back_to_a_topic_that_was_left_when_all_were_opened() -> None:
    a = [short(f"a{n}", ANSWER) for n in range(4)]
    b = [short(f"b{n}", ANSWER, deck="b") for n in range(2)]
    poor = [*(took(each, 0.0) for each in a[:2]), *(took(each, 0.0) for each in b)]
    assert draws([*a, *b], *poor) == {"a2", "a3"}
    assert draws([*a[:3], *b, short("b2", ANSWER, deck="b")], *poor) == {"a2"}


def test_another_topic_comes_before_more_of_one_that_goes_badly() -> None:
    a: list[Question] = [short(f"a{n}", ANSWER) for n in range(3)]
    b = [short(f"b{n}", ANSWER, deck="b") for n in range(2)]
    assert draws([*a, *b], took(b[0]), took(a[0], 0.0), took(a[1], 0.0)) == {"b1"}


def test_the_only_topic_is_followed_down_whatever_time_it_had() -> None:
    root = short("root", ANSWER, "next")
    ladder = [root, short("next", FOLLOW_UP), short("level", ANSWER)]
    assert draws(ladder, took(root, seconds=1000.0), minutes=20) == {"next"}


def test_after_nothing_but_code_words_come_first() -> None:
    coded = task("coded", ANSWER)
    here: list[Question] = [coded, claim("claim", ANSWER), number("number", ANSWER), short("words", ANSWER)]
    assert draws(here, took(coded)) == {"words"}


def test_goes_down_by_what_follows_or_else_by_one_rung() -> None:
    root = short("root", ANSWER, "f1", "f2")
    below = [short(name, FOLLOW_UP) for name in ("f1", "f2", "f3")]
    rest = [short("deep", SOURCE), short("level", ANSWER)]
    assert draws([root, *below, *rest], took(root)) == {"f1", "f2"}
    assert draws([root, below[2], *rest], took(root)) == {"f3"}
    assert draws([root, *rest], took(root)) == {"deep", "level"}
    assert draws([root, below[2], *rest], took(root), took(below[2])) == {"deep"}


def test_after_a_fair_answer_goes_beside_or_else_no_deeper() -> None:
    root = short("root", ANSWER, "f1", "f2", "deep")
    first, second, other = (short(name, FOLLOW_UP) for name in ("f1", "f2", "f3"))
    rest = [short("deep", SOURCE), short("level", ANSWER)]
    turns = (took(root), took(first, 0.5))
    assert draws([root, first, second, other, *rest], *turns) == {"f2"}
    assert draws([root, first, other, *rest], *turns) == {"f3", "level"}
    assert draws([root, first, rest[0]], *turns) == {"deep"}


def test_the_talk_goes_on_from_the_last_words_and_not_from_a_code_task() -> None:
    root, coded = short("root", ANSWER, "next"), task("task", SOURCE)
    ladder: list[Question] = [root, coded, short("next", FOLLOW_UP), short("beside", ANSWER)]
    assert draws(ladder, took(root), took(coded, 0.0)) == {"next"}
    assert draws(ladder, took(root, 0.0), took(coded)) == {"beside"}


def test_a_question_that_is_gone_from_the_decks_leads_to_its_rungs() -> None:
    gone = took(short("gone", ANSWER, "x"))
    ladder = [short("level", ANSWER), short("x", FOLLOW_UP), short("y", FOLLOW_UP)]
    assert draws(ladder, gone) == {"x", "y"}
    assert draws(ladder, structs.replace(gone, score=0.0)) == {"level"}


@pytest.mark.parametrize(
    ("had", "style"),
    [
        pytest.param((1, 0, 0), Style.PREDICTED, id="then one to predict"),
        pytest.param((1, 1, 0), Style.PICKED, id="then one to pick"),
        pytest.param((1, 1, 1), Style.SPOKEN, id="words again"),
        pytest.param((2, 1, 1), Style.PREDICTED, id="three words for two others"),
        pytest.param((3, 1, 2), Style.PREDICTED, id="what was put least"),
        pytest.param((2, 2, 1), Style.PICKED, id="the rarest"),
    ],
)
def test_styles_are_put_in_their_shares(had: tuple[int, int, int], style: Style) -> None:
    makes: tuple[Callable[[str, Level], Question], ...] = (short, number, claim)
    past = [make(f"{n}-{i}", ANSWER) for make, count, n in zip(makes, had, "swp", strict=True) for i in range(count)]
    here = [make(f"next-{n}", ANSWER) for make, n in zip(makes, "swp", strict=True)]
    turns = [took(each, 0.5, seconds=1.0) for each in past]
    wanted = here[[Style.SPOKEN, Style.PREDICTED, Style.PICKED].index(style)]
    assert asked([*past, *here], interview(*turns, minutes=100)) == wanted.id


def test_a_flashcard_counts_as_words() -> None:
    card = Flashcard(id="card", ask="What?", level=ANSWER, explain="So.", answer="It.", deck="a")
    assert asked([card, claim("claim", ANSWER)], interview()) == "card"


def test_draws_are_even_and_repeatable_and_differ_from_turn_to_turn() -> None:
    root = short("root", ANSWER)
    many = [short(f"q{n}", ANSWER) for n in range(4)]
    talks = [structs.replace(interview(took(root, 0.5), minutes=100), id=f"i{n}") for n in range(200)]
    found = [asked([root, *many], talk) for talk in talks]
    assert found == [asked([root, *many], talk) for talk in talks]
    assert set(found) == {question.id for question in many}
    assert min(Counter(found).values()) > 25
    later = [asked([root, *many], structs.replace(talk, turns=talk.turns * 2)) for talk in talks]
    assert found != later


CODE = [task(f"t{n}", ANSWER) for n in range(3)]
WORDS = [short(f"w{n}", ANSWER) for n in range(9)]


@pytest.mark.parametrize(
    ("minutes", "had", "used", "comes"),
    [
        pytest.param(20, 0, 479.0, False, id="too early"),
        pytest.param(20, 0, 480.0, True, id="after two fifths"),
        pytest.param(20, 1, 700.0, False, id="one is enough for a short interview"),
        pytest.param(59, 1, 2500.0, False, id="one for each whole half hour"),
        pytest.param(60, 0, 1440.0, True, id="the first of two"),
        pytest.param(60, 1, 2519.0, False, id="the second too early"),
        pytest.param(60, 1, 2520.0, True, id="the second after seven tenths"),
        pytest.param(60, 2, 3000.0, False, id="no third"),
    ],
)
def test_one_code_task_comes_for_each_half_hour(minutes: int, had: int, used: float, comes: bool) -> None:
    turns = [took(WORDS[0], seconds=used), *(took(each, seconds=0.0) for each in CODE[:had])]
    found = asked([*WORDS, *CODE], interview(*turns, minutes=minutes))
    assert (found in {each.id for each in CODE}) == comes


def test_a_code_task_must_fit_into_what_is_left() -> None:
    assert asked([*WORDS, *CODE], interview(took(WORDS[0], seconds=780.0))) in {"t0", "t1", "t2"}
    assert asked([*WORDS, *CODE], interview(took(WORDS[0], seconds=780.1))) not in {"t0", "t1", "t2"}


def test_a_code_task_is_about_what_was_talked_about_and_preferably_went_well() -> None:
    tasks = [task("a-task", ANSWER), task("b-task", ANSWER, deck="b")]
    a, b = took(ROOT, 0.0, seconds=480.0), took(B, 0.5, seconds=1.0)
    more = [short("a-more", ANSWER), short("b-more", ANSWER, deck="b")]
    assert draws([ROOT, B, *more, *tasks], a, minutes=20) == {"a-task"}
    assert draws([ROOT, B, *more, *tasks], a, b, minutes=20) == {"b-task"}
    assert draws([ROOT, B, *more, *tasks], a, structs.replace(b, score=0.0), minutes=20) == {"a-task", "b-task"}


@pytest.mark.parametrize(
    ("seniority", "hardest", "deepest"),
    [
        (Seniority.JUNIOR, 3, FOLLOW_UP),
        (Seniority.SENIOR, 4, SOURCE),
        (Seniority.RESEARCH, 5, SOURCE),
    ],
)
def test_nobody_is_asked_beyond_their_seniority(seniority: Seniority, hardest: int, deepest: Level) -> None:
    ladder = [short(f"{level} {n}", level, difficulty=n) for level in Level for n in range(1, 6)]
    talk, seen = interview(minutes=100, seniority=seniority), []
    while (id_ := asked(ladder, talk)) is not None:
        seen.append(next(question for question in ladder if question.id == id_))
        talk = structs.replace(talk, turns=(*talk.turns, took(seen[-1], seconds=1.0)))
    levels = list(Level)
    assert {q.difficulty for q in seen} == set(range(1, hardest + 1))
    assert {q.level for q in seen} == set(levels[: levels.index(deepest) + 1])
    assert len(seen) == hardest * (levels.index(deepest) + 1)


def test_begins_with_the_first_topic_that_has_anything() -> None:
    assert asked([B], interview()) == "b"
    assert asked([task("task", ANSWER), B], interview()) == "b"
    assert asked([], interview()) is None
