"""Show what fitting the memory model brought."""

from __future__ import annotations

from ptquiz.commands.tune import ENOUGH, Tuning
from ptquiz.ui.tables_view import counted
from ptquiz.ui.terminal.screen import Screen


def show_tuning(screen: Screen, found: Tuning) -> None:
    """Print the loss before and after, and what was done."""
    screen.line(f"{counted(found.reviews, 'review')} of known questions on a later day")
    if not found.is_enough:
        screen.line(f"  {ENOUGH} are needed for weights of your own; the ones in use stay")
        return
    screen.line(f"log loss on the newest {found.held_out}, which the fit did not see; lower is better")
    screen.line(f"  before  {found.loss_before:.4f}")
    screen.line(f"  after   {found.loss_after:.4f}")
    if found.applied:
        screen.line(f"the fitted weights are in use; {counted(found.rebuilt, 'state')} rebuilt")
        screen.line("  ptquiz tune --back goes back to the ones before")
    elif found.loss_after < found.loss_before:
        screen.line("nothing was changed: ptquiz tune uses the fitted weights")
    else:
        screen.line("not better: the weights in use stay")


def show_gone_back(screen: Screen, rebuilt: int) -> None:
    """Say that the weights from before are in use."""
    screen.line(f"the weights from before are in use; {counted(rebuilt, 'state')} rebuilt")
