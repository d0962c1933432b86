"""Mutation testing of what decides: scheduling, session, judging and comparing.

Mutants are made by mutmut in a copy of the tree, those that mypy rejects are set aside, and each of the others
runs in a fork of one process that has collected the tests: first the quick tests of the function, until one fails.

    python scripts/mutation.py [module ...]        e.g. scheduling.plan session, all of the four if none is named

Prints the difference that each surviving mutant makes as soon as it survives, and a table in the end;
`tests/mutation-survivors.md` answers the survivors. Needs mutmut (`pip install "mutmut>=3.8,<4"`).
"""

from __future__ import annotations

import argparse
import ast
import collections
import difflib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parent.parent

JUDGING = ("judging", "verdicts", "typed", "written", "unrun", "wordings")

TESTS = {
    "scheduling": ("tests/scheduling",),
    "session": ("tests/session",),
    "domain/judging": tuple(f"tests/domain/test_{name}.py" for name in JUDGING),
    "domain/comparing": tuple(f"tests/domain/test_{name}.py" for name in ("texts", "values", "misses")),
}
"""By the folder of the package that they belong to."""

SLOW = 1.5
"""Seconds of processor time from which a test is no quick one, and is left out."""

OPTIONS = ("-q", "--no-header", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0")

OUTCOMES = {0: "survived", 1: "killed", -signal.SIGXCPU: "timeout", -signal.SIGKILL: "timeout"}
"""By how the fork of a mutant ended; whatever else it does is no answer."""

NAME = re.compile(r"__mutmut_(\d+)$")


class Mutant:
    """One change of one function."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name
        self.outcome = "no tests"

    @property
    def function(self) -> str:
        """The function as mutmut calls it."""
        return f"{self.module}.{NAME.sub('', self.name)}"

    @property
    def package(self) -> str:
        """The folder that it is counted in."""
        path = self.module.replace(".", "/")
        return next(folder for folder in TESTS if path.startswith(f"ptquiz/{folder}"))


def copy(tree: Path) -> None:
    """Copy what the tests need."""
    for name in ("src", "tests", "scripts", "questions"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tree)


def mutate(tree: Path, wanted: Sequence[str]) -> list[Mutant]:
    """Write all mutants into the copy, each function beside its mutants."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    mutants = []
    for folder in TESTS:
        for path in sorted((tree / "src/ptquiz" / folder).rglob("*.py")):
            module = ".".join(path.relative_to(tree / "src").with_suffix("").parts)
            if wanted and not any(f"{module}.".startswith(f"ptquiz.{name}.") for name in wanted):
                continue
            mutated = mutate_file_contents(str(path), path.read_text("utf-8"))
            if mutated.mutant_names:
                path.write_text(mutated.code, "utf-8")
                mutants += [Mutant(module, name) for name in mutated.mutant_names]
    return mutants


def functions(tree: Path, module: str) -> dict[str, ast.FunctionDef]:
    """Return the functions of a mutated module, mutants among them."""
    path = tree / "src" / f"{module.replace('.', '/')}.py"
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


def check_types(tree: Path, mutants: list[Mutant]) -> None:
    """Mark the mutants that mypy rejects."""
    paths = sorted({f"src/ptquiz/{mutant.package}" for mutant in mutants})
    command = [sys.executable, "-m", "mypy", "--output", "json", "--cache-dir", str(tree / ".mypy_cache"), *paths]
    lines = subprocess.run(command, cwd=tree, check=False, capture_output=True, text=True).stdout.splitlines()
    wrong: dict[str, set[int]] = collections.defaultdict(set)
    for error in (json.loads(line) for line in lines if line.startswith("{")):
        if error["severity"] == "error" and error["code"] != "unused-ignore":
            wrong[".".join(Path(error["file"]).with_suffix("").parts[1:])].add(error["line"])
    spans = {module: functions(tree, module) for module in {mutant.module for mutant in mutants}}
    for mutant in mutants:
        node = spans[mutant.module][mutant.name]
        if any(node.lineno <= line <= (node.end_lineno or 0) for line in wrong[mutant.module]):
            mutant.outcome = "types"


class Trial:
    """A pytest plugin: instead of running the tests once, runs those of each mutant in a fork."""

    def __init__(self, mutants: list[Mutant], children: int) -> None:
        self.mutants, self.children = mutants, children
        self.running: dict[int, Mutant] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out which test calls which function, then try the mutants."""
        tests = self.measure(session.items)
        todo = [mutant for mutant in self.mutants if mutant.outcome == "no tests" and tests[mutant.function]]
        for number, mutant in enumerate(todo):
            if number % 50 == 0:
                print(f"{number} of {len(todo)}", file=sys.stderr, flush=True)
            while len(self.running) >= self.children:
                self.reap()
            items = [item for _, item in sorted(tests[mutant.function], key=lambda pair: pair[0])]
            seconds = sum(seconds for seconds, _ in tests[mutant.function])
            sys.stdout.flush()
            if (pid := os.fork()) == 0:
                child(mutant, items, seconds)
            self.running[pid] = mutant
        while self.running:
            self.reap()
        return True

    def measure(self, items: list[pytest.Item]) -> dict[str, list[tuple[float, pytest.Item]]]:
        """Return the quick tests that call each function, with the seconds they took."""
        import mutmut.mutation.trampoline as trampoline

        called: set[str] = set()
        trampoline.record_trampoline_hit = lambda name, caller=None: called.add(name)
        trampoline.set_mutant_under_test("stats")
        tests: dict[str, list[tuple[float, pytest.Item]]] = collections.defaultdict(list)
        for item, following in zip(items, [*items[1:], None], strict=True):
            generate_only(item)
            called.clear()
            started = time.process_time()
            for report in runtestprotocol(item, log=False, nextitem=following):
                if report.failed:
                    raise SystemExit(f"{item.nodeid} fails without a mutant:\n{report.longreprtext}")
            seconds = time.process_time() - started
            for name in called if seconds < SLOW else ():
                tests[name].append((seconds, item))
        return tests

    def reap(self) -> None:
        """Wait for one fork and note how it ended."""
        pid, status = os.wait()
        mutant = self.running.pop(pid, None)
        if mutant is None:
            return
        code = os.waitstatus_to_exitcode(status)
        mutant.outcome = OUTCOMES.get(code, "broken")
        if mutant.outcome != "killed":
            show(mutant)


def generate_only(item: pytest.Item) -> None:
    """Let a property fail at once: nobody reads how simple its example could be."""
    import hypothesis  # pytest wants to be the first to import a plugin

    function = getattr(item, "obj", None)
    if (current := getattr(function, "_hypothesis_internal_use_settings", None)) is not None:
        function._hypothesis_internal_use_settings = hypothesis.settings(
            current, database=None, phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate]
        )


def child(mutant: Mutant, items: list[pytest.Item], seconds: float) -> None:
    """Run the tests of a mutant until one fails; ends the process."""
    import mutmut.mutation.trampoline as trampoline

    limit = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime + 5 + 5 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    trampoline.set_mutant_under_test(f"{mutant.module}.{mutant.name}")
    code = 3
    try:
        code = verdict(items)
    finally:
        os._exit(code)


def verdict(items: list[pytest.Item]) -> int:
    """Return 0 when all tests pass, 1 when one fails, 3 when one cannot even be prepared."""
    for item in items:
        for report in runtestprotocol(item, log=False, nextitem=None):
            if report.failed and report.when == "call":
                return 1
            if report.failed:
                print(f"{item.nodeid}: {report.longreprtext}", file=sys.stderr, flush=True)
                return 3
    return 0


def difference(tree: Path, mutant: Mutant) -> Iterator[str]:
    """Yield the lines that a mutant changes."""
    found = functions(tree, mutant.module)
    before, after = found[NAME.sub("__mutmut_orig", mutant.name)], found[mutant.name]
    texts = []
    for node in (before, after):
        node.name = ""
        texts.append(ast.unparse(node).splitlines())
    yield from (line for line in difflib.unified_diff(*texts, lineterm="", n=0) if line[:2] not in ("--", "++", "@@"))


def show(mutant: Mutant) -> None:
    """Print what a mutant changes."""
    print(f"\n{mutant.outcome}: {mutant.module}.{mutant.name}")
    print("\n".join(difference(Path.cwd(), mutant)), flush=True)


def report(mutants: list[Mutant]) -> None:
    """Print what no test calls, and a table by folder."""
    for mutant in mutants:
        if mutant.outcome == "no tests":
            show(mutant)
    outcomes = ("types", "killed", "timeout", "survived", "no tests", "broken")
    print(f"\n| {'folder':17} | mutants | {' | '.join(outcomes)} |")
    for folder in TESTS:
        counts = collections.Counter(mutant.outcome for mutant in mutants if mutant.package == folder)
        row = " | ".join(f"{counts[outcome]:{len(outcome)}}" for outcome in outcomes)
        print(f"| {folder:17} | {counts.total():7} | {row} |")


def main() -> int:
    """Make the mutants, try them, and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", help="such as scheduling.plan; all if none is given")
    parser.add_argument("-n", "--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a folder for the copy, which is kept")
    arguments = parser.parse_args()
    tree = arguments.keep or Path(tempfile.mkdtemp(prefix="mutants-"))
    os.environ["PTQUIZ_OUTCOMES"] = os.environ.get("PTQUIZ_OUTCOMES", str(tree / "outcomes"))
    copy(tree)
    os.chdir(tree)
    sys.path[0:1] = [str(tree), str(tree / "src")]
    os.environ["PYTHONPATH"] = str(tree / "src")
    mutants = mutate(tree, arguments.modules)
    check_types(tree, mutants)
    options = [*OPTIONS, f"--basetemp={tree / 'tmp'}", "-p", "tests.outcomes"]
    packages = {mutant.package for mutant in mutants}
    tests = [test for folder, tests in TESTS.items() if folder in packages for test in tests]
    code = pytest.main([*options, *tests], plugins=[Trial(mutants, arguments.children)])
    report(mutants)
    if not arguments.keep:
        shutil.rmtree(tree)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
