"""The commands of `ptquiz state` and their options; each body imports what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ptquiz.cli.completing import complete_questions
from ptquiz.cli.groups import environment_of, help_of_group

state_app = typer.Typer(
    help="The review log: prove it, copy it, bring it back, join two.\n\nExample: ptquiz state check",
    invoke_without_command=True,
    callback=help_of_group,
)


@state_app.command("check")
def state_check(context: typer.Context) -> int:
    """Prove that the log is whole, that replaying it gives the stored state, and that every backup can be restored.

    Example: ptquiz state check
    """
    from ptquiz.cli.keeping import run_state_check

    return run_state_check(environment_of(context))


@state_app.command("rebuild")
def state_rebuild(context: typer.Context) -> int:
    """Replay the log into fresh states.

    Example: ptquiz state rebuild
    """
    from ptquiz.cli.keeping import run_state_rebuild

    return run_state_rebuild(environment_of(context))


@state_app.command("backup")
def state_backup(context: typer.Context) -> int:
    """Copy the log now; practice does so once a day by itself.

    Example: ptquiz state backup
    """
    from ptquiz.cli.keeping import run_state_backup

    return run_state_backup(environment_of(context))


@state_app.command("restore")
def state_restore(
    context: typer.Context,
    backup: Annotated[Path | None, typer.Argument(help="A backup; the newest good one when left out.")] = None,
) -> int:
    """Put a backup in the place of the log; the log that was there is kept.

    Example: ptquiz state restore
    """
    from ptquiz.cli.keeping import run_state_restore

    return run_state_restore(environment_of(context), backup=backup)


@state_app.command("export")
def state_export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; printed when left out.")] = None,
) -> int:
    """Write the log as JSON Lines: one line that names the schema, then one entry a line.

    Example: ptquiz state export reviews.jsonl
    """
    from ptquiz.cli.joining import run_state_export

    return run_state_export(environment_of(context), file=file)


@state_app.command("import")
def state_import(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="What `state export` has written.")]
) -> int:
    """Add the entries of an exported log that are not in this one; a backup is made first.

    Example: ptquiz state import reviews.jsonl
    """
    from ptquiz.cli.joining import run_state_import

    return run_state_import(environment_of(context), file=file)


@state_app.command("merge")
def state_merge(
    context: typer.Context, other: Annotated[Path, typer.Argument(help="The review log of another computer.")]
) -> int:
    """Add the entries of another log that are not in this one; a backup is made first.

    Two logs merged into each other say the same, whichever came first.

    Example: ptquiz state merge /media/laptop/reviews.sqlite3
    """
    from ptquiz.cli.joining import run_state_merge

    return run_state_merge(environment_of(context), other=other)


@state_app.command("archived")
def state_archived(context: typer.Context) -> int:
    """List questions with a history that are in no deck now; they come back when the question does.

    Example: ptquiz state archived
    """
    from ptquiz.cli.joining import run_state_archived

    return run_state_archived(environment_of(context))


@state_app.command("suspended")
def state_suspended(context: typer.Context) -> int:
    """List the questions that are not asked until they are resumed.

    Example: ptquiz state suspended
    """
    from ptquiz.cli.joining import run_state_suspended

    return run_state_suspended(environment_of(context))


@state_app.command("resume")
def state_resume(
    context: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(help="Ids of suspended or buried questions.", autocompletion=complete_questions),
    ],
) -> int:
    """Ask suspended questions again.

    Example: ptquiz state resume dropout-scale
    """
    from ptquiz.cli.joining import run_state_resume

    return run_state_resume(environment_of(context), ids=ids)
