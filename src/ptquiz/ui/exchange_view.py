"""Say what an import or an export did."""

from __future__ import annotations

from ptquiz.commands.exporting_decks import Exported
from ptquiz.commands.importing import Imported
from ptquiz.ui.tables_view import counted
from ptquiz.ui.terminal.screen import Screen


def show_imported(screen: Screen, done: Imported) -> None:
    """Print what became of the cards, what was left out, and what to type next."""
    verb = "made" if done.created else "updated" if done.added or done.updated else "nothing new in"
    screen.line(f"{verb} {done.path}")
    counts = (("added", done.added), ("updated", done.updated), ("unchanged", done.unchanged))
    said = [f"{len(ids)} {word}" for word, ids in counts if ids]
    screen.line(f"  {counted(sum(len(ids) for _, ids in counts), 'flashcard')}: {', '.join(said) or 'none'}")
    for id_ in done.kept:
        screen.line(f"  {id_} is no flashcard any more; it stays as it is")
    if done.missing:
        screen.line(f"  {counted(done.missing, 'question')} of the deck not in the file; they stay")
    for sentence in done.left_out:
        screen.line(f"  left out: {sentence}")
    screen.line(f"  ptquiz deck add {done.path}" if done.created else f"  ptquiz check {done.path}")


def show_exported(screen: Screen, done: Exported, *, why_not: str) -> None:
    """Print what was written, and which answers are not in it."""
    screen.line(f"wrote {done.path}: {counted(done.questions, 'question')}")
    if done.not_run:
        screen.line(f"  {counted(done.not_run, 'answer')} left open, because only a run gives them: {why_not}")
