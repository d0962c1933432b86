"""What every group of commands needs of the command line."""

from __future__ import annotations

import typer

from ptquiz.cli.environment import Environment


def environment_of(context: typer.Context) -> Environment:
    """Return the surroundings that main() gave to the command line."""
    environment = context.obj
    assert isinstance(environment, Environment)
    return environment


def help_of_group(context: typer.Context) -> None:
    """Show the help of a group that is called without a command."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
