"""Show what a check is doing and what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from ptquiz.banks.report import show_problem, show_problems
from ptquiz.commands.check import CheckReport, Finding
from ptquiz.domain.decks import Problem
from ptquiz.ui.lines import percent, sentence
from ptquiz.ui.tables_view import show_table
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words

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


def problem_lines(report: CheckReport, words: Words) -> Iterator[str]:
    """Yield the problems as a compiler would print them."""
    yield from show_problems(report.collection, hint=words("hint"))
    texts: dict[str, Sequence[str]] = {}
    for finding in report.failed:
        for problem in finding.problems:
            yield from _told(problem, finding.name, texts, words)


def warning_lines(report: CheckReport, words: Words) -> Iterator[str]:
    """Yield what holds and still looks like a mistake, in the same manner."""
    texts: dict[str, Sequence[str]] = {}
    for finding in report.findings:
        for problem in finding.warnings:
            warned = msgspec.structs.replace(problem, message=f"{words('warning')}: {problem.message}")
            yield from _told(warned, finding.name, texts, words)


def _told(problem: Problem, name: str, texts: dict[str, Sequence[str]], words: Words) -> Iterator[str]:
    file = problem.place.file
    if file not in texts:
        texts[file] = Path(file).read_text("utf-8-sig").splitlines()
    first, *rest = show_problem(problem, texts[file], hint=words("hint"))
    yield f"{first} [{name}]"
    yield from rest


def show_check(screen: Screen, report: CheckReport, *, torch: str, seconds: float) -> None:
    """Print the problems, the mutants that no check rejected, and one line of totals."""
    words = screen.words
    lines = [*problem_lines(report, words), *warning_lines(report, words)]
    for line in lines:
        screen.line(line)
    if lines:
        screen.blank()
    _show_survivors(screen, report)
    broken = len(report.collection.broken)
    if not report.collection.decks:
        unread = words.count("{n} file cannot be read", "{n} files cannot be read", broken)
        screen.line(
            unread if broken else words("there is no deck among the files, so nothing to prove; all can be read")
        )
        return
    failed = len(report.failed)
    known = sum(finding.known for finding in report.findings)
    questions, decks = len(report.collection.questions), len(report.collection.decks)
    parts = [
        words(
            "{questions} in {decks}",
            questions=words.count("{n} question", "{n} questions", questions),
            decks=words.count("{n} deck", "{n} decks", decks),
        ),
        words("{n} decided by a run", n=report.code_backed),
        words("{n} failed", n=failed) if failed else words("all hold"),
    ]
    if skipped := [finding for finding in report.findings if finding.skipped]:
        needs = ", ".join(sorted({finding.skipped for finding in skipped}))
        parts.append(words("{n} left out (they need {needs})", n=len(skipped), needs=needs))
    if known:
        parts.append(words("{n} of {of} parts unchanged since they were proven", n=known, of=len(report.findings)))
    if broken:
        parts.append(words.count("{n} file cannot be read", "{n} files cannot be read", broken))
    took = words("torch {torch}, {seconds} s", torch=words(torch), seconds=f"{seconds:.1f}")
    sentence(screen, f"{words(', ').join(parts)} ({took})")


def _show_survivors(screen: Screen, report: CheckReport) -> None:
    surveyed = [finding for finding in report.findings if finding.survey and finding.survey.mutants]
    if not surveyed:
        return
    total = report.survey
    share = percent(total.killed / total.to_kill if total.to_kill else 1.0)
    words = screen.words
    rejected = words("{n} of {of} rejected ({share})", n=total.killed, of=total.to_kill, share=share)
    justified = words(", {n} justified", n=len(total.justified)) if total.justified else ""
    untried = words(", {n} more not tried", n=total.untried) if total.untried else ""
    screen.line(words("mutants of solutions: {rejected}", rejected=rejected) + justified + untried)
    for finding in surveyed:
        if finding.survey and finding.survey.survivors:
            screen.line(f"  {finding.name}  {finding.survey.killed}/{finding.survey.to_kill}")
            for mutant in finding.survey.survivors:
                passes = words("passes: line {line}, {change}", line=mutant.line, change=mutant.change)
                screen.line(f"    {passes}")
    screen.blank()


def check_as_json(report: CheckReport, *, torch: str, seconds: float) -> dict[str, object]:
    """Return a check as a JSON document."""
    problems = [(problem, "") for problem in report.collection.problems]
    problems += [(problem, finding.name) for finding in report.failed for problem in finding.problems]
    warnings = [(problem, finding.name) for finding in report.findings for problem in finding.warnings]
    return {
        "schema": 1,
        "torch": torch,
        "seconds": round(seconds, 1),
        "holds": report.holds,
        "decks": [deck.deck for deck in report.collection.decks],
        "questions": len(report.collection.questions),
        "decided_by_a_run": report.code_backed,
        "problems": [_as_json(problem, name) for problem, name in problems],
        "warnings": [_as_json(problem, name) for problem, name in warnings],
        "mutants": {
            finding.name: {
                "rejected": finding.survey.killed,
                "of": finding.survey.to_kill,
                "untried": finding.survey.untried,
                "survivors": [{"line": m.line, "change": m.change} for m in finding.survey.survivors],
                "justified": [{"line": m.line, "change": m.change} for m in finding.survey.justified],
            }
            for finding in report.findings
            if finding.survey
        },
    }


def _as_json(problem: Problem, name: str) -> dict[str, object]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "message": problem.message,
        "hint": problem.hint,
        "in": name,
    }


def show_check_table(screen: Screen, reports: Sequence[tuple[str, CheckReport]]) -> None:
    """Print for several torches which units fail on which."""
    failing = {finding.name for _, report in reports for finding in report.failed}
    rows = []
    for name in sorted(failing):
        fails, holds = screen.words("FAILS"), screen.words("holds")
        cells = (fails if name in {f.name for f in report.failed} else holds for _, report in reports)
        rows.append((name, *cells))
    totals = (str(len(report.findings) - len(report.failed)) for _, report in reports)
    show_table(
        screen, ("", *(f"torch {torch}" for torch, _ in reports)), [*rows, (screen.words("hold in all"), *totals)]
    )
