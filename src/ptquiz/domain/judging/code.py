"""Judge code: the answer runs in one process and yields observations, the oracle runs in another.

Nothing that the answer prints, patches or writes can reach the process that knows what is right.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ptquiz.domain.answers import Coded
from ptquiz.domain.comparing.values import Tolerance, mismatch
from ptquiz.domain.judging.programs import evidence, failure
from ptquiz.domain.questions import CodeCheck, CodeTask, Needs
from ptquiz.domain.snippets import (
    Opaque,
    Outcome,
    Place,
    Program,
    Raised,
    Ran,
    Snippet,
    Tensor,
    Trial,
    Value,
    too_large,
)
from ptquiz.domain.verdicts import CheckResult, Evidence, Result, Verdict

ANSWER_FILE = "answer.py"
"""What the learner's code is called in tracebacks."""

RESEED = Snippet("__import__('random').seed(0); __import__('torch').manual_seed(0)")
"""Puts the generators into one state on both sides, whatever ran before."""

BAN = """
def _ban(name):
    import importlib
    path, _, last = name.rpartition(".")
    try:
        owner = importlib.import_module(path)
    except ImportError:
        path, _, middle = path.rpartition(".")
        owner = getattr(importlib.import_module(path), middle)
    def forbidden(*args, **kwargs):
        raise RuntimeError(f"this task is to be done without {{name}}")
    setattr(owner, last, forbidden)
for _name in {names!r}:
    _ban(_name)
del _ban, _name
"""

NESTED_SCOPES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
"""Where a name that is bound is not bound outside."""


def judge_task(question: CodeTask, answer: Coded, *, until_failed: bool = False) -> Trial[Verdict]:
    """Judge written code by every check, or only until one fails."""
    results: list[CheckResult] = []
    shown: list[Evidence] = []
    for check in question.checks:
        result, evidence_ = yield from judge_check(question, check, answer.code)
        results.append(result)
        shown.append(evidence_)
        if until_failed and not result.passed:
            break
    passed = sum(result.passed for result in results)
    return Verdict(
        result=Result.CORRECT if passed == len(results) else Result.WRONG,
        answer=question.solution.code,
        got=passed,
        total=len(results),
        checks=tuple(results),
        evidence=tuple(shown),
    )


def judge_check(question: CodeTask, check: CodeCheck, code: str) -> Trial[tuple[CheckResult, Evidence]]:
    """Judge written code by one check."""
    answer = Snippet(code, Place(ANSWER_FILE))
    names = tuple(bound_names(check.observe)) if check.observe else ()
    values = (check.call,) if check.call else tuple(Snippet(name) for name in names)
    ours = yield _side(question, check, answer, check.observe, values=tuple(v for v in values if v))
    shown = evidence(ours, check.observe, (check.call,) if check.call else ())
    if check.like is not None:
        theirs = yield _side(question, check, None, None, values=(check.like,))
        message = _compare(ours, theirs, Tolerance(check.rel_tol, check.abs_tol))
    elif not isinstance(ours, Ran):
        message = failure(ours)
    else:
        got = tuple((name, seen.value) for name, seen in zip(names, ours.values, strict=True))
        message = _too_large(got) or _expectation((yield _side(question, check, None, check.expect, got=got)))
    line = _answer_line(ours) if message else None
    return CheckResult(check.name, not message, message, line), shown


def inputs(question: CodeTask, check: CodeCheck) -> Program:
    """Build the program that only makes the inputs of a check."""
    return _side(question, check, None, None)


def _side(
    question: CodeTask,
    check: CodeCheck,
    answer: Snippet | None,
    last: Snippet | None,
    *,
    values: tuple[Snippet, ...] = (),
    got: tuple[tuple[str, Value], ...] = (),
) -> Program:
    ban = _ban(question.forbid) if answer is not None else None
    before = _present(*question.setup, question.code, ban, answer)
    after = _present(RESEED, check.given, RESEED, last)
    return Program(
        (*before, *after),
        values,
        got,
        # The answer must not find the names of the inputs in its own globals.
        beside=len(before),
        seconds=question.seconds,
        workers=question.needs is Needs.WORKERS,
    )


def _present(*snippets: Snippet | None) -> tuple[Snippet, ...]:
    return tuple(snippet for snippet in snippets if snippet is not None)


def _ban(names: tuple[str, ...]) -> Snippet | None:
    """Make the forbidden names of torch raise in the answer's process, however they are reached."""
    if not names:
        return None
    return Snippet(BAN.format(names=names))


def _compare(ours: Outcome, theirs: Outcome, tolerance: Tolerance) -> str:
    """Compare two outcomes of the same call; raising is right where the oracle raises the same."""
    match ours, theirs:
        case Ran(), Ran():
            return mismatch(ours.values[0].value, theirs.values[0].value, tolerance) or ""
        case Raised(type=a), Raised(type=b) if a == b:
            return ""
        case Ran(), Raised(type=type_):
            return f"expected {type_}, but nothing was raised"
        case _, Raised(type=type_):
            return f"expected {type_}, got {failure(ours)}"
        case _:
            return failure(ours) or f"the oracle could not run: {failure(theirs)}"


def _too_large(got: tuple[tuple[str, Value], ...]) -> str:
    for name, value in got:
        match too_large(value):
            case Tensor(dtype=dtype, shape=sizes):
                shape = ", ".join(map(str, sizes))
                return f"`{name}` holds a {dtype} tensor of shape ({shape}), too large to be looked at"
            case Opaque(type=kind):
                return f"`{name}` holds a {kind} with too many items to be looked at"
    return ""


def _expectation(outcome: Outcome) -> str:
    match outcome:
        case Ran():
            return ""
        case Raised(type="AssertionError", message=message) if message.strip():
            return message.strip()
        case Raised(type="AssertionError"):
            return "what was expected does not hold"
        case _:
            return f"the check could not run: {failure(outcome)}"


def _answer_line(outcome: Outcome) -> int | None:
    if not isinstance(outcome, Raised):
        return None
    return next((frame.line for frame in reversed(outcome.frames) if frame.file == ANSWER_FILE), None)


def bound_names(snippet: Snippet) -> Iterator[str]:
    """Yield the names that a snippet leaves bound at its top level, in order; not imports, functions and `_private`."""
    statements = ast.parse(snippet.code).body
    dropped = (target for statement in statements if isinstance(statement, ast.Delete) for target in statement.targets)
    seen = {target.id for target in dropped if isinstance(target, ast.Name)}
    for statement in statements:
        for name in _targets(statement):
            if not name.startswith("_") and name not in seen:
                seen.add(name)
                yield name


def _targets(node: ast.AST) -> Iterator[str]:
    if isinstance(node, NESTED_SCOPES):
        return
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    for child in ast.iter_child_nodes(node):
        yield from _targets(child)
