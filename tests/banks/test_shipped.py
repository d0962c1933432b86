"""What the shipped banks promise: enough questions of enough kinds, proven, varied and translated."""

from __future__ import annotations

import pytest

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.outlining import outlines_of
from ptquiz.banks.reader import read_deck
from ptquiz.commands.coverage import KINDS, Coverage, cover
from ptquiz.domain.decks import Deck
from ptquiz.domain.outlines import Related
from ptquiz.domain.questions import Level
from ptquiz.paths import shipped_questions

QUESTIONS = shipped_questions()
TOPICS = [path.stem for path in sorted(QUESTIONS.glob("*.yaml")) if "." not in path.stem]
CORE = ("train-eval", "dropout", "batchnorm", "no-grad")


@pytest.fixture(scope="module")
def shipped() -> Collection:
    return collect(deck_files([QUESTIONS]), read_deck)


@pytest.fixture(scope="module")
def coverage(shipped: Collection) -> Coverage:
    return cover(shipped.decks, shipped.translations)


def found(shipped: Collection, topic: str) -> Deck:
    deck = shipped.deck(topic)
    assert deck is not None
    return deck


def test_every_file_can_be_read(shipped: Collection) -> None:
    assert [str(problem) for problem in shipped.problems] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_enough_of_everything(coverage: Coverage, topic: str) -> None:
    (summary,) = (each for each in coverage.summaries if each.topic == topic)
    core = topic in CORE
    assert summary.questions >= (45 if core else 14)
    assert summary.kinds >= (len(KINDS) if core else 6)
    assert summary.proven >= (0.7 if core else 0.6) * summary.questions
    assert summary.families >= (8 if core else 3)
    assert summary.tasks >= (6 if core else 1)
    assert summary.wrong >= 3 * summary.tasks
    assert summary.sections >= 3
    assert all(coverage.count(topic=topic, level=level) for level in Level)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_wholly_in_chinese(shipped: Collection, coverage: Coverage, topic: str) -> None:
    (summary,) = (each for each in coverage.summaries if each.topic == topic)
    assert summary.translated.get("zh") == summary.questions
    assert [str(problem) for problem in shipped.untranslated if f"{topic}." in problem.place.file] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_every_question_is_reached_from_an_opening_one(shipped: Collection, topic: str) -> None:
    questions = {question.id: question for question in found(shipped, topic).questions}
    followed = {id_ for question in questions.values() for id_ in question.follows}
    openings = [question for question in questions.values() if question.id not in followed]
    assert any(question.level is Level.ANSWER and question.follows for question in openings)
    assert dict(Related(outlines_of(questions.values()))).keys() == questions.keys()


def test_ranks_put_the_topics_in_one_order(shipped: Collection) -> None:
    ranks = [deck.rank for deck in shipped.decks]
    assert len(set(ranks)) == len(ranks)


def test_every_course_asks_what_exists(shipped: Collection) -> None:
    assert shipped.courses
    for course in shipped.courses:
        assert course.translations.keys() >= {"zh"}
        for step in course.steps:
            levels = [q.level for q in found(shipped, step.topic).questions]
            assert all(level in levels for level in step.levels), (course.course, step)
