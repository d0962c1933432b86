"""A course: topics and levels in the order in which they are best learned, or asked in an interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct, structs

from ptquiz.domain.interviews import Seniority
from ptquiz.domain.outlines import Outline
from ptquiz.domain.questions import FILLED, Identifier, Level, Question, QuestionId
from ptquiz.domain.snippets import Place

Asked = TypeVar("Asked", bound=Question | Outline)


class Step(Struct, frozen=True, kw_only=True):
    """One topic of a course."""

    topic: Identifier
    levels: tuple[Level, ...] = ()
    """Only these; without any, all."""
    place: Annotated[Place, Meta(extra=FILLED)] = Place()


class CourseWords(Struct, frozen=True, kw_only=True):
    """What a course says of itself in another language."""

    title: str
    about: str = ""


class Course(Struct, frozen=True, kw_only=True):
    """One course file."""

    format: Literal[1]
    """The version of the deck language."""
    course: Identifier
    """What the user types after `--course`."""
    title: str
    about: str = ""
    """For whom it is, and what it leads to."""
    seniority: Seniority = Seniority.SENIOR
    """Whom an interview by this course expects."""
    minutes: Annotated[int, Meta(ge=3, le=240)] = 30
    """How long an interview by this course takes."""
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    """In order; a topic may come again at a deeper level."""
    translations: dict[str, CourseWords] = {}
    """Its words in other languages, by their code."""
    place: Annotated[Place, Meta(extra=FILLED)] = Place()

    def in_language(self, language: str) -> Course:
        """Return the course with its words in a language, as far as it has them."""
        words = self.translations.get(language)
        return self if words is None else structs.replace(self, title=words.title, about=words.about or self.about)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics in order, each once."""
        return tuple(dict.fromkeys(step.topic for step in self.steps))

    @property
    def levels(self) -> dict[str, tuple[Level, ...]]:
        """The levels of each topic that is not asked as a whole."""
        whole = {step.topic for step in self.steps if not step.levels}
        found: dict[str, tuple[Level, ...]] = {}
        for step in self.steps:
            if step.topic not in whole:
                found[step.topic] = (*found.get(step.topic, ()), *step.levels)
        return found


def chosen(course: Course, questions: Mapping[QuestionId, Asked]) -> dict[QuestionId, Asked]:
    """Return the questions of a course, or their outlines, step by step."""
    by_topic: dict[str, list[Asked]] = {}
    for question in questions.values():
        by_topic.setdefault(question.deck, []).append(question)
    return {question.id: question for step in course.steps for question in of_step(step, by_topic.get(step.topic, ()))}


def of_step(step: Step, questions: Iterable[Asked]) -> list[Asked]:
    """Return those questions of a topic that a step asks."""
    return [question for question in questions if not step.levels or question.level in step.levels]
