"""What is generated says what the program says, and lists that are kept by hand are complete."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

from ptquiz.commands.config import SETTINGS
from tests.docs.pages import ROOT

SOURCES = [file for file in (ROOT / "src").rglob("*.py") if "words" not in file.parts]
NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def test_generated_pages_and_tables_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def looked_up(tree: ast.AST) -> Iterator[str]:
    """Yield the names of variables that code looks up by name, in whatever mapping is called environ."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="get" | "setdefault"), args=[ast.Constant(name), *_]):
                found = name
            case ast.Subscript(value=owner, slice=ast.Constant(name)):
                found = name
            case _:
                continue
        if isinstance(found, str) and "environ" in ast.unparse(owner):
            yield found


def listed_in_tuples(tree: ast.AST) -> Iterator[str]:
    """Yield names that code goes through, such as VISUAL and EDITOR."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) > 1:
            words = [element.value for element in node.elts if isinstance(element, ast.Constant)]
            yield from (word for word in words if isinstance(word, str) and NAME.fullmatch(word))


def test_every_variable_that_the_program_looks_up_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "environment.md").read_text("utf-8")
    wanted = set()
    for file in SOURCES:
        text = file.read_text("utf-8")
        tree = ast.parse(text)
        wanted |= set(looked_up(tree))
        if "environ" in text:
            wanted |= set(listed_in_tuples(tree))
        wanted |= set(re.findall(r"\bPTQUIZ_[A-Z]+\b", text))
    wanted |= {name for setting in SETTINGS for name in (setting.variable, *setting.variables)}
    assert sorted(name for name in wanted if f"`{name}`" not in page) == []


def test_no_variable_is_documented_that_the_program_does_not_know() -> None:
    page = (ROOT / "docs" / "reference" / "environment.md").read_text("utf-8")
    known = "".join(file.read_text("utf-8") for file in SOURCES)
    made = {setting.variable for setting in SETTINGS} | {
        f"PTQUIZ_{name}" for name in ("CONFIG", "DATA", "CACHE", "STATE")
    }
    rows = re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert {name for name in documented - made if f'"{name}"' not in known} == set()
