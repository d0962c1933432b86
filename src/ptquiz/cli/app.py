"""Commands and their options; each body imports what it needs, so that a start loads little."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ptquiz.cli.completing import complete_colours, complete_languages, complete_topics
from ptquiz.cli.configuring import config_app, paths
from ptquiz.cli.course_commands import course_app
from ptquiz.cli.deck_commands import deck_app
from ptquiz.cli.environment import with_flags
from ptquiz.cli.groups import environment_of
from ptquiz.cli.interview_command import interview
from ptquiz.cli.memory_commands import due, plan, stats, tune
from ptquiz.cli.options import Plain
from ptquiz.cli.practice_command import practice
from ptquiz.cli.state_commands import state_app

app = typer.Typer(
    help="Interview-prep quizzes about PyTorch, examined by PyTorch itself. Everything stays on this machine.\n\n"
    "Example: ptquiz practice -t dropout",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


app.add_typer(course_app, name="course")
app.add_typer(deck_app, name="deck")
app.add_typer(state_app, name="state")
app.add_typer(config_app, name="config")


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
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language: en or zh. May follow any command.", autocompletion=complete_languages),
    ] = None,
    color: Annotated[
        str | None,
        typer.Option(
            "--color",
            help="Colours: always, auto or never. May follow any command.",
            autocompletion=complete_colours,
        ),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error was raised. May follow any command.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    flags = {"lang": lang, "ui_lang": lang, "color": color, "runner.python": str(python) if python else None}
    context.obj = with_flags(environment_of(context), {key: value for key, value in flags.items() if value is not None})
    if context.invoked_subcommand is None:
        from ptquiz.cli.wiring import run_overview

        run_overview(environment_of(context))


app.command()(practice)


@app.command()
def explain(
    context: typer.Context,
    topic: Annotated[
        str | None, typer.Argument(help="A topic; without one, list them.", autocompletion=complete_topics)
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="Change a value in the code, like p=0.9, or 2.p=0.9 in section 2 alone; may be repeated."
        ),
    ] = None,
    pager: Annotated[bool, typer.Option("--pager/--no-pager", help="Longer texts through $PAGER, or less.")] = True,
    plain: Plain = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> int:
    """Teach a topic, with code that runs while you read.

    Example: ptquiz explain dropout
    """
    from ptquiz.cli.wiring import run_explain

    return run_explain(environment_of(context), topic=topic, values=values or [], plain=plain, pager=pager, json=json)


@app.command()
def check(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Deck files, or folders of them.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=16, help="How many to prove at once.")] = 2,
    everything: Annotated[bool, typer.Option("--all", help="Prove again what has not changed.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Prove here only, and try no mutants.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Write missing ids into the files first.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Write what sections print into their `shows`.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
    python: Annotated[
        list[str] | None, typer.Option("--python", help="An interpreter whose torch proves; may be repeated.")
    ] = None,
) -> int:
    """Run all code of decks, and prove what it asserts.

    Example: ptquiz check questions
    """
    from ptquiz.cli.checking import CheckOptions, run_check

    options = CheckOptions(paths, jobs, everything, quick, json, fix, update, watch, tuple(python or ()))
    return run_check(environment_of(context), options)


@app.command()
def doctor(context: typer.Context) -> int:
    """Show what this installation can do: torch, the sandbox, the review log.

    Example: ptquiz doctor
    """
    from ptquiz.cli.wiring import run_doctor

    return run_doctor(environment_of(context))


@app.command()
def schema(context: typer.Context) -> int:
    """Print the JSON Schema of decks, for editors.

    Example: ptquiz schema > deck.schema.json
    """
    from ptquiz.cli.decking import run_schema

    return run_schema(environment_of(context))


for command in (due, interview, plan, stats, tune, paths):
    app.command()(command)
