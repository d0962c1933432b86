"""Show what is due."""

from __future__ import annotations

from datetime import datetime

from ptquiz.commands.due import DueList
from ptquiz.scheduling.queue import Upcoming
from ptquiz.ui.tables_view import counted, show_table
from ptquiz.ui.terminal.screen import Screen


def show_due(screen: Screen, listed: DueList) -> None:
    """Print every question that is due with how late it is and how likely it is remembered."""
    if not listed.due:
        screen.line("Nothing is due." + _next(listed.next, listed.now))
        return
    screen.line(f"{counted(len(listed.due), 'question')} due: ptquiz practice")
    screen.blank()
    rows = [
        (item.question, item.topic, f"{item.days_late} d late" if item.days_late else "today", f"{item.recall:.0%}")
        for item in listed.due
    ]
    show_table(screen, ("question", "topic", "due", "recall"), rows)


def _next(upcoming: Upcoming | None, now: datetime) -> str:
    if upcoming is None:
        return ""
    at = upcoming.at.astimezone(now.tzinfo)
    day = "today" if at.date() == now.date() else f"on {at:%a %d %b}"
    return f" Next: {counted(upcoming.count, 'question')} {day} from {at:%H:%M}."
