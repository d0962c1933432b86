"""Show what a check is doing and what it found."""

from __future__ import annotations

from typing import TextIO

from ptquiz.commands.check import CheckReport, Finding
from ptquiz.ui.tables_view import counted
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
        failed = f" · {self._failed} failed" if self._failed else ""
        self._stream.write(f"\r\x1b[K  [{bar}] {done}/{total}{failed}")
        self._stream.flush()

    def end(self) -> None:
        """Erase the bar."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def show_check(screen: Screen, report: CheckReport, *, torch: str, seconds: float) -> None:
    """Print the problems, then one line of totals."""
    for line in report.lines():
        screen.line(line)
    questions = len(report.collection.questions)
    decks = len(report.collection.decks)
    failed = len(report.failed)
    broken = len(report.collection.broken)
    if failed or broken:
        screen.blank()
    if not decks:
        screen.line(f"{counted(broken, 'deck')} cannot be read")
        return
    parts = [
        f"{counted(questions, 'question')} in {counted(decks, 'deck')}",
        f"{report.code_backed} decided by a run",
        f"{failed} failed" if failed else "all hold",
    ]
    if broken:
        parts.append(f"{counted(broken, 'deck')} cannot be read")
    screen.line(f"{', '.join(parts)} (torch {torch}, {seconds:.1f} s)")
