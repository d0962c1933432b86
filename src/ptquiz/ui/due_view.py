"""Show what is due."""

from __future__ import annotations

from ptquiz.commands.due import DueList
from ptquiz.ui.dates import when
from ptquiz.ui.lines import percent
from ptquiz.ui.tables_view import show_table
from ptquiz.ui.terminal.screen import Screen


def show_due(screen: Screen, listed: DueList) -> None:
    """Print every question that is due with how late it is and how likely it is remembered."""
    words = screen.words
    if not listed.due:
        screen.line(words("Nothing is due.") + when(listed.next, listed.now, words))
        return
    screen.line(words.count("{n} question due: ptquiz practice", "{n} questions due: ptquiz practice", len(listed.due)))
    screen.blank()
    rows = [
        (
            item.question,
            item.topic,
            words("{n} d late", n=item.days_late) if item.days_late else words("today"),
            "-" if item.learning else percent(item.recall),
        )
        for item in listed.due
    ]
    show_table(screen, (words("question"), words("topic"), words("due"), words("recall")), rows)
