"""Write the generated documents: deck keys, commands, what the banks hold; `--check` only tells what is stale."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The width of a help text must not depend on the terminal.
os.environ["COLUMNS"] = "100"

import typer.main

from ptquiz.banks.collection import collect, deck_files
from ptquiz.banks.reader import read_deck
from ptquiz.banks.schema import CODE, TEXT, deck_schema
from ptquiz.cli.app import app
from ptquiz.commands.coverage import DIFFICULTIES, KINDS, Coverage, cover
from ptquiz.domain.questions import Level
from ptquiz.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
GENERATED = "<!-- Written by scripts/docs.py from the program itself; change it there. -->"

Schema = dict[str, Any]


def deck_reference() -> str:
    """Render every key of the deck language."""
    schema = deck_schema()
    types: Schema = schema["$defs"]
    question = types["Deck"]["properties"]["questions"]["items"]
    shared: Schema = question["properties"]
    kinds: list[str] = shared["kind"]["enum"]
    lines = [
        "# Deck reference",
        "",
        GENERATED,
        "",
        "Every key of the deck language, from the types that the reader uses. [Writing a deck](decks.md) explains",
        "how they work together; `ptquiz schema` prints the same as a JSON Schema, for [editors](editors.md).",
        "**Text** is whatever is written, `no` and `1e-5` included; **code** is Python, usually below a `|`.",
        "",
        "## Deck",
        "",
        types["Deck"]["description"],
        "",
        *_table(types["Deck"]),
        "",
        "## Every question",
        "",
        "What questions of every kind have.",
        "",
        *_table(types[kinds[0]], shared),
    ]
    for kind in kinds:
        own = {key: value for key, value in types[kind]["properties"].items() if key not in shared}
        lines += ["", f"## {kind}", "", types[kind]["description"]]
        lines += ["", *_table(types[kind], own)] if own else []
    for name in types:
        if name not in (TEXT, CODE, "Deck", *kinds):
            lines += ["", f"## {name}", "", types[name]["description"], "", *_table(types[name])]
    return "\n".join(lines) + "\n"


def _table(owner: Schema, properties: Schema | None = None) -> Iterator[str]:
    yield "| key | is | |"
    yield "|---|---|---|"
    for key, value in (properties or owner["properties"]).items():
        required = " **required**" if key in owner["required"] else ""
        default = f" Default: {_code(value['default'])}." if "default" in value else ""
        description = f" {_cell(value['description'])}" if "description" in value else ""
        yield f"| `{key}` | {_cell(_words(value))}{required} |{description}{default} |"


def _words(value: Schema) -> str:
    """Say in words what a value is."""
    match value:
        case {"$ref": reference}:
            name = reference.rpartition("/")[2]
            return name if name in (TEXT, CODE) else f"[{name}](#{name.lower()})"
        case {"enum": values}:
            return ", ".join(_code(value) for value in values)
        case {"anyOf": [_, listed]}:
            return f"code, or a {_words(listed)}"
        case {"allOf": _}:
            return "question"
        case {"type": "array", "items": items}:
            return f"list of {_words(items)}{_range(value, 'minItems', 'maxItems')}"
        case {"type": "object", "additionalProperties": dict(inner)}:
            return f"names, each with a {_words(inner)}"
        case {"type": "integer"}:
            return f"whole number{_range(value, 'minimum', 'maximum')}"
        case {"type": "number"}:
            return f"number{_range(value, 'minimum', 'maximum')}"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"pattern": _}:
            return "id"
        case _:
            raise AssertionError(f"no words for {value}")


def _range(value: Schema, least: str, most: str) -> str:
    low, high = value.get(least), value.get(most)
    above = value.get("exclusiveMinimum")
    parts = [
        f"at least {low:g}" if low is not None else "",
        f"more than {above:g}" if above is not None else "",
        f"at most {high:g}" if high is not None else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f" ({low:g} to {high:g})" if low is not None and high is not None else f" ({said})" if said else ""


def _code(value: object) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def command_reference() -> str:
    """Render every command with its arguments and options, and the exit codes."""
    command = typer.main.get_command(app)
    lines = ["# Commands", "", GENERATED, "", *_commands(command, typer.Context(command, info_name="ptquiz"))]
    lines += ["", "## Exit codes", "", "| code | |", "|---|---|"]
    docs = _exit_code_docs()
    lines += [f"| {code.value} | {docs[code.name]} |" for code in ExitCode]
    return "\n".join(lines) + "\n"


def _commands(command: Any, context: Any) -> Iterator[str]:
    yield from _one_command(command, context)
    for name, inner in getattr(command, "commands", {}).items():
        yield ""
        yield from _commands(inner, typer.Context(inner, info_name=name, parent=context))


def _one_command(command: Any, context: Any) -> Iterator[str]:
    text, _, example = (command.help or "").partition("Example:")
    yield f"## {context.command_path}"
    yield ""
    yield " ".join(text.split())
    if example:
        yield from ("", "```sh", " ".join(example.split()), "```")
    parameters = [p for p in command.params if not getattr(p, "hidden", False)]
    if parameters:
        yield from ("", "| | |", "|---|---|")
    for parameter in parameters:
        yield f"| `{_spelled(parameter, context)}` | {_cell(parameter.help or '')}{_default(parameter)} |"


def _spelled(parameter: Any, context: Any) -> str:
    if parameter.param_type_name == "argument":
        name = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
        return name if parameter.required else f"[{name}]"
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {parameter.make_metavar(context).strip('<>').split()[0].upper()}"


def _default(parameter: Any) -> str:
    default = parameter.default
    shown = default is not None and not isinstance(default, bool) and default != [] and not parameter.required
    return f" Default: {default}." if shown else ""


def _exit_code_docs() -> dict[str, str]:
    from ptquiz.banks.descriptions import describe_fields

    return describe_fields(ExitCode)


def bank_table() -> str:
    """Render what the shipped banks hold."""
    collection = collect(deck_files([ROOT / "questions"]), read_deck)
    if collection.problems:
        raise SystemExit(f"the banks cannot be read: {collection.problems[0]}")
    coverage = cover(collection.decks, collection.translations)
    lines = [
        "# What the banks hold",
        "",
        GENERATED,
        "",
        "*Proven* questions are decided by a run against the installed torch; *families* vary their numbers;",
        "*wrong* are the listed wrong solutions of code tasks, all of which the checks reject.",
        "`ptquiz deck coverage -t TOPIC` shows a topic in detail.",
        "",
        *_bank_rows(coverage),
        "",
        "## By kind and difficulty",
        "",
        *_kind_rows(coverage),
        "",
        "## Courses",
        "",
        "| course | | topics |",
        "|---|---|---|",
        *(f"| `{c.course}` | {_cell(c.title)} | {', '.join(c.topics)} |" for c in collection.courses),
    ]
    return "\n".join(lines) + "\n"


def _bank_rows(coverage: Coverage) -> Iterator[str]:
    head = ["topic", "", "questions", *Level, "kinds", "proven", "families", "code", "wrong", "sections", "Chinese"]
    yield f"| {' | '.join(head)} |"
    yield "|---|---|" + "--:|" * (len(Level) + 8)
    for each in coverage.summaries:
        levels = [coverage.count(topic=each.topic, level=level) for level in Level]
        share = f"{100 * each.proven // max(each.questions, 1)} %"
        numbers = [each.questions, *levels, each.kinds, share, each.families, each.tasks, each.wrong, each.sections]
        cells = [f"`{each.topic}`", _cell(each.title), *map(str, numbers), str(each.translated.get("zh", 0))]
        yield f"| {' | '.join(cells)} |"
    totals = [
        sum(each.questions for each in coverage.summaries),
        *(coverage.count(level=level) for level in Level),
        "",
        f"{100 * sum(e.proven for e in coverage.summaries) // sum(e.questions for e in coverage.summaries)} %",
        *(
            sum(getattr(each, name) for each in coverage.summaries)
            for name in ("families", "tasks", "wrong", "sections")
        ),
        sum(each.translated.get("zh", 0) for each in coverage.summaries),
    ]
    yield f"| all | | {' | '.join(map(str, totals))} |"


def _kind_rows(coverage: Coverage) -> Iterator[str]:
    yield f"| topic | {' | '.join(KINDS)} | {' | '.join(f'd{n}' for n in DIFFICULTIES)} |"
    yield "|---|" + "--:|" * (len(KINDS) + len(DIFFICULTIES))
    for topic in (*coverage.topics, None):
        counts = [coverage.count(topic=topic, kind=kind) for kind in KINDS]
        counts += [coverage.count(topic=topic, difficulty=n) for n in DIFFICULTIES]
        yield f"| {f'`{topic}`' if topic else 'all'} | {' | '.join(map(str, counts))} |"


DOCUMENTS = {"docs/deck-reference.md": deck_reference, "docs/cli.md": command_reference, "docs/coverage.md": bank_table}


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check return 1 when one is stale."""
    stale = []
    for name, render in DOCUMENTS.items():
        path, text = ROOT / name, render()
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"{name} is stale: python scripts/docs.py" if "--check" in arguments else f"wrote {name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
