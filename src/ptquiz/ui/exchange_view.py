"""Say what an import or an export did."""

from __future__ import annotations

from ptquiz.commands.exporting_decks import Exported
from ptquiz.commands.importing import Imported
from ptquiz.errors import Message
from ptquiz.ui.terminal.screen import Screen


def show_imported(screen: Screen, done: Imported) -> None:
    """Print what became of the cards, what was left out, and what to type next."""
    words = screen.words
    if done.created:
        screen.line(words("made {file}", file=done.path))
    elif done.added or done.updated:
        screen.line(words("updated {file}", file=done.path))
    else:
        screen.line(words("nothing new in {file}", file=done.path))
    counts = (
        words("{n} added", n=len(done.added)) if done.added else "",
        words("{n} updated", n=len(done.updated)) if done.updated else "",
        words("{n} unchanged", n=len(done.unchanged)) if done.unchanged else "",
    )
    cards = len(done.added) + len(done.updated) + len(done.unchanged)
    counted = words.count("{n} flashcard", "{n} flashcards", cards)
    screen.line(f"  {counted}: {', '.join(filter(None, counts)) or words('none')}")
    for id_ in done.kept:
        screen.line("  " + words("{question} is no flashcard any more; it stays as it is", question=id_))
    if done.missing:
        missing = words.count("{n} question", "{n} questions", done.missing)
        screen.line("  " + words("{questions} of the deck not in the file; they stay", questions=missing))
    for sentence in done.left_out:
        screen.line("  " + words("left out: {what}", what=sentence))
    screen.line(f"  ptquiz deck add {done.path}" if done.created else f"  ptquiz check {done.path}")


def show_exported(screen: Screen, done: Exported, *, why_not: str | Message) -> None:
    """Print what was written, and which answers are not in it."""
    words = screen.words
    questions = words.count("{n} question", "{n} questions", done.questions)
    screen.line(words("wrote {file}: {questions}", file=done.path, questions=questions))
    if done.not_run:
        answers = words.count("{n} answer", "{n} answers", done.not_run)
        why = words.tell(why_not)
        screen.line("  " + words("{answers} left open, because only a run gives them: {why}", answers=answers, why=why))
