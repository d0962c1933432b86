"""The descriptions of the deck language: the docstrings of its types, and the strings below their fields.

They are read from the source, so that one text serves whoever reads the code, an editor and the reference.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from functools import cache


def describe(cls: type) -> str:
    """Return the docstring of a type; empty when it has none of its own."""
    return inspect.cleandoc(cls.__dict__.get("__doc__") or "")


@cache
def describe_fields(cls: type) -> dict[str, str]:
    """Map the fields of a type, inherited ones included, to the strings below them; no source, no descriptions."""
    described: dict[str, str] = {}
    for owner in reversed(cls.__mro__[:-1]):
        described |= _own_fields(owner)
    return described


def _own_fields(cls: type) -> dict[str, str]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    except (OSError, TypeError):
        return {}
    match tree.body:
        case [ast.ClassDef(body=body)]:
            pairs = itertools.pairwise(body)
            return {name: text for field, below in pairs if (name := _name(field)) and (text := _string(below))}
        case _:
            return {}


def _name(statement: ast.stmt) -> str:
    """Return the name that a statement annotates or assigns; empty for another statement."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""


def _string(statement: ast.stmt) -> str:
    match statement:
        case ast.Expr(value=ast.Constant(value=str() as text)):
            return inspect.cleandoc(text)
        case _:
            return ""
