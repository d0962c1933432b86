"""Show what a deck would run, and ask whether it may."""

from __future__ import annotations

from ptquiz.banks.trust import Inventory
from ptquiz.commands.deck_tools import Removed
from ptquiz.commands.library import Candidate
from ptquiz.ui.lines import sentence
from ptquiz.ui.terminal.keys import Keys
from ptquiz.ui.terminal.screen import Screen

MOST_UNITS = 12
"""So many changed questions are named; of more, only how many there are."""


def show_candidate(screen: Screen, candidate: Candidate) -> None:
    """Print what each deck holds, what its code uses, and what of it is new since the last consent."""
    words = screen.words
    for deck, seen in zip(candidate.decks, candidate.inventories, strict=True):
        pieces = words.count("{n} piece of code", "{n} pieces of code", seen.snippets)
        questions = words.count("{n} question", "{n} questions", len(deck.questions))
        screen.line(f"{deck.deck}: {deck.title}{words(', ')}{questions}{words(', ')}{pieces}")
        screen.line("  " + words("imports  {names}", names=", ".join(seen.imports) or words("nothing")))
        if seen.touchy:
            names = ", ".join(seen.touchy)
            reach = words("look at  {names}: names that can reach files, programs or the network", names=names)
            sentence(screen, reach, indent=2)
        _changes(screen, seen)


def _changes(screen: Screen, seen: Inventory) -> None:
    """Name what changed in a deck of which a part is agreed to; a new deck is new as a whole."""
    if not seen.fresh or len(seen.fresh) == len(seen.units):
        return
    words = screen.words
    fresh = words("new or changed since you agreed: {n} of {of}", n=len(seen.fresh), of=len(seen.units))
    screen.line("  " + fresh)
    for unit in seen.fresh[:MOST_UNITS]:
        screen.line(f"    {unit.name}  {unit.place.file}:{unit.place.line}")
    if len(seen.fresh) > MOST_UNITS:
        screen.line("    " + words("and {n} more", n=len(seen.fresh) - MOST_UNITS))


def ask_for_trust(screen: Screen, keys: Keys) -> bool:
    """Ask whether the code may run; Enter and the end of input mean no."""
    words = screen.words
    sentence(screen, words("Its code would run in a sandbox, to judge answers. May it? 1 yes, 2 no"))
    while True:
        screen.live("> ")
        try:
            key = keys.get()
        except EOFError:
            key = "2"
        if key in ("1", "y", "2", "n", "enter", "esc"):
            yes = key in ("1", "y")
            screen.live("> " + (words("yes") if yes else words("no")))
            screen.end_live()
            return yes


def show_added(screen: Screen, candidate: Candidate, *, trusted: bool) -> None:
    """Say what was added and what to type next."""
    words = screen.words
    screen.line(words("added {file}", file=candidate.path))
    idle = [deck.deck for deck, seen in zip(candidate.decks, candidate.inventories, strict=True) if seen.snippets]
    if not trusted and idle:
        recorded = words("its code does not run: answers are judged by what the deck records, and marked so")
        sentence(screen, recorded, indent=2)
        for name in idle:
            screen.line("  " + words("let it run with: ptquiz deck trust {deck}", deck=name))
    for deck in candidate.decks:
        screen.line(f"  ptquiz practice -t {deck.deck}")


def show_trusted(screen: Screen, candidate: Candidate, *, trusted: bool) -> None:
    """Say whether the code of decks may run now."""
    words = screen.words
    for deck in candidate.decks:
        if trusted:
            runs = words("its code may run; after an update only what changed is asked for again")
            sentence(screen, f"{deck.deck}: {runs}")
        else:
            screen.line(f"{deck.deck}: {words('nothing was changed')}")


def show_untrusted(screen: Screen, named: str) -> None:
    """Say that nothing of a deck runs any more."""
    again = screen.words("its code does not run any more; allow it again with: ptquiz deck trust {deck}", deck=named)
    screen.line(f"{named}: {again}")


def show_removed(screen: Screen, removed: Removed) -> None:
    """Say what was removed, what is kept and how it comes back."""
    names = f" ({', '.join(removed.decks)})" if removed.decks else ""
    words = screen.words
    screen.line(words("removed {file}; the file stays where it is", file=f"{removed.path}{names}"))
    if removed.reviewed:
        questions = words.count("{n} question", "{n} questions", removed.reviewed)
        screen.line("  " + words("the history of {questions} is kept", questions=questions))
    screen.line("  " + words("it comes back with: ptquiz deck add {file}", file=removed.path))
