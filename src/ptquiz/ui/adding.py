"""Show what a deck would run, and ask whether it may."""

from __future__ import annotations

from ptquiz.banks.trust import Inventory
from ptquiz.commands.deck_tools import Removed
from ptquiz.commands.library import Candidate
from ptquiz.ui.tables_view import counted
from ptquiz.ui.terminal.keys import Keys
from ptquiz.ui.terminal.screen import Screen

MOST_UNITS = 12
"""So many changed questions are named; of more, only how many there are."""


def show_candidate(screen: Screen, candidate: Candidate) -> None:
    """Print what each deck holds, what its code uses, and what of it is new since the last consent."""
    for deck, seen in zip(candidate.decks, candidate.inventories, strict=True):
        pieces = f"{seen.snippets} piece{'' if seen.snippets == 1 else 's'} of code"
        screen.line(f"{deck.deck}: {deck.title}, {counted(len(deck.questions), 'question')}, {pieces}")
        screen.line(f"  imports  {', '.join(seen.imports) or 'nothing'}")
        if seen.touchy:
            screen.line(f"  look at  {', '.join(seen.touchy)}: names that can reach files, programs or the network")
        _changes(screen, seen)


def _changes(screen: Screen, seen: Inventory) -> None:
    """Name what changed in a deck of which a part is agreed to; a new deck is new as a whole."""
    if not seen.fresh or len(seen.fresh) == len(seen.units):
        return
    screen.line(f"  new or changed since you agreed: {len(seen.fresh)} of {len(seen.units)}")
    for unit in seen.fresh[:MOST_UNITS]:
        screen.line(f"    {unit.name}  {unit.place.file}:{unit.place.line}")
    if len(seen.fresh) > MOST_UNITS:
        screen.line(f"    and {len(seen.fresh) - MOST_UNITS} more")


def ask_for_trust(screen: Screen, keys: Keys) -> bool:
    """Ask whether the code may run; Enter and the end of input mean no."""
    screen.line("Its code would run in a sandbox, to judge answers. May it? 1 yes, 2 no")
    while True:
        screen.live("> ")
        try:
            key = keys.get()
        except EOFError:
            key = "2"
        if key in ("1", "y", "2", "n", "enter", "esc"):
            yes = key in ("1", "y")
            screen.live("> yes" if yes else "> no")
            screen.end_live()
            return yes


def show_added(screen: Screen, candidate: Candidate, *, trusted: bool) -> None:
    """Say what was added and what to type next."""
    screen.line(f"added {candidate.path}")
    if not trusted:
        screen.line("  its code does not run: answers are judged by what the deck records, and marked so")
        for deck in candidate.decks:
            screen.line(f"  let it run with: ptquiz deck trust {deck.deck}")
    for deck in candidate.decks:
        screen.line(f"  ptquiz practice -t {deck.deck}")


def show_trusted(screen: Screen, candidate: Candidate, *, trusted: bool) -> None:
    """Say whether the code of decks may run now."""
    for deck in candidate.decks:
        if trusted:
            screen.line(f"{deck.deck}: its code may run; after an update only what changed is asked for again")
        else:
            screen.line(f"{deck.deck}: nothing was changed")


def show_untrusted(screen: Screen, named: str) -> None:
    """Say that nothing of a deck runs any more."""
    screen.line(f"{named}: its code does not run any more; allow it again with: ptquiz deck trust {named}")


def show_removed(screen: Screen, removed: Removed) -> None:
    """Say what was removed, what is kept and how it comes back."""
    names = f" ({', '.join(removed.decks)})" if removed.decks else ""
    screen.line(f"removed {removed.path}{names}; the file stays where it is")
    if removed.reviewed:
        screen.line(f"  the history of {counted(removed.reviewed, 'question')} is kept")
    screen.line(f"  it comes back with: ptquiz deck add {removed.path}")
