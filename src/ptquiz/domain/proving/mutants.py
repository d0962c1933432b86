"""Break a solution in every small way, to see whether its checks would notice."""

from __future__ import annotations

import ast
import copy
import difflib
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from ptquiz.domain.answers import Coded
from ptquiz.domain.decks import Problem
from ptquiz.domain.judging.code import judge_task
from ptquiz.domain.questions import CodeTask
from ptquiz.domain.snippets import Trial
from ptquiz.domain.variants import first_member
from ptquiz.domain.verdicts import Result

MOST = 100
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
    """What was changed; the changes of one line differ."""

    @property
    def name(self) -> str:
        """What an author calls it by."""
        return f"line {self.line}, {self.change}"


class Survey(Struct, frozen=True):
    """How many mutants the checks rejected, and which they let pass."""

    mutants: int = 0
    """How many were tried."""
    survivors: tuple[Mutant, ...] = ()
    """Those that pass and that nobody has justified."""
    justified: tuple[Mutant, ...] = ()
    """Those that pass and are right as well, as the author says."""
    stale: tuple[Problem, ...] = ()
    """Justifications of what does not pass."""
    untried: int = 0
    """How many more mutants there are."""

    @property
    def killed(self) -> int:
        """How many were rejected."""
        return self.mutants - len(self.survivors) - len(self.justified)

    @property
    def to_kill(self) -> int:
        """How many the checks should reject: all but the justified ones."""
        return self.mutants - len(self.justified)


def survey(question: CodeTask) -> Trial[Survey]:
    """Judge every mutant of a solution; of a family, that of its first member."""
    member = first_member(question)
    every = list(mutants(member.solution.code))
    excused = {survivor.mutant for survivor in member.survivors}
    tried = _spread(every, excused)
    passing = []
    for mutant in tried:
        verdict = yield from judge_task(member, Coded(mutant.code), until_failed=True)
        if verdict.result is Result.CORRECT:
            passing.append(mutant)
    return Survey(
        len(tried),
        tuple(mutant for mutant in passing if mutant.name not in excused),
        tuple(mutant for mutant in passing if mutant.name in excused),
        tuple(_stale(member, {mutant.name for mutant in passing}, [mutant.name for mutant in every])),
        untried=len(every) - len(tried),
    )


def _stale(question: CodeTask, passing: set[str], names: list[str]) -> Iterator[Problem]:
    """Yield a problem for each justification of what is no mutant, or no longer passes."""
    for survivor in question.survivors:
        if survivor.mutant in passing:
            continue
        if survivor.mutant in names:
            yield Problem(survivor.place, f'the checks reject "{survivor.mutant}"', "take it out of survivors")
        else:
            close = difflib.get_close_matches(survivor.mutant, names, n=1, cutoff=0.6)
            hint = f'did you mean "{close[0]}"?' if close else "ptquiz check --all lists the mutants that pass"
            yield Problem(survivor.place, f'no mutant of the solution is "{survivor.mutant}"', hint)


def _spread(every: list[Mutant], wanted: set[str]) -> list[Mutant]:
    """Return the mutants to try: MOST of them, and those that are wanted."""
    if len(every) <= MOST:
        return every
    chosen = {i * len(every) // MOST for i in range(MOST)}
    return [mutant for i, mutant in enumerate(every) if i in chosen or mutant.name in wanted]


def mutants(code: str) -> Iterator[Mutant]:
    """Yield each distinct small change of the code that still parses."""
    tree = ast.parse(code)
    seen = {ast.unparse(tree)}
    alike: Counter[tuple[int, str]] = Counter()
    for position, node in enumerate(ast.walk(tree)):
        for change, apply in _changes(node):
            changed = copy.deepcopy(tree)
            apply(_nth(changed, position))
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in seen:
                seen.add(text)
                line = getattr(node, "lineno", 1)
                alike[line, change] += 1
                again = alike[line, change]
                yield Mutant(text, line, change if again == 1 else f"{change} (place {again})")


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
