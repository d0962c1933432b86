"""Show settings and folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.cells import cell_len

from ptquiz.commands.config import SETTINGS, Effective, Settings, Source
from ptquiz.ui.keymap import key_map
from ptquiz.ui.terminal.screen import Screen


def show_settings(screen: Screen, settings: Settings) -> None:
    """Print every setting with its value and where that came from, then the key map."""
    rows = [(s.key, _spelled(settings.values[s.key].value), _origin(settings.values[s.key])) for s in SETTINGS]
    keymap, _ = key_map(settings.preset, settings.keys)
    if settings.preset:
        rows.append(("keymap.preset", settings.preset, str(settings.file)))
    for binding in keymap.bindings:
        origin = str(settings.file) if binding.action in settings.keys else Source.DEFAULT.value
        rows.append((f"keymap.{binding.action}", " ".join(binding.keys), origin))
    widths = [max(cell_len(row[i]) for row in rows) for i in (0, 1)]
    for key, value, origin in rows:
        gap = " " * (widths[1] - cell_len(value))
        screen.line(f"{key:<{widths[0]}}  {value}{gap}  {origin}")
    screen.blank()
    there = "" if settings.file.exists() else " (not there; make it to change something)"
    screen.line(f"file: {settings.file}{there}")
    for setting in SETTINGS:
        choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
        screen.text(f"{setting.key}: {setting.about}{choices}; {setting.variable}", indent=2)


def settings_as_data(settings: Settings) -> dict[str, object]:
    """Return the settings for other programs."""
    keymap, _ = key_map(settings.preset, settings.keys)
    return {
        "schema": 1,
        "file": str(settings.file),
        "settings": {
            key: {"value": effective.value, "source": effective.source.value, "name": effective.name}
            for key, effective in settings.values.items()
        },
        "keymap": {binding.action.value: list(binding.keys) for binding in keymap.bindings},
        "warnings": list(settings.warnings),
    }


def show_paths(screen: Screen, places: Mapping[str, tuple[Path, str]]) -> None:
    """Print every folder and file, and what it is for."""
    width = max(map(len, places))
    for name, (path, _) in places.items():
        screen.line(f"{name:<{width}}  {path}")
    screen.blank()
    for name, (_, about) in places.items():
        screen.text(f"{name}: {about}", indent=2)


def _spelled(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) or '""'


def _origin(effective: Effective) -> str:
    return effective.name or effective.source.value
