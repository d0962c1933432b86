"""Show what a deck would run, and ask whether it may."""

from __future__ import annotations

from ptquiz.commands.library import Candidate
from ptquiz.ui.terminal.keys import Keys
from ptquiz.ui.terminal.screen import Screen


def show_candidate(screen: Screen, candidate: Candidate) -> None:
    """Print what each deck holds and what its code uses."""
    for deck, seen in zip(candidate.decks, candidate.inventories, strict=True):
        screen.line(f"{deck.deck}: {deck.title}, {len(deck.questions)} questions, {seen.snippets} pieces of code")
        screen.line(f"  imports  {', '.join(seen.imports) or 'nothing'}")
        if seen.touchy:
            screen.line(f"  look at  {', '.join(seen.touchy)}: names that can reach files, programs or the network")


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
        screen.line(f"  let it run with: ptquiz deck add {candidate.path} --trust")
    for deck in candidate.decks:
        screen.line(f"  ptquiz practice -t {deck.deck}")
