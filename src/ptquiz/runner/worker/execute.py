"""Running a program in this process and describing what came of it as plain data."""

from __future__ import annotations

import builtins
import linecache
import os
import sys
import time
import types
from pathlib import Path
from typing import Any

from . import capture, cstreams, excerpts, limits, rebuild
from .frames import Message

ANSWER_FILE = "answer.py"
"""The file in scratch that holds a snippet from no file of its own, such as a learner's answer."""
ANSWER_NAMES = ("", "<answer>")
RECURSION_LIMIT = 1000

_getpid = os.getpid
_clock = time.perf_counter
_settrace = sys.settrace
_setprofile = sys.setprofile
_setrecursionlimit = sys.setrecursionlimit
_builtins = dict(vars(builtins))


def run(program: Message) -> Message:
    """Execute the snippets, evaluate the values, and return the report."""
    try:
        sources = _sources(program["snippets"])
    except OSError as problem:
        return {"failed": f"its scratch folder cannot be written: {problem.strerror}"}
    namespace = _fresh_main()
    if program["got"]:
        namespace["got"] = rebuild.namespace(program["got"])
    warned = excerpts.record_warnings()
    observations: list[Message] = []
    error: Message | None = None
    pid = _getpid()
    start = _clock()
    try:
        try:
            _execute(sources, program, namespace, observations)
        finally:  # before any call, which would be traced
            _settrace(None)
            _setprofile(None)
    except BaseException as problem:  # noqa: BLE001 - every way to end is told
        if _getpid() == pid:
            _recover()
            error = excerpts.describe_exception(problem, workers=program["workers"])
    milliseconds = 1000 * (_clock() - start)
    _recover()
    _flush()
    return {"values": observations, "error": error, "warnings": warned, "milliseconds": milliseconds}


def _execute(
    sources: list[tuple[str, str]], program: Message, namespace: dict[str, Any], observations: list[Message]
) -> None:
    """Run the snippets and capture each value as soon as it is there."""
    catcher = capture.Capture()
    for number, (code, filename) in enumerate(sources):
        if number == program["beside"]:
            namespace = dict(namespace)
        exec(compile(code, filename, "exec", dont_inherit=True), namespace)
    for number, snippet in enumerate(program["values"], 1):
        filename = snippet["file"] or f"<value {number}>"
        code = _at_its_line(snippet)
        _remember(filename, code)
        value = eval(compile(code, filename, "eval", dont_inherit=True), namespace)
        observations.append(catcher.observe(value))


def _sources(snippets: list[Message]) -> list[tuple[str, str]]:
    """Return each snippet's code, padded to its line, with the file that its traceback shall name."""
    sources = []
    answers = 0
    for snippet in snippets:
        code, filename = _at_its_line(snippet), snippet["file"]
        if filename in ANSWER_NAMES:
            answers += 1
            filename = ANSWER_FILE if answers == 1 else f"answer{answers}.py"
            Path(filename).write_text(code, encoding="utf-8", errors="backslashreplace")
        _remember(filename, code)
        sources.append((code, filename))
    return sources


def _at_its_line(snippet: Message) -> str:
    """Pad code so that its first line has the number it has in its file."""
    blank_lines: str = "\n" * (snippet["line"] - 1)
    return blank_lines + str(snippet["code"])


def _remember(filename: str, code: str) -> None:
    """Let inspect and traceback find the source; snippets of one file share an entry, each at its lines."""
    lines = code.splitlines(keepends=True)
    known = linecache.cache.get(filename)
    if known is not None and len(known) == 4:
        before = known[2]
        lines = [
            line if line.strip() or number >= len(before) else before[number] for number, line in enumerate(lines)
        ] + before[len(lines) :]
    linecache.cache[filename] = (len(code), None, lines, filename)


def _fresh_main() -> dict[str, Any]:
    """Put an empty module in place of `__main__` and return its namespace."""
    main = types.ModuleType("__main__")
    vars(main)["__builtins__"] = builtins
    sys.modules["__main__"] = main
    return vars(main)


def _recover() -> None:
    """Undo what the program may have done to this process, so that telling about it works."""
    vars(builtins).update(_builtins)
    limits.open_parachute()
    _setrecursionlimit(RECURSION_LIMIT)


def _flush() -> None:
    """Write out what is still buffered, whatever the program has put in place of the streams."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            stream.flush()  # type: ignore[union-attr]
        except BaseException:  # noqa: BLE001 - the stream may be the program's own
            continue
    cstreams.flush()
