"""Read a number or a formula as a person types it."""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from collections.abc import Callable

UNITS = {
    "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12,
    "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40,
    "%": 1e-2, "ms": 1e-3, "us": 1e-6, "μs": 1e-6,
}  # fmt: skip
"""Suffixes and what they multiply by."""

OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}

FUNCTIONS: dict[str, Callable[[float], float]] = {"sqrt": math.sqrt, "exp": math.exp, "log": math.log}

_NUMBER_WITH_UNIT = re.compile(
    r"(\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?)\s*(?:(Ki|Mi|Gi|Ti|ms|us|μs|[kKMGT])B?(?!\w)|(%)(?!\s*[\d(.]))"
)
"""A percent sign before another operand is the remainder, anywhere else a unit."""


class NotANumberError(ValueError):
    """The text is neither a number nor a formula; the message says why."""


def read_number(text: str) -> float:
    """Evaluate a number or a formula such as `2*32*4096 / 2**30`, `1.5e9`, `3 GiB` or `50%`.

    Raises NotANumberError with a sentence for the user.
    """
    folded = unicodedata.normalize("NFKC", text).replace("。", ".").replace("^", "**").strip()
    if len(folded) > 200:
        raise NotANumberError("that formula is too long")
    source = _NUMBER_WITH_UNIT.sub(lambda m: f"({m[1]} * {UNITS[m[2] or m[3]]!r})", folded)
    try:
        value = _evaluate(ast.parse(source, mode="eval").body)
    except ZeroDivisionError:
        raise NotANumberError("that divides by zero") from None
    except OverflowError:
        raise NotANumberError("that number is too large") from None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, NotANumberError):
            raise
        raise NotANumberError("a number or a formula, e.g. 0.1, 1e-5, 2*3/4, 3 GiB") from None
    return value


def _evaluate(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.Name(id="pi"):
            return math.pi
        case ast.Name(id="e"):
            return math.e
        case ast.Name(id="inf" | "nan" as name):
            return float(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _evaluate(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_evaluate(left), _evaluate(right))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_evaluate(left), _evaluate(right))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_evaluate(argument))
        case _:
            raise NotANumberError("only numbers, + - * / // % ** ( ), sqrt, exp, log, pi and e are understood")


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > 1000:
        raise OverflowError
    value: float | complex = base**exponent
    if isinstance(value, complex):
        raise NotANumberError("that is not a real number")
    return value
