"""Print results as JSON for other programs."""

from __future__ import annotations

import json

from msgspec import to_builtins

from ptquiz.ui.terminal.screen import Screen

SCHEMA = 1
"""Of reports; goes up when a field changes its meaning or disappears. New fields may come at any time."""


def show_json(screen: Screen, value: object) -> None:
    """Print a result as it is; what the encoding of the output lacks is escaped."""
    data = to_builtins(value, str_keys=True)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not screen.can_print(text):
        text = json.dumps(data, indent=2)
    for line in text.split("\n"):
        screen.line(line)


def show_report(screen: Screen, result: object) -> None:
    """Print one JSON object: the schema, then the fields of a result."""
    show_json(screen, {"schema": SCHEMA, **to_builtins(result, str_keys=True)})
