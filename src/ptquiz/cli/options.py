"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ptquiz.cli.completing import complete_topics

Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", "-t", help="Only this topic; may be repeated.", autocompletion=complete_topics),
]
Decks = Annotated[
    list[Path] | None,
    typer.Option("--deck", "-d", help="Only this deck file or folder; may be repeated."),
]
Plain = Annotated[bool, typer.Option("--plain", help="One answer per line, no colours, no control characters.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
