"""The program in a warm process: what a command line did, and what holds for each of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ptquiz.errors import ExitCode
from tests.robustness.places import Place

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
ANSWERING = ({"check"}, {"deck", "preview"}, {"due", "--exit-code"})
"""Words of the commands that say with exit code 1 what they found."""
EXPLAINED = (ExitCode.USAGE, ExitCode.ENVIRONMENT, ExitCode.STORE)


@dataclass(frozen=True)
class Ended:
    """How a command line ended; the code is None where it had to be killed."""

    argv: tuple[str, ...]
    code: int | None
    out: str
    error: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What no user should ever see."""
        code, said = self.code, self.out + self.error
        checks = {
            "it did not end": code is None,
            f"the exit code {code} is in no table": code not in set(ExitCode),
            "it says that ptquiz has a defect": code == ExitCode.INTERNAL,
            "a traceback that nobody asked for": "Traceback (most" in said and "--debug" not in self.argv,
            "an exception that was ignored": "Exception ignored" in said,
            "1 is for what was found": code == ExitCode.FAILED and not any(w <= set(self.argv) for w in ANSWERING),
            "not a word about what is wrong": code in EXPLAINED
            and "ptquiz: " not in self.error
            and "doctor" not in self.argv,
            "a mistake, and yet something on stdout": code == ExitCode.USAGE
            and self.out != ""
            and "--to" not in self.argv,
        }
        return tuple(fault for fault, seen in checks.items() if seen)

    def __str__(self) -> str:
        """Say what was typed and what came, shortly."""
        typed = " ".join(ascii(word[:60]) for word in self.argv)
        return f"ptquiz {typed} -> {self.code} {self.faults}: {self.error[-300:]!a}"


@dataclass
class Program:
    """A warm process, for as long as the `with` block lasts; `prefix` is what it is started through."""

    prefix: Sequence[str] = ()
    process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [*self.prefix, sys.executable, "-m", "tests.robustness.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(
        self,
        argv: Sequence[str],
        place: Place,
        *,
        keys: str = "",
        limits: Mapping[str, int] | None = None,
        without: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command line with keys on its standard input, under limits, with and without variables."""
        files = [place.folder / name for name in ("stdin", "stdout", "stderr")]
        for file, content in zip(files, (keys, "", ""), strict=True):
            file.write_text(content, "utf-8", errors="surrogateescape")
        environ = place.environ | dict(variables or {})
        code = self._ask(
            argv=list(argv),
            cwd=str(place.cwd),
            environ={name: environ[name] for name in environ if name not in without},
            streams=[str(file) for file in files],
            limits=dict(limits or {}),
            questions=str(place.questions),
            seconds=SECONDS,
        )
        return Ended(tuple(argv), code, *[file.read_text("utf-8", errors="replace") for file in files[1:]])

    def _ask(self, **request: Any) -> int | None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        code: int | None = self._answer()
        return 128 - code if code is not None and code < 0 else code

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())
