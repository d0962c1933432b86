"""Show counts and lists."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ptquiz.commands.listing import Listing
from ptquiz.ui.terminal.screen import Screen


def counted(count: int, thing: str) -> str:
    """Count things in words: 1 review, 2 reviews."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def show_table(screen: Screen, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns without borders: the first to the left, numbers to the right."""
    widths = [max(cell_len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    numeric = [all(row[i].rstrip("%").isdecimal() for row in rows) for i in range(len(head))]
    for row in (head, *rows):
        cells = []
        for i, cell in enumerate(row):
            space = " " * (widths[i] - cell_len(cell))
            cells.append(space + cell if numeric[i] else cell + space)
        screen.line("  ".join(cells).rstrip())


def show_decks(screen: Screen, listing: Listing) -> None:
    """Print every deck in use, how large it is, whether its code runs and where it lies."""
    rows = [
        (
            deck.deck,
            str(deck.questions),
            str(deck.sections),
            "yes" if deck.trusted else "no",
            "built in" if deck.built_in else deck.file,
        )
        for deck in listing.decks
    ]
    show_table(screen, ("deck", "questions", "sections", "may run", "where"), rows)
    screen.blank()
    screen.line("ptquiz deck add PATH adds one, ptquiz deck new NAME begins one, ptquiz check PATH proves one")
