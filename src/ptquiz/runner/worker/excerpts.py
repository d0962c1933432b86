"""Exceptions, warnings and texts of a program as bounded plain data. Runs beside the program, so nothing is trusted."""

from __future__ import annotations

import contextlib
import types
import warnings
from collections.abc import Callable
from typing import Any

from . import refusals
from .frames import Message

TEXT_LIMIT = 20_000
"""Characters of one text."""
WARNINGS_LIMIT = 50
WARNING_TEXT_LIMIT = 2000
FRAMES_LIMIT = 40
HERE = __file__.removesuffix("excerpts.py")

_type = type
_name_of = type.__dict__["__qualname__"].__get__
_module_of = type.__dict__["__module__"].__get__


def sendable(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return text that can be encoded, cut to a limit."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text.encode("utf-8", "backslashreplace").decode()


def type_name(kind: type) -> str:
    """Return the qualified name of a type, without `builtins.` and `__main__.`, as a traceback shows it."""
    name, module = _name_of(kind), None
    with contextlib.suppress(AttributeError):
        module = _module_of(kind)
    if _type(module) is not str or module in ("builtins", "__main__"):
        return sendable(name, 200)
    return sendable(f"{module}.{name}", 200)


def guarded(value: object, show: Callable[[object], Any] = str) -> str:
    """Return what `str` or `repr` makes of a value, whatever its own methods do."""
    try:
        text = show(value)
        if _type(text) is str:
            return sendable(text)
        problem = "returned no text"
    except BaseException as error:  # noqa: BLE001 - the method is the program's own
        problem = f"raised {type_name(_type(error))}"
    return f"<{type_name(_type(value))} whose {show.__name__}() {problem}>"


def describe_exception(error: BaseException, *, workers: bool = False) -> Message:
    """Return the type, message and frames of an exception; its message says so where the runner is its cause."""
    frames = _frames(error.__traceback__)
    message = guarded(error)
    if note := refusals.note(error, workers=workers):
        message = f"{message} ({note})" if message else note
    if isinstance(error, SyntaxError):
        if _type(error.msg) is str:
            message = sendable(error.msg)
        if _type(error.filename) is str and _type(error.lineno) is int:
            frames.append([sendable(error.filename), error.lineno, "<module>"])
    return {"type": type_name(_type(error)), "message": message, "frames": frames}


def _frames(trace: types.TracebackType | None) -> list[list[Any]]:
    """Return the frames of the program and below, the outermost and the innermost ones when there are too many."""
    frames: list[list[Any]] = []
    of_program = False
    while trace is not None:
        code = trace.tb_frame.f_code
        of_program = of_program or not code.co_filename.startswith(HERE)
        if of_program:
            frames.append([sendable(code.co_filename, 1000), trace.tb_lineno, sendable(code.co_name, 200)])
        if len(frames) > 2 * FRAMES_LIMIT:
            del frames[FRAMES_LIMIT // 2]
        trace = trace.tb_next
    if len(frames) > FRAMES_LIMIT:
        frames = frames[: FRAMES_LIMIT // 2] + frames[-FRAMES_LIMIT // 2 :]
    return frames


def record_warnings() -> list[list[Any]]:
    """Record warnings in the list that is returned, instead of printing them; show those that Python would show.

    The filters are Python's own for a script, so that each place warns once, and a program may change them.
    """
    warned: list[list[Any]] = []

    def keep(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: object = None,
        line: str | None = None,
    ) -> None:
        if len(warned) < WARNINGS_LIMIT:
            text = sendable(guarded(message), WARNING_TEXT_LIMIT)
            warned.append([type_name(category), text, sendable(str(filename), 1000), int(lineno)])

    warnings.resetwarnings()
    for hidden in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", hidden)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    warnings.showwarning = keep
    return warned
