"""Put the pieces of the course commands together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import for_this_torch, history_of, open_decks, open_journal, open_screen, warn_of_broken_decks
from ptquiz.commands.agenda import model
from ptquiz.commands.courses import CourseReport, find_course, report_course
from ptquiz.domain.courses import Course
from ptquiz.errors import ExitCode
from ptquiz.ui.course_view import show_course, show_courses
from ptquiz.ui.json_view import SCHEMA, show_json, show_report


def run_course_list(environment: Environment, *, as_json: bool) -> int:
    """List the courses; return the exit code."""
    screen = open_screen(environment)
    reports = _reports(environment, None)
    if as_json:
        from msgspec import to_builtins

        show_json(screen, {"schema": SCHEMA, "courses": to_builtins(reports)})
    else:
        show_courses(screen, reports)
    return ExitCode.DONE


def run_course_show(environment: Environment, name: str, *, as_json: bool) -> int:
    """Show one course; return the exit code. Raises UsageError for an unknown one."""
    screen = open_screen(environment)
    (report,) = _reports(environment, name)
    if as_json:
        show_report(screen, report)
    else:
        show_course(screen, report)
    return ExitCode.DONE


def _reports(environment: Environment, name: str | None) -> list[CourseReport]:
    library = open_decks(environment)
    warn_of_broken_decks(environment, library)
    courses: Sequence[Course] = library.collection.courses
    wanted = courses if name is None else [find_course(courses, name)]
    outlines = for_this_torch(environment, library.collection.outlines, silent=True)
    with closing(open_journal(environment)) as journal:
        history = history_of(journal, library)
        states, fsrs = history.states(), model(history)
    now, lang = environment.clock(), environment.lang
    return [report_course(course.in_language(lang), outlines, states, now=now, fsrs=fsrs) for course in wanted]
