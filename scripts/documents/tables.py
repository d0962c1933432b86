"""Tables that stand in the middle of a page: exit codes, settings, variables, keys, files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from documents import cell
from ptquiz.banks.descriptions import describe_fields
from ptquiz.commands.config import SETTINGS, Setting
from ptquiz.errors import ExitCode
from ptquiz.paths import user_paths
from ptquiz.runner.interpreter import INHERITED
from ptquiz.ui.keymap import AFTER_VERDICT, BINDINGS

VARIABLES = {
    "PTQUIZ_HOME": "puts everything under one folder",
    "PTQUIZ_CONFIG": "moves the folder of the settings",
    "PTQUIZ_DATA": "moves the folder of the review log, its backups and the list of decks",
    "PTQUIZ_CACHE": "moves the folder of the compiled decks",
    "PTQUIZ_STATE": "moves the folder of drafts",
    "XDG_CONFIG_HOME": "on Linux, where the folder of the settings is made; `~/.config` if not set",
    "XDG_DATA_HOME": "the same for data; `~/.local/share`",
    "XDG_CACHE_HOME": "the same for the cache; `~/.cache`",
    "XDG_STATE_HOME": "the same for drafts; `~/.local/state`",
    "PTQUIZ_NOW": "moves the clock, like `2026-11-24T09:00:00+01:00`; for tests",
    "PTQUIZ_SEED": "fixes what is drawn and shuffled; for tests",
    "PTQUIZ_DEBUG": "shows where an error was raised, as `--debug` does",
    "LC_ALL": "the language, where the settings say `auto`: Chinese for `zh_CN` and the like, else English",
    "LC_MESSAGES": "the same, where `LC_ALL` is not set",
    "LANG": "the same, where neither is set",
    "TERM": "`dumb` is plain mode; without it nothing is rewritten on the screen",
    "COLUMNS": "the width of lines, where the terminal does not tell it",
    "NO_COLOR": "no colours, whatever its value",
    "FORCE_COLOR": "colours, also where the output is no terminal",
    "CLICOLOR_FORCE": "the same, as other programs spell it",
    "CLICOLOR": "`0` is no colours",
    "VISUAL": "your editor, where the settings name none",
    "EDITOR": "the same, where `VISUAL` is not set",
    "PAGER": "your pager, where the settings name none; `less` if not set",
    "CI": "no pager",
    "PATH": "where the editor, the pager and interpreters are looked for",
    "HOME": "your home folder, which code of questions may not read",
    "PROMPT_TOOLKIT_NO_CPR": "the editor does not ask the terminal where the cursor is",
}
"""What is read besides settings; tests hold that nothing is missing and nothing invented."""


def exit_codes() -> list[str]:
    """Render the exit codes."""
    docs = describe_fields(ExitCode)
    return ["| code | |", "|---:|---|", *(f"| {code.value} | {docs[code.name]} |" for code in ExitCode)]


def settings() -> list[str]:
    """Render every key of the file of settings."""
    rows = (f"| `{s.key}` | {_values(s)} | `{_written(s.default)}` | {cell(s.about)} |" for s in SETTINGS)
    return ["| key | values | default | |", "|---|---|---|---|", *rows]


def _values(setting: Setting) -> str:
    match setting.default:
        case _ if setting.choices:
            return ", ".join(f"`{choice}`" for choice in setting.choices)
        case bool():
            return "`true`, `false`"
        case int() | float():
            return (
                f"{setting.least:g} to {setting.most:g}" if setting.most < 1_000_000 else f"{setting.least:g} or more"
            )
        case _:
            return "text"


def _written(default: object) -> str:
    match default:
        case bool():
            return str(default).lower()
        case str():
            return f'"{default}"'
        case _:
            return str(default)


def setting_variables() -> list[str]:
    """Render the variables of the settings."""
    rows = (
        f"| {', '.join(f'`{name}`' for name in (setting.variable, *setting.variables))} | `{setting.key}` |"
        for setting in SETTINGS
    )
    return ["| variable | sets |", "|---|---|", *rows]


def other_variables() -> list[str]:
    """Render the variables that set nothing."""
    return ["| variable | |", "|---|---|", *(f"| `{name}` | {about} |" for name, about in VARIABLES.items())]


def handed_on() -> list[str]:
    """Render the variables that the interpreter with torch gets."""
    return [", ".join(f"`{name}`" for name in INHERITED)]


def keys() -> list[str]:
    """Render the keys of a session."""
    rows = (f"| {_code(b.keys)} | {b.label} | {'yes ' if b.action in AFTER_VERDICT else ''}|" for b in BINDINGS)
    return ["| key | does | after the verdict, too |", "|---|---|---|", *rows]


def key_map() -> list[str]:
    """Render the keys of the table `[keymap]`."""
    rows = (f"| `{b.action}` | {_code(b.keys)} | {b.label} |" for b in BINDINGS)
    return ["| key in `[keymap]` | usually | does |", "|---|---|---|", *rows]


def _code(keys: Iterable[str]) -> str:
    return " ".join(f"`{key}`" for key in keys)


def files() -> list[str]:
    """Render where everything lies on Linux."""
    home = Path.home()
    rows = (
        f"| {name} | `~/{path.relative_to(home)}` | {about} |"
        for name, (path, about) in user_paths({}, "linux").places().items()
    )
    return ["| | on Linux | holds |", "|---|---|---|", *rows]


TABLES = {
    "docs/reference/exit-codes.md": {"exit codes": exit_codes},
    "docs/reference/configuration.md": {"settings": settings, "key map": key_map},
    "docs/reference/environment.md": {
        "setting variables": setting_variables,
        "other variables": other_variables,
        "handed on": handed_on,
    },
    "docs/reference/keys.md": {"keys": keys},
    "docs/reference/files.md": {"files": files},
}
"""The tables of each page by their names."""
