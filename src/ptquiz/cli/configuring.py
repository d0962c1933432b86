"""The commands about settings and files; each body imports what it needs."""

from __future__ import annotations

import typer

from ptquiz.cli.groups import environment_of, help_of_group
from ptquiz.cli.options import Json
from ptquiz.errors import ExitCode

config_app = typer.Typer(
    help="Settings: a flag beats a PTQUIZ_ variable, a variable beats config.toml.\n\nExample: ptquiz config show",
    invoke_without_command=True,
    callback=help_of_group,
)


@config_app.command("show")
def config_show(context: typer.Context, json: Json = False) -> int:
    """Show every setting, its value, and where the value came from.

    Example: ptquiz config show --lang zh
    """
    from ptquiz.cli.wiring import open_screen
    from ptquiz.ui.config_view import settings_as_data, show_settings
    from ptquiz.ui.json_view import show_json

    environment = environment_of(context)
    screen = open_screen(environment)
    if json:
        show_json(screen, settings_as_data(environment.settings))
    else:
        show_settings(screen, environment.settings)
    return ExitCode.DONE


def paths(context: typer.Context, json: Json = False) -> int:
    """Show where everything is kept.

    Example: ptquiz paths --json
    """
    from ptquiz.cli.wiring import open_screen
    from ptquiz.ui.config_view import show_paths
    from ptquiz.ui.json_view import show_json

    environment = environment_of(context)
    screen = open_screen(environment)
    places = environment.paths.places()
    if json:
        show_json(screen, {"schema": 1, "paths": {name: str(path) for name, (path, _) in places.items()}})
    else:
        show_paths(screen, places)
    return ExitCode.DONE
