"""Settings: what can be set, and where each value came from. A flag beats a variable, a variable the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from ptquiz.commands.defaults import NEW_PER_DAY, RETENTION, REVIEWS_PER_DAY, RUN_SECONDS
from ptquiz.commands.suggesting import meant
from ptquiz.errors import ExitCode, Message, PtquizError, UsageError, said

Value = str | int | float | bool


class ConfigError(PtquizError):
    """The configuration cannot be read, or holds a value that does not fit."""

    exit_code = ExitCode.BROKEN_DECK


class Source(StrEnum):
    """Where a value came from."""

    DEFAULT = "default"
    FILE = "file"
    VARIABLE = "variable"
    FLAG = "flag"


@dataclass(frozen=True)
class Setting:
    """One thing that can be set."""

    key: str
    default: Value
    about: str
    choices: tuple[str, ...] = ()
    """The only values; empty for any."""
    variables: tuple[str, ...] = ()
    """More environment variables than PTQUIZ_<KEY>, the first of them that is set counts."""
    least: float = 0
    most: float = 1_000_000
    """Of numbers."""
    flag: str = ""
    """The option that sets it, where that is not called like it."""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"PTQUIZ_{self.key.upper().replace('.', '_')}"


SETTINGS = (
    Setting("lang", "auto", "language of translated decks, and of the program", ("auto", "en", "zh")),
    Setting(
        "ui_lang", "auto", "language of the program alone; auto is that of lang", ("auto", "en", "zh"), flag="--lang"
    ),
    Setting("color", "auto", "colours; auto asks the terminal, NO_COLOR and FORCE_COLOR", ("auto", "always", "never")),
    Setting("glyphs", "auto", "decoration; auto asks the encoding", ("auto", "unicode", "ascii")),
    Setting("accessible", False, "always one answer per line, as with --plain", variables=("ACCESSIBLE",)),
    Setting("screen", "scroll", "page begins each question at the top of the screen", ("scroll", "page")),
    Setting("new_per_day", NEW_PER_DAY, "new questions per day, unless --new says otherwise"),
    Setting("reviews_per_day", REVIEWS_PER_DAY, "reviews per day, unless --reviews says otherwise"),
    Setting(
        "desired_retention", RETENTION, "how likely you still know a question when it returns", least=0.7, most=0.99
    ),
    Setting(
        "run_timeout", RUN_SECONDS, "seconds that code may run, unless its question says otherwise", least=1, most=60
    ),
    Setting("editor", "", "your editor, before $VISUAL and $EDITOR"),
    Setting("pager", "", "your pager, before $PAGER; cat for none"),
    Setting("prewarm", True, "import torch while you read the first question"),
    Setting(
        "runner.python",
        "",
        "an interpreter whose torch judges instead of this one's",
        variables=("PTQUIZ_PYTHON",),
        flag="--python",
    ),
)
BY_KEY = {setting.key: setting for setting in SETTINGS}
TABLES = frozenset(key.partition(".")[0] for key in BY_KEY if "." in key)
"""Keys with a dot are written in a table of the file: [runner], then python = "..."."""

SWITCHES = {**dict.fromkeys(("1", "true", "yes", "on"), True), **dict.fromkeys(("0", "false", "no", "off"), False)}
"""What turns something on or off in a variable."""


@dataclass(frozen=True)
class Effective:
    """A value in use and where it came from."""

    value: Value
    source: Source = Source.DEFAULT
    name: str = ""
    """The file, variable or flag."""


@dataclass(frozen=True)
class Settings:
    """Every value in use."""

    file: Path
    values: Mapping[str, Effective]
    keymap: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by action; `preset` names a whole set."""
    warnings: tuple[Message, ...] = ()

    def text(self, key: str) -> str:
        """Return a value that is text."""
        return str(self.values[key].value)

    def number(self, key: str) -> int:
        """Return a value that is a number."""
        return int(self.values[key].value)

    def decimal(self, key: str) -> float:
        """Return a value that is a number, whole or not."""
        return float(self.values[key].value)

    def on(self, key: str) -> bool:
        """Return a value that is on or off."""
        return bool(self.values[key].value)

    @property
    def preset(self) -> str:
        """The set of keys that the key map begins with; empty for the usual one."""
        return " ".join(self.keymap.get("preset", ()))

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that the file gives to actions."""
        return {action: keys for action, keys in self.keymap.items() if action != "preset"}


def read_settings(file: Path, environ: Mapping[str, str], flags: Mapping[str, str]) -> Settings:
    """Gather the settings.

    Raises ConfigError for a file that is no TOML or a value that does not fit; unknown keys are only warned of.
    """
    written, keymap, warnings = _read_file(file)
    values = {}
    for setting in SETTINGS:
        values[setting.key] = _effective(setting, file, written, environ, flags)
    return Settings(file, values, keymap, tuple(warnings))


def _effective(
    setting: Setting, file: Path, written: Mapping[str, object], environ: Mapping[str, str], flags: Mapping[str, str]
) -> Effective:
    if setting.key in flags:
        flag = setting.flag or f"--{setting.key}"
        return Effective(_fitting(setting, flags[setting.key], flag), Source.FLAG, flag)
    if environ.get(setting.variable):
        value = _fitting(setting, environ[setting.variable], setting.variable)
        return Effective(value, Source.VARIABLE, setting.variable)
    for variable in setting.variables:
        if shared := environ.get(variable):
            # Other programs read these, too: whatever is no "off" turns a switch on.
            switch = isinstance(setting.default, bool)
            value = SWITCHES.get(shared.lower(), True) if switch else _fitting(setting, shared, variable)
            return Effective(value, Source.VARIABLE, variable)
    if setting.key in written:
        where = f"{file}: {setting.key}"
        return Effective(_fitting(setting, written[setting.key], where), Source.FILE, str(file))
    return Effective(setting.default)


def _fitting(setting: Setting, value: object, where: str) -> Value:
    """Convert a value to the type of its setting; ConfigError, or UsageError for a flag, when it does not fit."""
    found = _converted(setting, value)
    if found is not None:
        return found
    kind = UsageError if where.startswith("--") else ConfigError
    raise kind(
        said("{where} is {value!r}", where=where, value=value),
        details=(said("it has to be {wanted}", wanted=_wanted(setting)), said("ptquiz config show lists the settings")),
    )


def _converted(setting: Setting, value: object) -> Value | None:
    """Return a value in the type of its setting; None when it does not fit."""
    match setting.default:
        case bool():
            if isinstance(value, bool):
                return value
            return SWITCHES.get(value.lower()) if isinstance(value, str) else None
        case int() | float():
            number = _number(value, whole=isinstance(setting.default, int))
            return number if number is not None and setting.least <= number <= setting.most else None
        case _:
            fits = isinstance(value, str) and (not setting.choices or value in setting.choices)
            return str(value) if fits else None


def _number(value: object, *, whole: bool) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(str(value)) if whole else float(value)
    except ValueError:
        return None


def _wanted(setting: Setting) -> Message:
    """Say what a setting can be."""
    match setting.default:
        case bool():
            return said("either true or false")
        case int():
            return said("a whole number from {least} to {most}", least=setting.least, most=setting.most)
        case float():
            return said("a number from {least} to {most}", least=setting.least, most=setting.most)
        case _ if setting.choices:
            return said("one of {choices}", choices=", ".join(setting.choices))
        case _:
            return said("text in quotes")


def _read_file(file: Path) -> tuple[dict[str, object], dict[str, tuple[str, ...]], list[Message]]:
    """Return the settings, the key map and the warnings of a file; nothing when there is none."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return {}, {}, []
    except OSError as error:
        raise ConfigError(said("cannot read {file}: {reason}", file=file, reason=error.strerror)) from None
    import tomllib  # only for those who have a file

    try:
        content: dict[str, Any] = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        details = (str(error), "it has to be TOML")
        raise ConfigError(said("cannot read {file}", file=file), details=details) from None
    table = content.pop("keymap", {})
    if not isinstance(table, dict):
        raise ConfigError(
            said("{where} is {value!r}", where=f"{file}: keymap", value=table),
            details=('it is a table: [keymap], then hint = "g"',),
        )
    written = _flat(content)
    warnings = [_unknown(file, key) for key in written if key not in BY_KEY]
    return written, {action: _keys(file, action, keys) for action, keys in table.items()}, warnings


