"""Look at courses: what they hold and how far the learner is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.suggesting import meant
from ptquiz.domain.courses import Course, Step, chosen, of_step
from ptquiz.domain.outlines import Outlines
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import QuestionState
from ptquiz.errors import UsageError, said
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import recall_on


class StepReport(Struct, frozen=True):
    """How far the learner is in one step."""

    step: Step
    questions: int
    seen: int
    readiness: float
    """The mean predicted recall today, what was never seen counting as 0; from 0 to 1."""


class CourseReport(Struct, frozen=True):
    """How far the learner is in a course."""

    course: str
    title: str
    about: str
    questions: int
    seen: int
    readiness: float
    steps: tuple[StepReport, ...]


def find_course(courses: Sequence[Course], name: str) -> Course:
    """Return a course by its name. Raises UsageError with a suggestion for an unknown one."""
    for course in courses:
        if course.course == name:
            return course
    details = (said("ptquiz course list shows the courses"),)
    suggested = meant(name, (course.course for course in courses))
    raise UsageError(said('no course "{name}".{meant}', name=name, meant=suggested), details=details)


def report_course(
    course: Course,
    outlines: Outlines,
    states: Mapping[QuestionId, QuestionState],
    *,
    now: datetime,
    fsrs: Fsrs,
) -> CourseReport:
    """Report on a course step by step; a question of two steps counts once in the whole."""
    today = study_day(now, utc_offset=utc_offset(now))
    seen = {id: state for id, state in states.items() if state.due is not None}
    recall = {id: recall_on(state, today, fsrs=fsrs) for id, state in seen.items()}

    def share(ids: Sequence[QuestionId]) -> float:
        return sum(recall.get(id, 0.0) for id in ids) / len(ids) if ids else 0.0

    steps = []
    for step in course.steps:
        ids = [outline.id for outline in of_step(step, outlines.of_topics([step.topic]).values())]
        steps.append(StepReport(step, len(ids), sum(id in seen for id in ids), share(ids)))
    every = list(chosen(course, outlines.of_topics(course.topics)))
    return CourseReport(
        course.course,
        course.title,
        course.about,
        len(every),
        sum(id in seen for id in every),
        share(every),
        tuple(steps),
    )
