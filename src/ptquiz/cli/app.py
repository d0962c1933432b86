"""Commands and their options; each body imports what it needs, so that a start loads little."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ptquiz.cli.environment import Environment

app = typer.Typer(
    help="Interview-prep quizzes about PyTorch, examined by PyTorch itself. Everything stays on this machine.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)


def _help_of_group(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


deck_app = typer.Typer(help="Your own decks.", invoke_without_command=True, callback=_help_of_group)
app.add_typer(deck_app, name="deck")
state_app = typer.Typer(
    help="The review log: prove it, copy it, bring it back.", invoke_without_command=True, callback=_help_of_group
)
app.add_typer(state_app, name="state")

NEW_PER_DAY = 10

Topics = Annotated[list[str] | None, typer.Option("--topic", "-t", help="Only this topic; may be repeated.")]
Decks = Annotated[
    list[Path] | None, typer.Option("--deck", "-d", help="Only this deck file or folder; may be repeated.")
]
Plain = Annotated[bool, typer.Option("--plain", help="One answer per line, no colours, no control characters.")]


def _environment(context: typer.Context) -> Environment:
    environment = context.obj
    assert isinstance(environment, Environment)
    return environment


def _version(wanted: bool) -> None:
    if wanted:
        from ptquiz import __version__

        typer.echo(f"ptquiz {__version__}")
        raise typer.Exit


@app.callback()
def _all(
    context: typer.Context,
    python: Annotated[
        Path | None, typer.Option("--python", help="An interpreter whose torch judges instead of this one's.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    if python is not None:
        context.obj = replace(_environment(context), python=str(python))
    if context.invoked_subcommand is None:
        from ptquiz.cli.wiring import run_overview

        run_overview(_environment(context))


@app.command()
def practice(
    context: typer.Context,
    topic: Topics = None,
    deck: Decks = None,
    new: Annotated[int, typer.Option("--new", min=0, help="New questions per day.")] = NEW_PER_DAY,
    plain: Plain = False,
) -> int:
    """Ask what is due, then new questions.

    Example: ptquiz practice -t dropout --new 5
    """
    from ptquiz.cli.wiring import run_practice

    return run_practice(_environment(context), topics=topic or [], decks=deck or [], new=new, plain=plain)


@app.command()
def explain(
    context: typer.Context,
    topic: Annotated[str | None, typer.Argument(help="A topic; without one, list them.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="Change a value in the code, like p=0.9; may be repeated.")
    ] = None,
    plain: Plain = False,
) -> int:
    """Teach a topic, with code that runs while you read.

    Example: ptquiz explain dropout
    """
    from ptquiz.cli.wiring import run_explain

    return run_explain(_environment(context), topic=topic, values=values or [], plain=plain)


@app.command()
def check(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Deck files, or folders of them.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=16, help="How many to prove at once.")] = 2,
) -> int:
    """Prove everything that decks claim by running it.

    Example: ptquiz check questions
    """
    from ptquiz.cli.wiring import run_check

    return run_check(_environment(context), paths=paths, jobs=jobs)


@app.command()
def stats(context: typer.Context) -> int:
    """Count what was learned, by topic."""
    from ptquiz.cli.wiring import run_stats

    return run_stats(_environment(context))


@app.command()
def doctor(context: typer.Context) -> int:
    """Show what this installation can do: torch, the sandbox, the review log."""
    from ptquiz.cli.wiring import run_doctor

    return run_doctor(_environment(context))


@deck_app.command("list")
def deck_list(context: typer.Context) -> int:
    """List the decks, where they are and how many questions they have."""
    from ptquiz.cli.wiring import run_deck_list

    return run_deck_list(_environment(context))


@deck_app.command("add")
def deck_add(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A deck file, or a folder of them.")],
    trust: Annotated[
        bool | None, typer.Option("--trust/--no-trust", help="Let its code run, or not; asked when left out.")
    ] = None,
) -> int:
    """Add a deck of your own; it stays where it is.

    Example: ptquiz deck add ~/decks/systems.yaml
    """
    from ptquiz.cli.wiring import run_deck_add

    return run_deck_add(_environment(context), path=path, trust=trust)


@state_app.command("check")
def state_check(context: typer.Context) -> int:
    """Prove that the log is whole and that replaying it gives the stored state.

    Example: ptquiz state check
    """
    from ptquiz.cli.keeping import run_state_check

    return run_state_check(_environment(context))


@state_app.command("rebuild")
def state_rebuild(context: typer.Context) -> int:
    """Replay the log into fresh states."""
    from ptquiz.cli.keeping import run_state_rebuild

    return run_state_rebuild(_environment(context))


@state_app.command("backup")
def state_backup(context: typer.Context) -> int:
    """Copy the log now; practice does so once a day by itself."""
    from ptquiz.cli.keeping import run_state_backup

    return run_state_backup(_environment(context))


@state_app.command("restore")
def state_restore(
    context: typer.Context,
    backup: Annotated[Path | None, typer.Argument(help="A backup; the newest good one when left out.")] = None,
) -> int:
    """Put a backup in the place of the log; the log that was there is kept.

    Example: ptquiz state restore
    """
    from ptquiz.cli.keeping import run_state_restore

    return run_state_restore(_environment(context), backup=backup)
