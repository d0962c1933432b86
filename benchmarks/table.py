"""The rows of all parts as one table, as Markdown, and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.harness import Found, Row

HEADINGS = ("what", "ptquiz", "beside", "", "ratio", "middle half", "rounds", "budget", "")
WIDTH = 120


@dataclass(frozen=True)
class Report:
    """What all parts found, part by part."""

    parts: Mapping[str, Found]
    began: datetime
    machine: str = field(default_factory=lambda: f"{os.cpu_count()} cores, {platform.system()}, {_python()}")

    @property
    def broken(self) -> list[Row]:
        """The rows whose budget does not hold."""
        return [row for found in self.parts.values() for row in found.rows if row.holds is False]

    @property
    def judged(self) -> int:
        """How many rows have a budget."""
        return sum(row.holds is not None for found in self.parts.values() for row in found.rows)

    @property
    def conclusion(self) -> str:
        """Say how many budgets hold."""
        return f"{self.judged - len(self.broken)} of {self.judged} budgets hold"


def show(console: Console, report: Report) -> None:
    """Print the table."""
    table = Table(title=f"{report.began:%Y-%m-%d}, {report.machine}", title_justify="left")
    for place, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if place in (1, 3, 4, 5, 6, 7) else "left", no_wrap=place > 2)
    for part, found in report.parts.items():
        table.add_section()
        table.add_row(f"[bold]{part}[/bold]")
        for row in found.rows:
            style = "red" if row.holds is False else ""
            table.add_row(*cells(row), style=style)
    console.print(table)
    for part, note in _notes(report):
        console.print(f"not compared, {part}: {note}", highlight=False)
    console.print(report.conclusion, highlight=False)


def as_markdown(report: Report) -> str:
    """Return the table as Markdown."""
    lines = [f"Measured on {report.began:%Y-%m-%d}: {report.machine}.", ""]
    lines += ["| part | " + " | ".join(HEADINGS) + " |", "|---|---|--:|---|--:|--:|--:|--:|--:|---|"]
    for part, found in report.parts.items():
        lines += [f"| {part} | " + " | ".join(cells(row)) + " |" for row in found.rows]
    lines += ["", *(f"- not compared, {part}: {note}" for part, note in _notes(report))]
    return "\n".join([*lines, f"- {report.conclusion}"])


def as_json(report: Report) -> dict[str, object]:
    """Return everything that was measured as plain data: seconds, megabytes, and what is done in a second."""
    return {
        "schema": 1,
        "began": report.began.isoformat(),
        "machine": report.machine,
        "holds": not report.broken,
        "parts": {
            part: {"rows": [_plain(row) for row in found.rows], "notes": list(found.notes)}
            for part, found in report.parts.items()
        },
    }


def cells(row: Row) -> tuple[str, ...]:
    """Return a row as text."""
    ratio = f"{median(row.ratios):.{_digits(median(row.ratios))}f}" if row.ratios else ""
    rounds = str(len(row.ours)) if len(row.theirs) in (0, len(row.ours)) else f"{len(row.ours)}, {len(row.theirs)}"
    holds = {None: "", True: "holds", False: "FAILS"}[row.holds]
    theirs = _amount(median(row.theirs), row.unit) if row.theirs else ""
    ours = _amount(median(row.ours), row.unit)
    return row.what, ours, row.beside, theirs, ratio, _spread(row), rounds, _budget(row), holds


def _spread(row: Row) -> str:
    if len(row.ours) < 2:
        return ""
    low, high = row.spread
    if row.ratios:
        digits = _digits(low)
        return f"{low:.{digits}f} to {high:.{digits}f}"
    return f"{_amount(low, row.unit)} to {_amount(high, row.unit)}"


def _budget(row: Row) -> str:
    if row.budget is None:
        return ""
    limit = row.budget.limit
    amount = f"{limit:.{_digits(limit)}f}" if row.ratios else _amount(limit, row.unit)
    return f"{'at least' if row.budget.at_least else 'at most'} {amount}"


def _digits(ratio: float) -> int:
    """Return how many decimal places of a ratio say something."""
    return 0 if ratio >= 20 else 2 if ratio >= 0.1 else 3


def _amount(value: float, unit: str) -> str:
    if unit == "s" and value < 1:
        return f"{value * 1000:.{1 if value < 0.1 else 0}f} ms"
    digits = {"MB": 0, "": 4 if value % 1 else 0}.get(unit, 1)
    return f"{value:.{digits}f} {unit}".strip()


def _plain(row: Row) -> dict[str, object]:
    return {
        "what": row.what,
        "unit": row.unit,
        "ours": list(row.ours),
        "beside": row.beside,
        "theirs": list(row.theirs),
        "ratio": median(row.ratios) if row.ratios else None,
        "spread": list(row.spread),
        "budget": row.budget and {"limit": row.budget.limit, "at_least": row.budget.at_least},
        "holds": row.holds,
    }


def _notes(report: Report) -> list[tuple[str, str]]:
    return [(part, note) for part, found in report.parts.items() for note in found.notes]


def _python() -> str:
    return f"Python {platform.python_version()}"
