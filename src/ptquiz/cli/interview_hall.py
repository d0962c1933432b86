"""What every interview is held with: the decks, the earlier interviews, and what is agreed."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import for_this_torch, open_decks, warn_of_broken_decks
from ptquiz.commands.courses import find_course
from ptquiz.commands.explain import find_topic
from ptquiz.commands.interview_terms import topics_for
from ptquiz.commands.library import Library
from ptquiz.domain.interviews import Seniority, Terms
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.store.interviews import InterviewFiles
from ptquiz.ui.terminal.screen import Screen

MINUTES = 20
"""How long an interview takes, unless somebody says."""


class InterviewOptions(Struct, frozen=True, kw_only=True):
    """What the command line asks for."""

    topics: tuple[str, ...] = ()
    decks: tuple[Path, ...] = ()
    minutes: int | None = None
    level: Seniority | None = None
    coach: bool = False
    timed: bool = True
    course: str | None = None
    new: bool = False
    script: Path | None = None
    to: Path | None = None
    plain: bool = False
    json: bool = False


class Hall(Struct, frozen=True):
    """What every interview on this machine is held with."""

    environment: Environment
    screen: Screen
    library: Library
    files: InterviewFiles
    questions: dict[QuestionId, Question]
    """In the candidate's language, true for the torch at hand."""


def open_hall(environment: Environment, screen: Screen, options: InterviewOptions, *, silent: bool = False) -> Hall:
    """Open the decks and the earlier interviews."""
    library = open_decks(environment, list(options.decks))
    if not silent:
        warn_of_broken_decks(environment, library)
    told = library.collection.in_language(environment.lang).questions
    suited = {id: told[id] for id in for_this_torch(environment, library.collection.outlines, silent=silent)}
    return Hall(environment, screen, library, interview_files(environment), suited)


def interview_files(environment: Environment) -> InterviewFiles:
    """Name the folder of the interviews."""
    return InterviewFiles(environment.paths.interviews)


def terms_of(hall: Hall, options: InterviewOptions) -> Terms:
    """Settle the topics. Raises UsageError for an unknown one."""
    collection = hall.library.collection
    if options.course is not None:
        course = find_course(collection.courses, options.course).in_language(hall.environment.lang)
        return Terms(
            topics=course.topics,
            seniority=options.level or course.seniority,
            minutes=options.minutes or course.minutes,
            timed=options.timed,
            coach=options.coach,
            levels=course.levels,
            profile=course.title,
        )
    decks = [deck for deck in collection.decks if deck.questions]
    topics = tuple(find_topic(decks, topic).deck for topic in dict.fromkeys(options.topics))
    minutes = options.minutes or MINUTES
    return Terms(
        topics=topics or topics_for(minutes, decks, hall.files.all()),
        seniority=options.level or Seniority.SENIOR,
        minutes=minutes,
        timed=options.timed,
        coach=options.coach,
    )