def _flat(content: dict[str, Any]) -> dict[str, object]:
    """Return what a file holds by key; in the tables that ptquiz knows a key is dotted."""
    flat: dict[str, object] = {}
    for key, value in content.items():
        if key in TABLES and isinstance(value, dict):
            flat |= {f"{key}.{inner}": held for inner, held in value.items()}
        else:
            flat[key] = value
    return flat


def _keys(file: Path, action: str, keys: object) -> tuple[str, ...]:
    if isinstance(keys, str):
        return tuple(keys.split())
    if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
        return tuple(keys)
    raise ConfigError(
        said("{where} is {value!r}", where=f"{file}: keymap.{action}", value=keys),
        details=('write it like hint = "g" or hint = ["g", "j"]',),
    )


def _unknown(file: Path, key: str) -> Message:
    return said('{file}: there is no setting "{key}".{meant}', file=file, key=key, meant=meant(key, BY_KEY))


def language(settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the language of translated decks, en or zh; auto follows the locale."""
    chosen = settings.text("lang")
    return locale_language(environ) if chosen == "auto" else chosen


def ui_language(settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the language of the program itself, en or zh; auto is that of the decks."""
    chosen = settings.text("ui_lang")
    return language(settings, environ) if chosen == "auto" else chosen


def locale_language(environ: Mapping[str, str]) -> str:
    """Return en or zh, as LC_ALL, LC_MESSAGES and LANG say, in this order as for every program."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"
