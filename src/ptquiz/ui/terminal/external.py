"""The learner's own editor: `$PTQUIZ_EDITOR`, `$VISUAL`, `$EDITOR`, or what is installed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ptquiz.errors import EnvironmentProblem, Message, said

VARIABLES = ("PTQUIZ_EDITOR", "VISUAL", "EDITOR")
USUAL = ("nano", "vim", "vi")
RETURNS_AT_ONCE = frozenset({"code", "codium", "code-insiders", "subl", "zed"})
"""Editors that leave a window open and return, unless told to wait."""
TAKES_PLUS = frozenset({"vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "micro", "joe", "ne", "mcedit"})
"""Editors that open a file at a line when told `+LINE`."""


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Give the command line of the editor to use."""
    search = environ.get("PATH")
    for variable in VARIABLES:
        if value := environ.get(variable, "").strip():
            return _configured(variable, value, search)
    for name in USUAL:
        if found := shutil.which(name, path=search):
            return [found]
    raise EnvironmentProblem(
        said("no editor found: none of {names} is installed", names=", ".join(USUAL)), details=(_advice(),)
    )


def edit_outside(text: str, environ: Mapping[str, str], *, suffix: str = ".py") -> str:
    """Let the learner edit the text in their editor; the file is kept when that fails."""
    command = editor_command(environ)
    handle, name = tempfile.mkstemp(prefix="ptquiz-", suffix=suffix)
    os.close(handle)
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    try:
        code = subprocess.run([*command, name], check=False).returncode
    except OSError as problem:
        raise EnvironmentProblem(
            said("cannot start {editor}: {reason}", editor=command[0], reason=problem.strerror),
            details=(said("kept: {name}", name=name),),
        ) from None
    if code:
        raise EnvironmentProblem(
            said("{editor} ended with exit code {code}", editor=Path(command[0]).name, code=code),
            details=(said("kept: {name}", name=name),),
        )
    edited = path.read_text(encoding="utf-8")
    path.unlink()
    return edited


def open_at(file: Path, line: int, environ: Mapping[str, str]) -> None:
    """Open a file in the learner's editor, at a line where the editor can; wait until it is closed.

    Raises EnvironmentProblem when there is no editor, it cannot be started, or it ends with an error.
    """
    command = editor_command(environ)
    name = Path(command[0]).name
    try:
        code = subprocess.run([*command, *_position(name, file, line)], check=False).returncode
    except OSError as problem:
        raise EnvironmentProblem(
            said("cannot start {editor}: {reason}", editor=command[0], reason=problem.strerror)
        ) from None
    if code:
        raise EnvironmentProblem(said("{editor} ended with exit code {code}", editor=name, code=code))


def _position(editor: str, file: Path, line: int) -> list[str]:
    """Give the arguments that open a file at a line."""
    if editor in TAKES_PLUS:
        return [f"+{line}", str(file)]
    if editor in ("code", "codium", "code-insiders"):
        return ["--goto", f"{file}:{line}"]
    return [f"{file}:{line}"] if editor in ("subl", "zed", "hx") else [str(file)]


def _configured(variable: str, value: str, search: str | None) -> list[str]:
    """Read a command from the environment as a shell would."""
    try:
        program, *options = shlex.split(value)
    except ValueError as problem:
        raise EnvironmentProblem(
            said("cannot read ${variable}={value}: {reason}", variable=variable, value=value, reason=problem),
            details=(_advice(),),
        ) from None
    found = shutil.which(program, path=search)
    if not found:
        raise EnvironmentProblem(
            said("the editor {editor!r} (from ${variable}) is not installed", editor=program, variable=variable),
            details=(_advice(),),
        )
    if Path(program).name in RETURNS_AT_ONCE and not {"--wait", "-w"} & set(options):
        options.append("--wait")
    return [found, *options]


def _advice() -> Message:
    return said("Choose one with PTQUIZ_EDITOR, for example: export PTQUIZ_EDITOR=nano")
