"""Collect decks in pytest: every question and every section of an explanation is a test.

Loaded into every pytest of an environment, so nothing else of ptquiz is imported before a deck is found.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ptquiz.banks.reading import Reading
    from ptquiz.commands.check import Unit
    from ptquiz.domain.decks import Problem
    from ptquiz.runner.client import LiveRunner

SUFFIXES = (".yaml", ".yml")
HEAD_BYTES = 64 * 1024
"""How much of a file is looked at to tell whether it is a deck."""
NAME_KEY = re.compile(rb"^(?:\xef\xbb\xbf)?(?:deck|translates)[ ]*:", re.MULTILINE)
OTHER_KEY = re.compile(rb"^(?:\xef\xbb\xbf)?(?:format|questions)[ ]*:", re.MULTILINE)

COLLECTION = "reads"
"""The name of the test that a deck can be read and fits the other decks of the run."""

SETTINGS = {"true": True, "false": False, "auto": None}
WORKER_INPUT = "ptquiz_given"

RUNNER = pytest.StashKey["LiveRunner"]()
DECKS = pytest.StashKey[dict[Path, "Reading"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --ptquiz, --ptquiz-python and the setting `ptquiz`."""
    group = parser.getgroup("ptquiz", "decks of questions, proven by running them")
    group.addoption("--ptquiz", action="store_true", help="collect every deck, not only those below the paths given")
    group.addoption("--ptquiz-python", metavar="PATH", help="the interpreter whose torch proves the decks")
    parser.addini("ptquiz", "collect decks: true, false, or auto (below paths that are given)", default="auto")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a setting that means nothing before anything is collected."""
    _setting(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a deck where decks are asked for; every other YAML file is left alone."""
    if file_path.suffix not in SUFFIXES or not _asked_for(file_path, parent.config) or not _looks_like_deck(file_path):
        return None
    deck: DeckFile = DeckFile.from_parent(parent, path=file_path)
    return deck


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the torch process of this pytest process."""
    runner = config.stash.get(RUNNER, None)
    if runner is not None:
        runner.close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a pytest-xdist worker which paths were given; it cannot tell them from its own arguments."""
    node.workerinput[WORKER_INPUT] = [str(path) for path in _given(node.config)]


def _asked_for(path: Path, config: pytest.Config) -> bool:
    if config.getoption("--ptquiz"):
        return True
    wanted = _setting(config)
    return any(path.is_relative_to(given) for given in _given(config)) if wanted is None else wanted


def _setting(config: pytest.Config) -> bool | None:
    """Return the setting `ptquiz`; None for auto."""
    text = str(config.getini("ptquiz")).strip().lower()
    if text not in SETTINGS:
        raise pytest.UsageError(f'the setting ptquiz is "{text}"; it is true, false or auto')
    return SETTINGS[text]


def _given(config: pytest.Config) -> list[Path]:
    """List the paths on the command line, without the names of tests behind them."""
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        return [Path(path) for path in worker.get(WORKER_INPUT, ())]
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return []
    start = config.invocation_params.dir
    return [Path(os.path.normpath(start / argument.split("::")[0])) for argument in config.args]


def _looks_like_deck(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
        return bool(NAME_KEY.search(head) and OTHER_KEY.search(head))
    return False


class DeckFile(pytest.File):
    """One deck."""

    def collect(self) -> Iterable[pytest.Item]:
        """Yield a test for the deck as a whole, then one for each section and question."""
        from ptquiz.banks.reader import parse_deck
        from ptquiz.commands.check import units

        reading = parse_deck(self.path.read_bytes(), self._shown_path())
        self.session.stash.setdefault(DECKS, {})[reading.path] = reading
        yield DeckItem.from_parent(self, name=COLLECTION, reading=reading)
        if reading.deck is None:
            return
        for unit in units([reading.deck]):
            yield UnitItem.from_parent(self, name=unit.name, unit=unit)

    def _shown_path(self) -> Path:
        """Return the path as it is shown in messages: from where pytest was started, when it is below."""
        base = self.config.invocation_params.dir
        return self.path.relative_to(base) if self.path.is_relative_to(base) else self.path


class DeckProblems(Exception):  # noqa: N818 - what a test found, not a defect
    """What does not hold."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


class DeckWarning(pytest.PytestWarning):
    """What holds and still looks like a mistake."""


class _Item(pytest.Item):
    """A test whose failures are shown as the program shows them, without a traceback."""

    line = 1

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from ptquiz.banks.report import show_problem
        from ptquiz.errors import PtquizError

        match excinfo.value:
            case DeckProblems(problems=problems):
                lines = self.path.read_bytes().decode("utf-8-sig", "replace").splitlines()
                return "\n".join(line for problem in problems for line in show_problem(problem, lines))
            case DeckWarning() as warning:  # where warnings are errors
                return str(warning)
            case PtquizError(message=message, details=details):
                return "\n".join((message, *details))
            case _:
                return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line - 1, self.name


class DeckItem(_Item):
    """That a deck can be read and fits the other decks of the run: its ids are unique, its follow-ups exist."""

    def __init__(self, *, reading: Reading, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._reading = reading

    def runtest(self) -> None:
        """Read all decks of the run together."""
        from ptquiz.banks.collection import collect

        decks = self.session.stash[DECKS]
        together = collect(decks, decks.__getitem__)
        found = (*together.problems, *together.untranslated)
        if problems := [problem for problem in found if problem.place.file == str(self._reading.path)]:
            raise DeckProblems(problems)


class UnitItem(_Item):
    """That what a question or a section claims holds."""

    def __init__(self, *, unit: Unit, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._unit = unit
        self.line = unit.place.line

    def runtest(self) -> None:
        """Run everything that it claims."""
        from ptquiz.commands.check import Bench, prove_unit
        from ptquiz.domain.requirements import unmet

        runner, requires = _runner(self.config), self._unit.requires
        if requires is not None and (reason := unmet(requires, runner.torch_version)):
            pytest.skip(str(reason))
        finding = prove_unit(self._unit, Bench(runner.run), mutate=False)
        if finding.problems:
            raise DeckProblems(finding.problems)
        for problem in finding.warnings:
            self.warn(DeckWarning(f"{problem} ({problem.hint})"))


def _runner(config: pytest.Config) -> LiveRunner:
    """Return the one runner of this process; with pytest-xdist every worker has its own."""
    if RUNNER not in config.stash:
        import sys

        from ptquiz.runner.client import LiveRunner

        config.stash[RUNNER] = LiveRunner(config.getoption("--ptquiz-python") or sys.executable)
    return config.stash[RUNNER]
