"""Show settings and folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ptquiz.commands.config import SETTINGS, Effective, Settings
from ptquiz.ui.keymap import key_map
from ptquiz.ui.lines import sentence
from ptquiz.ui.tables_view import show_table
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words


def show_settings(screen: Screen, settings: Settings) -> None:
    """Print every setting with its value and where that came from, then the key map."""
    words = screen.words
    rows = [(s.key, _spelled(settings.values[s.key].value), _origin(words, settings.values[s.key])) for s in SETTINGS]
    keymap, _ = key_map(settings.preset, settings.keys)
    if settings.preset:
        rows.append(("keymap.preset", settings.preset, str(settings.file)))
    for binding in keymap.bindings:
        origin = str(settings.file) if binding.action in settings.keys else words("default")
        rows.append((f"keymap.{binding.action}", " ".join(binding.keys), origin))
    show_table(screen, (words("setting"), words("value"), words("from")), rows)
    screen.blank()
    screen.line(words("file: {file}", file=settings.file))
    if not settings.file.exists():
        screen.line("  " + words("not there; make it to change something"))
    for setting in SETTINGS:
        choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
        sentence(screen, f"{setting.key}: {words(setting.about)}{choices}; {setting.variable}", indent=2)


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
        "warnings": [str(warning) for warning in settings.warnings],
    }


def show_paths(screen: Screen, places: Mapping[str, tuple[Path, str]]) -> None:
    """Print every folder and file, and what it is for."""
    width = max(map(len, places))
    for name, (path, _) in places.items():
        screen.line(f"{name:<{width}}  {path}")
    screen.blank()
    for name, (_, about) in places.items():
        sentence(screen, f"{name}: {screen.words(about)}", indent=2)


def _spelled(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) or '""'


def _origin(words: Words, effective: Effective) -> str:
    return effective.name or words(effective.source.value)
