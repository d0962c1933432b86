"""The commands about courses."""

from __future__ import annotations

from typing import Annotated

import typer

from ptquiz.cli.completing import complete_courses
from ptquiz.cli.groups import environment_of, help_of_group
from ptquiz.cli.options import Json

course_app = typer.Typer(
    help="Courses: topics and levels in the order in which they are best learned.\n\nExample: ptquiz course list",
    callback=help_of_group,
    invoke_without_command=True,
)


@course_app.command("list")
def course_list(context: typer.Context, json: Json = False) -> int:
    """List the courses and how far you are in each.

    Example: ptquiz course list
    """
    from ptquiz.cli.coursing import run_course_list

    return run_course_list(environment_of(context), as_json=json)


@course_app.command("show")
def course_show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The course.", autocompletion=complete_courses)],
    json: Json = False,
) -> int:
    """Show the steps of a course.

    Example: ptquiz course show just-the-core
    """
    from ptquiz.cli.coursing import run_course_show

    return run_course_show(environment_of(context), name, as_json=json)
