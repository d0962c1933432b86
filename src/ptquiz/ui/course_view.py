"""Show courses and how far the learner is in them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ptquiz.commands.courses import CourseReport
from ptquiz.ui.bars import bar
from ptquiz.ui.lines import padded, percent
from ptquiz.ui.terminal.screen import Screen

BAR = 12


def show_courses(screen: Screen, reports: Sequence[CourseReport]) -> None:
    """Print every course with its progress."""
    words = screen.words
    if not reports:
        screen.line(words("no courses"))
        return
    wide = max(cell_len(report.course) for report in reports)
    for report in reports:
        screen.item(padded(report.course, wide), f"{report.title}")
        screen.text(_progress(screen, report), indent=wide + 4)
    screen.blank()
    screen.line("  ptquiz course show NAME          " + words("its steps"))
    screen.line("  ptquiz practice --course NAME    " + words("practise it"))
    screen.line("  ptquiz interview --course NAME   " + words("be interviewed on it"))


def show_course(screen: Screen, report: CourseReport) -> None:
    """Print a course step by step."""
    words = screen.words
    screen.rule(report.title)
    if report.about:
        screen.text(report.about)
    screen.line(_progress(screen, report))
    screen.blank()
    names = [", ".join((s.step.topic, *(words(level.value) for level in s.step.levels))) for s in report.steps]
    wide = max(map(cell_len, names))
    for number, (name, step) in enumerate(zip(names, report.steps, strict=True), start=1):
        drawn = padded(bar(screen, step.readiness, 1.0, width=BAR), BAR)
        counts = words("{seen} of {n} seen", seen=step.seen, n=step.questions)
        line = f"{number:>3}  {padded(name, wide)}  {percent(step.readiness):>4}  {drawn}  {counts}"
        screen.line(line if cell_len(line) <= screen.columns else f"{number:>3}  {name}  {counts}")


def _progress(screen: Screen, report: CourseReport) -> str:
    words = screen.words
    counts = words("{seen} of {n} seen", seen=report.seen, n=report.questions)
    ready = words("readiness {share}", share=percent(report.readiness))
    return screen.glyphs.separator.join((counts, ready))
