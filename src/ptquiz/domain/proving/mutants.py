"""Break a solution in every small way, to see whether its checks would notice."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from msgspec import Struct

from ptquiz.domain.answers import Coded
from ptquiz.domain.judging.code import judge_task
from ptquiz.domain.questions import CodeTask
from ptquiz.domain.snippets import Trial
from ptquiz.domain.verdicts import Result

MOST = 40
"""So many mutants of one solution are tried at the most, spread over all there are."""

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
"""What each operator is taken for by mistake."""


class Mutant(Struct, frozen=True):
    """A solution with one change."""

    code: str
    line: int
    """Of the solution, from 1."""
    change: str


class Survey(Struct, frozen=True):
    """How many mutants the checks rejected, and which they let pass."""

    mutants: int = 0
    survivors: tuple[Mutant, ...] = ()

    @property
    def killed(self) -> int:
        """How many were rejected."""
        return self.mutants - len(self.survivors)


def survey(question: CodeTask) -> Trial[Survey]:
    """Judge every mutant of a solution."""
    tried = _spread(list(mutants(question.solution.code)))
    survivors = []
    for mutant in tried:
        verdict = yield from judge_task(question, Coded(mutant.code), until_failed=True)
        if verdict.result is Result.CORRECT:
            survivors.append(mutant)
    return Survey(len(tried), tuple(survivors))


def _spread(every: list[Mutant]) -> list[Mutant]:
    if len(every) <= MOST:
        return every
    return [every[i * len(every) // MOST] for i in range(MOST)]


def mutants(code: str) -> Iterator[Mutant]:
    """Yield each distinct small change of the code that still parses."""
    tree = ast.parse(code)
    seen = {ast.unparse(tree)}
    for position, node in enumerate(ast.walk(tree)):
        for change, apply in _changes(node):
            changed = copy.deepcopy(tree)
            apply(_nth(changed, position))
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in seen:
                seen.add(text)
                yield Mutant(text, getattr(node, "lineno", 1), change)


def _nth(tree: ast.AST, position: int) -> ast.AST:
    return next(node for i, node in enumerate(ast.walk(tree)) if i == position)


Change = tuple[str, Callable[[ast.AST], None]]


def _changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            for other in OPERATORS.get(type(op), ()):
                yield f"{_name(op)} becomes {other.__name__}", _setter("op", other)
        case ast.Compare(ops=[op]):
            for other in OPERATORS.get(type(op), ()):
                yield f"{_name(op)} becomes {other.__name__}", _first_operator(other)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield f"{_name(node.op)} is dropped", _drop_operator
        case ast.Constant(value=bool() as value):
            yield f"{value} becomes {not value}", _value(not value)
        case ast.Constant(value=int() as value):
            yield f"{value} becomes {value + 1}", _value(value + 1)
            if value:
                yield f"{value} becomes 0", _value(0)
        case ast.Constant(value=float() as value):
            yield f"{value} becomes {value * 2 + 1}", _value(value * 2 + 1)
        case ast.Call(keywords=keywords) if keywords:
            for i, keyword in enumerate(keywords):
                yield f"{keyword.arg}= is left out", _drop_keyword(i)
        case ast.If():
            yield "the condition is always true", _condition(True)
            yield "the condition is always false", _condition(False)
    yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[Change]:
    """Leave out one statement of a block that has others."""
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return
    for i, statement in enumerate(body):
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not is_text and not isinstance(statement, ast.Pass | ast.FunctionDef | ast.Import | ast.ImportFrom):
            yield f"line {statement.lineno} is left out", _without(i)


def _name(operator: ast.AST) -> str:
    return type(operator).__name__


def _setter(field: str, kind: type[ast.AST]) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, field, kind())


def _first_operator(kind: type[ast.AST]) -> Callable[[ast.AST], None]:
    def apply(node: ast.AST) -> None:
        assert isinstance(node, ast.Compare)
        node.ops = [kind()]  # type: ignore[list-item]

    return apply


def _drop_operator(node: ast.AST) -> None:
    assert isinstance(node, ast.UnaryOp)
    node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
    if isinstance(node.op, ast.Not):
        node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _value(value: float | bool) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, "value", value)


def _drop_keyword(index: int) -> Callable[[ast.AST], None]:
    def apply(node: ast.AST) -> None:
        assert isinstance(node, ast.Call)
        del node.keywords[index]

    return apply


def _condition(value: bool) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, "test", ast.Constant(value))


def _without(index: int) -> Callable[[ast.AST], None]:
    def apply(node: ast.AST) -> None:
        body = getattr(node, "body")  # noqa: B009 - checked where the change was offered
        body[index] = ast.Pass()

    return apply
