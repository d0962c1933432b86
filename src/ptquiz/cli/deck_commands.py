"""The commands of `ptquiz deck` and their options; each body imports what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ptquiz.cli.completing import complete_questions, complete_topics
from ptquiz.cli.groups import environment_of, help_of_group
from ptquiz.cli.options import Json, Topics

deck_app = typer.Typer(
    help="Decks: begin one, add it, look into it, allow its code.\n\nExample: ptquiz deck list",
    invoke_without_command=True,
    callback=help_of_group,
)

Named = Annotated[
    str,
    typer.Argument(help="A deck's id, or the path under which it was added.", autocompletion=complete_topics),
]
Files = Annotated[
    list[Path] | None, typer.Option("--deck", "-d", help="Look in this deck file or folder; may be repeated.")
]


@deck_app.command("list")
def deck_list(context: typer.Context, json: Json = False) -> int:
    """List the decks, where they are and how many questions they have.

    Example: ptquiz deck list --json
    """
    from ptquiz.cli.decking import run_deck_list

    return run_deck_list(environment_of(context), json=json)


@deck_app.command("new")
def deck_new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The deck's id, lower-case words joined by hyphens, or a path to it.")],
) -> int:
    """Begin a deck: a commented file in which everything holds.

    Example: ptquiz deck new attention
    """
    from ptquiz.cli.decking import run_deck_new

    return run_deck_new(environment_of(context), name=name)


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
    from ptquiz.cli.decking import run_deck_add

    return run_deck_add(environment_of(context), path=path, trust=trust)


@deck_app.command("remove")
def deck_remove(context: typer.Context, deck: Named) -> int:
    """Take a deck off the list; its file and your history with it are kept.

    Example: ptquiz deck remove systems
    """
    from ptquiz.cli.decking import run_deck_remove

    return run_deck_remove(environment_of(context), named=deck)


@deck_app.command("trust")
def deck_trust(
    context: typer.Context,
    deck: Named,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Agree without being asked.")] = False,
) -> int:
    """Show what a deck's code uses, and let it run if you agree; after an update, only what changed.

    Example: ptquiz deck trust systems
    """
    from ptquiz.cli.decking import run_deck_trust

    return run_deck_trust(environment_of(context), named=deck, yes=yes)


@deck_app.command("untrust")
def deck_untrust(context: typer.Context, deck: Named) -> int:
    """Let a deck's code run no more.

    Example: ptquiz deck untrust systems
    """
    from ptquiz.cli.decking import run_deck_untrust

    return run_deck_untrust(environment_of(context), named=deck)


@deck_app.command("preview")
def deck_preview(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The id of a question.", autocompletion=complete_questions)],
    seed: Annotated[int, typer.Option("--seed", min=0, help="Draws the values and the order of options.")] = 0,
    deck: Files = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, no control characters.")] = False,
) -> int:
    """Show a question with its answer and its proof, run live; the schedule is not touched.

    Example: ptquiz deck preview dropout-survivors --seed 3
    """
    from ptquiz.cli.decking import run_deck_preview

    return run_deck_preview(environment_of(context), id_=question, seed=seed, decks=deck or [], plain=plain)


@deck_app.command("coverage")
def deck_coverage(
    context: typer.Context,
    topic: Topics = None,
    deck: Files = None,
    json: Json = False,
) -> int:
    """Count questions by topic, kind, level and difficulty.

    Example: ptquiz deck coverage -t dropout
    """
    from ptquiz.cli.decking import run_deck_coverage

    return run_deck_coverage(environment_of(context), topics=topic or [], decks=deck or [], json=json)


@deck_app.command("import")
def deck_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Cards: .apkg or .txt from Anki, .csv, .tsv, or .md with Q: and A:.")],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="The deck file to write or update; named after the cards when left out."),
    ] = None,
) -> int:
    """Make flashcards of another program's cards; a second import updates them.

    Example: ptquiz deck import pytorch.apkg --into cards.yaml
    """
    from ptquiz.cli.exchanging import run_deck_import

    return run_deck_import(environment_of(context), file=file, into=into)


@deck_app.command("export")
def deck_export(
    context: typer.Context,
    deck: Annotated[str, typer.Argument(help="A deck's id, or a deck file.", autocompletion=complete_topics)],
    to: Annotated[Path, typer.Option("--to", help="The file to write: .apkg for Anki, .csv, .json, or .md to print.")],
) -> int:
    """Write a deck for Anki, for a spreadsheet, for a program, or for paper.

    Example: ptquiz deck export dropout --to dropout.apkg
    """
    from ptquiz.cli.exchanging import run_deck_export

    return run_deck_export(environment_of(context), deck=deck, to=to)
