"""Choose how a file of cards is read, by its suffix."""

from __future__ import annotations

from pathlib import Path

from ptquiz.errors import UsageError, said
from ptquiz.exchange.cards import Stack

FORMATS = ".apkg, .txt, .tsv, .csv or .md"


def read_cards(path: Path) -> Stack:
    """Read the cards of a file without running anything in it.

    Raises UsageError for a file that does not exist or is of no known kind, UnreadableCardsError for the rest.
    """
    if not path.is_file():
        raise UsageError(
            said('there is no file "{file}"', file=path),
            details=(said("ptquiz deck import FILE, where FILE is {formats}", formats=FORMATS),),
        )
    match path.suffix.lower():
        case ".apkg" | ".colpkg":
            from ptquiz.exchange.package import read_package

            return read_package(path)
        case ".txt" | ".tsv" | ".csv":
            from ptquiz.exchange.delimited import read_delimited

            return read_delimited(path)
        case ".md" | ".markdown":
            from ptquiz.exchange.hashcards import read_hashcards

            return read_hashcards(path)
        case suffix:
            details = (
                said("it reads {formats}", formats=FORMATS),
                "a deck in YAML is added as it is: ptquiz deck add PATH",
            )
            raise UsageError(said('cannot import "{kind}" files', kind=suffix or path.name), details=details)
