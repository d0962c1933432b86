"""Show what ran and what came of it."""

from __future__ import annotations

from rich.text import Text

from ptquiz.commands.experiment import FILE
from ptquiz.domain.cleaning import clean
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.snippets import Crashed, Outcome, Raised, Ran, TimedOut
from ptquiz.domain.verdicts import Evidence, Verdict
from ptquiz.ui.terminal.screen import Screen

LONGEST_OUTPUT = 24
"""Lines of printed text that are shown as evidence."""
LONGEST_ROW = 1000
"""Characters of one such line."""


def show_evidence(screen: Screen, verdict: Verdict, torch: str, *, shown_already: bool) -> None:
    """Print every run behind a verdict, or why nothing ran."""
    if verdict.unproven:
        screen.text(screen.words("not verified here: {why}", why=clean(screen.words.tell(verdict.unproven))), indent=2)
    if verdict.checks:
        outcomes = [evidence.outcome for evidence in verdict.evidence]
        ended = [outcome.milliseconds for outcome in outcomes if isinstance(outcome, Ran | Raised)]
        _ran_on(screen, torch, sum(ended) if len(ended) == len(outcomes) else None)
        _printed_by_answer(screen, verdict.evidence)
        return
    for evidence in verdict.evidence:
        _run(screen, evidence, torch, output=not shown_already)


def _printed_by_answer(screen: Screen, evidence: tuple[Evidence, ...]) -> None:
    printed = next((e.outcome.stdout for e in evidence if e.outcome.stdout.strip()), "")
    if printed:
        screen.line("  " + screen.words("your code printed"))
        _output(screen, printed)


def _run(screen: Screen, evidence: Evidence, torch: str, *, output: bool) -> None:
    outcome = evidence.outcome
    _ran_on(screen, torch, outcome.milliseconds if isinstance(outcome, Ran | Raised) else None)
    for row in filter(str.strip, evidence.code.splitlines()):
        mark = "..." if row[:1] in (" ", ")", "]", "}") else ">>>"
        screen.line(Text(f"    {mark} {row}", "cyan"))
    if output:
        _output(screen, "\n".join(part for part in (outcome.stdout.rstrip("\n"), failure(outcome)) if part))
    for i, expression in enumerate(evidence.expressions):
        screen.line(Text(f"    >>> {expression}", "cyan"))
        if isinstance(outcome, Ran):
            _output(screen, outcome.values[i].text)


def show_outcome(screen: Screen, outcome: Outcome, torch: str) -> None:
    """Print what became of code that the learner ran: its output, its last value, or the error and its line."""
    _ran_on(screen, torch, outcome.milliseconds if isinstance(outcome, Ran | Raised) else None)
    _output(screen, outcome.stdout.rstrip("\n"))
    match outcome:
        case Ran(values=values):
            for observation in values:
                _output(screen, observation.text)
        case Raised(frames=frames):
            line = next((frame.line for frame in reversed(frames) if frame.file.endswith(FILE)), None)
            where = screen.words("(line {n})", n=line) if line else ""
            screen.text(f"{clean(failure(outcome))} {where}".rstrip(), indent=4)
        case TimedOut() | Crashed():
            screen.text(clean(failure(outcome)), indent=4)


def _ran_on(screen: Screen, torch: str, milliseconds: float | None) -> None:
    spent = "" if milliseconds is None else f", {milliseconds:.0f} ms"
    screen.line(Text("  " + screen.words("ran on torch {torch}", torch=torch) + spent, "dim"))


def _output(screen: Screen, text: str) -> None:
    if not text:
        return
    rows = clean(text).rstrip("\n").split("\n")
    for row in rows[:LONGEST_OUTPUT]:
        more = len(row) - LONGEST_ROW
        rest = " ... " + screen.words("({n} more characters)", n=more) if more > 0 else ""
        screen.line(f"    {row[:LONGEST_ROW]}{rest}")
    if len(rows) > LONGEST_OUTPUT:
        screen.line("    " + screen.words("({n} more lines)", n=len(rows) - LONGEST_OUTPUT))
