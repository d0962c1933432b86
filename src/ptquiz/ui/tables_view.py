"""Show tables: columns where they fit, a paragraph a row where they do not."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ptquiz.commands.listing import Listing
from ptquiz.ui.lines import listed, padded, sentence
from ptquiz.ui.terminal.screen import Screen

GAP = 2


def show_table(screen: Screen, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns without borders: the first to the left, numbers to the right.

    On a narrow terminal a last column of text goes below its row, and other tables become a paragraph a row.
    """
    widths = [max(cell_len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    numeric = [all(row[i].rstrip("%").isdecimal() for row in rows) for i in range(len(head))]
    room = screen.row_width
    total = sum(widths) + GAP * (len(widths) - 1)
    if room is not None and total > room:
        if numeric[-1] or total - widths[-1] - GAP > room:
            _show_paragraphs(screen, head, rows)
            return
        for row in (head, *rows):
            screen.line(_row(row[:-1], widths, numeric))
            screen.line(f"    {row[-1]}".rstrip())
        return
    for row in (head, *rows):
        screen.line(_row(row, widths, numeric))


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    columns = zip(cells, widths, numeric, strict=False)
    return (" " * GAP).join(padded(cell, width, right=number) for cell, width, number in columns).rstrip()


def _show_paragraphs(screen: Screen, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        screen.line(row[0])
        named = zip(head[1:], row[1:], strict=True)
        listed(screen, (f"{name} {cell}".strip() for name, cell in named if cell), indent=GAP)


def show_decks(screen: Screen, listing: Listing) -> None:
    """Print every deck in use, how large it is, whether its code runs and where it lies."""
    words = screen.words
    rows = [
        (
            deck.deck,
            str(deck.questions),
            str(deck.sections),
            words("no code") if not deck.code else words("yes") if deck.trusted else words("no"),
            words("built in") if deck.built_in else deck.file,
        )
        for deck in listing.decks
    ]
    head = (words("deck"), words("questions"), words("sections"), words("may run"), words("where"))
    show_table(screen, head, rows)
    screen.blank()
    sentence(screen, words("ptquiz deck add PATH adds one, deck new NAME begins one, ptquiz check PATH proves one"))
