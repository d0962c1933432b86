"""Show what fitting the memory model brought."""

from __future__ import annotations

from ptquiz.commands.tune import ENOUGH, Tuning
from ptquiz.ui.lines import sentence
from ptquiz.ui.terminal.screen import Screen


def show_tuning(screen: Screen, found: Tuning) -> None:
    """Print the loss before and after, and what was done."""
    words = screen.words
    reviews = words.count("{n} review", "{n} reviews", found.reviews)
    sentence(screen, words("{reviews} of known questions on a later day", reviews=reviews))
    if not found.is_enough:
        needed = words("{n} are needed for weights of your own; the ones in use stay", n=ENOUGH)
        sentence(screen, needed, indent=2)
        return
    on = words("log loss on the newest {n}, which the fit did not see; lower is better", n=found.held_out)
    sentence(screen, on)
    screen.line("  " + words("before  {loss}", loss=f"{found.loss_before:.4f}"))
    screen.line("  " + words("after   {loss}", loss=f"{found.loss_after:.4f}"))
    if found.applied:
        states = words.count("{n} state rebuilt", "{n} states rebuilt", found.rebuilt)
        sentence(screen, words("the fitted weights are in use; {states}", states=states))
        screen.line("  " + words("ptquiz tune --back goes back to the ones before"))
    elif found.loss_after < found.loss_before:
        sentence(screen, words("nothing was changed: ptquiz tune uses the fitted weights"))
    else:
        sentence(screen, words("not better: the weights in use stay"))


def show_gone_back(screen: Screen, rebuilt: int) -> None:
    """Say that the weights from before are in use."""
    states = screen.words.count("{n} state rebuilt", "{n} states rebuilt", rebuilt)
    sentence(screen, screen.words("the weights from before are in use; {states}", states=states))
