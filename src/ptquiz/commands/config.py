"""Settings: what can be set, and where each value came from. A flag beats a variable, a variable the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from ptquiz.errors import ExitCode, PtquizError, UsageError

Value = str | int | bool


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

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"PTQUIZ_{self.key.upper()}"


SETTINGS = (
    Setting("lang", "auto", "language of the program and of translated decks", ("auto", "en", "zh")),
    Setting("color", "auto", "colours; auto asks the terminal, NO_COLOR and FORCE_COLOR", ("auto", "always", "never")),
    Setting("glyphs", "auto", "decoration; auto asks the encoding", ("auto", "unicode", "ascii")),
    Setting("accessible", False, "always one answer per line, as with --plain", variables=("ACCESSIBLE",)),
    Setting("screen", "scroll", "page begins each question at the top of the screen", ("scroll", "page")),
    Setting("new_per_day", 10, "new questions per day, unless --new says otherwise"),
    Setting("reviews_per_day", 200, "reviews per day, unless --reviews says otherwise"),
    Setting("editor", "", "your editor, before $VISUAL and $EDITOR"),
    Setting("pager", "", "your pager, before $PAGER; cat for none"),
    Setting("prewarm", True, "import torch while you read the first question"),
    Setting("python", "", "an interpreter whose torch judges instead of this one's"),
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


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
    warnings: tuple[str, ...] = ()

    def text(self, key: str) -> str:
        """Return a value that is text."""
        return str(self.values[key].value)

    def number(self, key: str) -> int:
        """Return a value that is a number."""
        return int(self.values[key].value)

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
        flag = f"--{setting.key}"
        return Effective(_fitting(setting, flags[setting.key], flag), Source.FLAG, flag)
    for variable in (setting.variable, *setting.variables):
        if environ.get(variable):
            return Effective(_fitting(setting, environ[variable], variable), Source.VARIABLE, variable)
    if setting.key in written:
        where = f"{file}: {setting.key}"
        return Effective(_fitting(setting, written[setting.key], where), Source.FILE, str(file))
    return Effective(setting.default)


def _fitting(setting: Setting, value: object, where: str) -> Value:
    """Convert a value to the type of its setting; ConfigError, or UsageError for a flag, when it does not fit."""
    if isinstance(setting.default, bool):
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            return value.lower() not in ("0", "false", "no", "off")
        wanted = "true or false"
    elif isinstance(setting.default, int):
        if isinstance(value, int | str) and not isinstance(value, bool) and str(value).isdecimal():
            return int(value)
        wanted = "a whole number from 0"
    else:
        if isinstance(value, str) and (not setting.choices or value in setting.choices):
            return value
        wanted = f"one of {', '.join(setting.choices)}" if setting.choices else "text in quotes"
    kind = UsageError if where.startswith("--") else ConfigError
    raise kind(f"{where} is {value!r}", details=(f"it has to be {wanted}", "ptquiz config show lists the settings"))


def _read_file(file: Path) -> tuple[dict[str, object], dict[str, tuple[str, ...]], list[str]]:
    """Return the settings, the key map and the warnings of a file; nothing when there is none."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return {}, {}, []
    except OSError as error:
        raise ConfigError(f"cannot read {file}: {error.strerror}") from None
    import tomllib  # only for those who have a file

    try:
        content: dict[str, Any] = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {file}", details=(str(error), "it has to be TOML")) from None
    table = content.pop("keymap", {})
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: keymap is {table!r}", details=('it is a table: [keymap], then hint = "g"',))
    warnings = [_unknown(file, key) for key in content if key not in BY_KEY]
    return content, {action: _keys(file, action, keys) for action, keys in table.items()}, warnings


def _keys(file: Path, action: str, keys: object) -> tuple[str, ...]:
    if isinstance(keys, str):
        return tuple(keys.split())
    if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
        return tuple(keys)
    raise ConfigError(
        f"{file}: keymap.{action} is {keys!r}", details=('write it like hint = "g" or hint = ["g", "j"]',)
    )


def _unknown(file: Path, key: str) -> str:
    return f'{file}: there is no setting "{key}"{did_you_mean(key, BY_KEY)}'


def did_you_mean(word: str, known: Mapping[str, object]) -> str:
    """Suggest the known word nearest to one, as a sentence to append; empty when none is near."""
    import difflib  # only for those who mistyped something

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f". Did you mean {close[0]}?" if close else ""


def language(settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the language to use, en or zh; auto follows LC_ALL, LC_MESSAGES and LANG as every program does."""
    chosen = settings.text("lang")
    if chosen != "auto":
        return chosen
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"
