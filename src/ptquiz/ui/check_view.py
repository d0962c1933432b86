"""Show what a check is doing and what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from ptquiz.banks.report import show_problem, show_problems
from ptquiz.commands.check import CheckReport, Finding
from ptquiz.ui.tables_view import counted, show_table
from ptquiz.ui.terminal.screen import Screen

BAR_CELLS = 40


class CheckProgress:
    """A one-line bar on a terminal; nothing elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._failed = 0

    def __call__(self, done: int, total: int, finding: Finding) -> None:
        """Redraw the bar after one more unit."""
        self._failed += bool(finding.problems)
        if not self._shown:
            return
        filled = BAR_CELLS * done // total
        bar = "#" * filled + "." * (BAR_CELLS - filled)
        failed = f", {self._failed} failed" if self._failed else ""
        self._stream.write(f"\r\x1b[K  [{bar}] {done}/{total}{failed}")
        self._stream.flush()

    def end(self) -> None:
        """Erase the bar."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def problem_lines(report: CheckReport) -> Iterator[str]:
    """Yield the problems as a compiler would print them."""
    yield from show_problems(report.collection)
    texts: dict[str, Sequence[str]] = {}
    for finding in report.failed:
        for problem in finding.problems:
            file = problem.place.file
            if file not in texts:
                texts[file] = Path(file).read_text("utf-8").splitlines()
            first, *rest = show_problem(problem, texts[file])
            yield f"{first} [{finding.name}]"
            yield from rest


def show_check(screen: Screen, report: CheckReport, *, torch: str, seconds: float) -> None:
    """Print the problems, the mutants that no check rejected, and one line of totals."""
    lines = list(problem_lines(report))
    for line in lines:
        screen.line(line)
    if lines:
        screen.blank()
    _show_survivors(screen, report)
    broken = len(report.collection.broken)
    if not report.collection.decks:
        screen.line(f"{counted(broken, 'deck')} cannot be read")
        return
    failed = len(report.failed)
    known = sum(finding.known for finding in report.findings)
    questions, decks = len(report.collection.questions), len(report.collection.decks)
    parts = [
        f"{counted(questions, 'question')} in {counted(decks, 'deck')}",
        f"{report.code_backed} decided by a run",
        f"{failed} failed" if failed else "all hold",
    ]
    if skipped := [finding for finding in report.findings if finding.skipped]:
        needs = ", ".join(sorted({finding.skipped for finding in skipped}))
        parts.append(f"{len(skipped)} left out (they need {needs})")
    if known:
        parts.append(f"{known} of {len(report.findings)} parts unchanged since they were proven")
    if broken:
        parts.append(f"{counted(broken, 'deck')} cannot be read")
    screen.line(f"{', '.join(parts)} (torch {torch}, {seconds:.1f} s)")


def _show_survivors(screen: Screen, report: CheckReport) -> None:
    surveyed = [finding for finding in report.findings if finding.survey and finding.survey.mutants]
    if not surveyed:
        return
    total = report.survey
    share = 100 * total.killed / total.mutants
    screen.line(f"mutants of solutions: {total.killed} of {total.mutants} rejected ({share:.0f} %)")
    for finding in surveyed:
        if finding.survey and finding.survey.survivors:
            screen.line(f"  {finding.name}  {finding.survey.killed}/{finding.survey.mutants}")
            for mutant in finding.survey.survivors:
                screen.line(f"    passes: line {mutant.line}, {mutant.change}")
    screen.blank()


def check_as_json(report: CheckReport, *, torch: str, seconds: float) -> str:
    """Return a check as one JSON document."""
    problems = [(problem, "") for problem in report.collection.problems]
    problems += [(problem, finding.name) for finding in report.failed for problem in finding.problems]
    document = {
        "schema": 1,
        "torch": torch,
        "seconds": round(seconds, 1),
        "holds": report.holds,
        "decks": [deck.deck for deck in report.collection.decks],
        "questions": len(report.collection.questions),
        "decided_by_a_run": report.code_backed,
        "problems": [
            {
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "message": problem.message,
                "hint": problem.hint,
                "in": name,
            }
            for problem, name in problems
        ],
        "mutants": {
            finding.name: {
                "rejected": finding.survey.killed,
                "of": finding.survey.mutants,
                "survivors": [{"line": m.line, "change": m.change} for m in finding.survey.survivors],
            }
            for finding in report.findings
            if finding.survey
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def show_check_table(screen: Screen, reports: Sequence[tuple[str, CheckReport]]) -> None:
    """Print for several torches which units fail on which."""
    failing = {finding.name for _, report in reports for finding in report.failed}
    rows = []
    for name in sorted(failing):
        cells = ("FAILS" if name in {f.name for f in report.failed} else "holds" for _, report in reports)
        rows.append((name, *cells))
    totals = (str(len(report.findings) - len(report.failed)) for _, report in reports)
    show_table(screen, ("", *(f"torch {torch}" for torch, _ in reports)), [*rows, ("hold in all", *totals)])
