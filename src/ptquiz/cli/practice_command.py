"""The practice command and its options; the body imports what it needs."""

from __future__ import annotations

from typing import Annotated

import typer

from ptquiz.cli.completing import complete_courses
from ptquiz.cli.groups import environment_of
from ptquiz.cli.options import Decks, Plain, Topics

MOST = 1_000_000
"""Questions a day, as in the settings."""
LONGEST = 36_500
"""Days that somebody can look ahead: the longest interval."""

Course = Annotated[
    str | None,
    typer.Option("--course", help="Only what a course asks, in its order.", autocompletion=complete_courses),
]
New = Annotated[
    int | None,
    typer.Option("--new", min=0, max=MOST, help="New questions per day, of all topics; else as set, or 10."),
]
Reviews = Annotated[
    int | None, typer.Option("--reviews", min=0, max=MOST, help="Reviews per day; else as set, or 200.")
]
Ahead = Annotated[int | None, typer.Option("--ahead", min=1, max=LONGEST, help="Ask, too, what is due within DAYS.")]
Cram = Annotated[bool, typer.Option("--cram", help="Ask everything, due or not.")]
Weakest = Annotated[bool, typer.Option("--weakest", help="Ask what you would most likely miss now.")]
AgainFailed = Annotated[bool, typer.Option("--again-failed", help="Ask what you rated Again on the last study day.")]
Starred = Annotated[bool, typer.Option("--starred", help="Ask what you starred.")]
Misconception = Annotated[str | None, typer.Option("--misconception", help="Ask what shows this misconception.")]
Reschedule = Annotated[
    bool, typer.Option("--reschedule", help="Let questions that are not due move in the schedule, too.")
]
Json = Annotated[
    bool, typer.Option("--json", help="Speak JSON Lines with another program; see docs/reference/json.md.")
]


def practice(
    context: typer.Context,
    topic: Topics = None,
    course: Course = None,
    deck: Decks = None,
    new: New = None,
    reviews: Reviews = None,
    ahead: Ahead = None,
    cram: Cram = False,
    weakest: Weakest = False,
    again_failed: AgainFailed = False,
    starred: Starred = False,
    misconception: Misconception = None,
    reschedule: Reschedule = False,
    plain: Plain = False,
    json: Json = False,
) -> int:
    """Ask what is due, then new questions.

    Questions that are not due can be practised with --ahead, --cram, --weakest, --again-failed,
    --starred and --misconception; they are logged, but their schedule does not move.

    Example: ptquiz practice -t dropout --new 5
    """
    from ptquiz.cli.choosing import selection_of
    from ptquiz.cli.wiring import run_practice
    from ptquiz.commands.agenda import Wishes

    selection = selection_of(
        ahead=ahead,
        cram=cram,
        weakest=weakest,
        again_failed=again_failed,
        starred=starred,
        misconception=misconception,
    )
    settings = environment_of(context).settings
    own_limits = new is not None or reviews is not None
    new = settings.number("new_per_day") if new is None else new
    reviews = settings.number("reviews_per_day") if reviews is None else reviews
    wishes = Wishes(new, reviews, tuple(topic or ()), selection, moves=reschedule, own_limits=own_limits)
    return run_practice(environment_of(context), wishes, decks=deck or [], course=course, plain=plain, json=json)
