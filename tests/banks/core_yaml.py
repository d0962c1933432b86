"""Read YAML as an editor does: by the core schema of YAML 1.2, which guesses types."""

from __future__ import annotations

import re
from pathlib import Path

import yaml


class CoreLoader(yaml.SafeLoader):
    """A loader with the types of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML has it


_TYPES = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": (r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    "int": (r"[-+]?[0-9]+", "-+0123456789"),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
}
for _name, (_pattern, _first) in _TYPES.items():
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def load(source: str | Path) -> object:
    """Read a file, or text."""
    text = source.read_text("utf-8") if isinstance(source, Path) else source
    return yaml.load(text, Loader=CoreLoader)
