"""The commands about memory and their options; each body imports what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ptquiz.cli.groups import environment_of
from ptquiz.cli.options import Json, Topics


def due(
    context: typer.Context,
    topic: Topics = None,
    json: Json = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1, and print nothing, when nothing is due.")
    ] = False,
) -> int:
    """List what is due.

    Example: ptquiz due --exit-code && ptquiz practice
    """
    from ptquiz.cli.remembering import run_due

    return run_due(environment_of(context), topics=topic or [], as_json=json, exit_code=exit_code)


def plan(
    context: typer.Context,
    interview: Annotated[str | None, typer.Option("--interview", help="The day, like 2027-01-31.")] = None,
    minutes: Annotated[int, typer.Option("--minutes", min=5, max=600, help="Time for practice each day.")] = 30,
    topic: Topics = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget the plan.")] = False,
    json: Json = False,
) -> int:
    """Prepare for an interview: practice then asks what raises recall on that day most.

    Without options it shows the plan as it stands.

    Example: ptquiz plan --interview 2027-01-31 --minutes 30
    """
    from ptquiz.cli.remembering import run_plan, run_plan_clear

    if clear:
        return run_plan_clear(environment_of(context))
    return run_plan(environment_of(context), interview=interview, minutes=minutes, topics=topic or [], as_json=json)


def stats(
    context: typer.Context,
    topic: Topics = None,
    json: Json = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with charts that needs no network to this file.")
    ] = None,
) -> int:
    """Show what was learned and how ready you are, by topic.

    Example: ptquiz stats -t dropout
    """
    from ptquiz.cli.remembering import run_stats

    return run_stats(environment_of(context), topics=topic or [], as_json=json, html=html)


def tune(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would bring, change nothing.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Go back to the weights used before.")] = False,
    json: Json = False,
) -> int:
    """Fit the memory model to you, and use it only if it predicts your newest answers better.

    Worth it from about 400 reviews on. The older weights are kept.

    Example: ptquiz tune --dry-run
    """
    from ptquiz.cli.remembering import run_tune, run_tune_back

    if back:
        return run_tune_back(environment_of(context))
    return run_tune(environment_of(context), dry_run=dry_run, as_json=json)
