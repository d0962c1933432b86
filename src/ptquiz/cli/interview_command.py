"""The interview command and its options; the body imports what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ptquiz.cli.completing import complete_courses, complete_topics
from ptquiz.cli.groups import environment_of
from ptquiz.cli.options import Decks, Plain

Topics = Annotated[
    list[str] | None,
    typer.Argument(help="Topics, in their order; else some of all.", autocompletion=complete_topics),
]
Minutes = Annotated[int | None, typer.Option("--minutes", "-m", min=3, max=240, help="How long it takes; else 20.")]
Level = Annotated[
    Literal["junior", "senior", "research"] | None,
    typer.Option("--level", "-l", help="Whom the interviewer expects; else senior."),
]
Coach = Annotated[bool, typer.Option("--coach", help="A verdict after each answer.")]
Untimed = Annotated[bool, typer.Option("--untimed", help="No clock: as many questions, however long.")]
Course = Annotated[
    str | None,
    typer.Option("--course", help="The topics and levels of a course.", autocompletion=complete_courses),
]
New = Annotated[bool, typer.Option("--new", help="Do not offer to go on with one that was cut off.")]
Script = Annotated[Path | None, typer.Option("--script", help="Read the answers from a file of JSON Lines; see docs.")]
History = Annotated[bool, typer.Option("--history", help="List the interviews so far.")]
Show = Annotated[str | None, typer.Option("--show", help='Show an interview again: its id, or "last".')]
Sheet = Annotated[bool, typer.Option("--sheet", help="Print the questions with what to listen for.")]
To = Annotated[Path | None, typer.Option("--to", help="Save the report or sheet: .md or .html.")]
Json = Annotated[bool, typer.Option("--json", help="Print the report or the history as JSON.")]


def interview(
    context: typer.Context,
    topics: Topics = None,
    deck: Decks = None,
    minutes: Minutes = None,
    level: Level = None,
    coach: Coach = False,
    untimed: Untimed = False,
    course: Course = None,
    new: New = False,
    script: Script = None,
    history: History = False,
    show: Show = None,
    sheet: Sheet = False,
    to: To = None,
    plain: Plain = False,
    json: Json = False,
) -> int:
    """Hold a mock interview: follow-ups after each answer, no verdicts until the end.

    An interview that was cut off goes on where it was. Your ratings stay as they are unless you accept
    what the report proposes.

    Example: ptquiz interview dropout batchnorm --minutes 20 --level senior
    """
    from ptquiz.cli.interview_hall import InterviewOptions
    from ptquiz.cli.interview_reports import run_history, run_sheet, run_show
    from ptquiz.cli.interviewing import run_interview
    from ptquiz.domain.interviews import Seniority

    environment = environment_of(context)
    options = InterviewOptions(
        topics=tuple(topics or ()),
        decks=tuple(deck or ()),
        minutes=minutes,
        level=Seniority(level) if level else None,
        coach=coach,
        timed=not untimed,
        course=course,
        new=new,
        script=script,
        to=to,
        plain=plain,
        json=json,
    )
    if history:
        return run_history(environment, options)
    if show is not None:
        return run_show(environment, options, show)
    if sheet:
        return run_sheet(environment, options)
    return run_interview(environment, options)
