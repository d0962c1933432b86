"""Show an explanation section by section."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence

from rich.text import Text

from ptquiz.commands.explain import Shown, SourceCode
from ptquiz.domain.cleaning import clean
from ptquiz.domain.decks import Deck
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.questions import Level
from ptquiz.domain.snippets import Outcome
from ptquiz.ui.lines import listed
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import marked

RUNGS = {
    Level.ANSWER: marked("the answer"),
    Level.FOLLOW_UP: marked("follow-up"),
    Level.SOURCE: marked("source level"),
}


def show_topics(screen: Screen, decks: Sequence[Deck]) -> None:
    """List the topics."""
    width = max((len(deck.deck) for deck in decks), default=0)
    for deck in decks:
        listed(screen, (f"{deck.deck:<{width}}  {deck.title}", *_counts(screen, deck)))
    screen.blank()
    screen.line("ptquiz explain TOPIC")


def show_explanation(screen: Screen, deck: Deck, sections: Iterable[Shown], torch: Callable[[], str]) -> None:
    """Print sections as they come."""
    separator = screen.glyphs.separator
    screen.rule(separator.join((deck.title, *_counts(screen, deck))))
    for number, shown in enumerate(sections, start=1):
        show_section(screen, number, shown, torch)
    screen.blank()
    screen.line(screen.words("Practise it: ptquiz practice -t {deck}", deck=deck.deck))


def show_section(screen: Screen, number: int, shown: Shown, torch: Callable[[], str]) -> None:
    """Print one section: its text, its code, what that printed, and the source it names."""
    screen.blank()
    screen.line(
        Text.assemble(
            (f"{number}  {shown.section.title}", "bold"), (f"   {screen.words(RUNGS[shown.section.level])}", "dim")
        )
    )
    screen.text(shown.section.text, indent=3)
    if shown.section.run is not None:
        screen.blank()
        screen.code(shown.section.run.code, indent=5, highlight=True)
    for name, options in shown.section.vary.items():
        tries = screen.words("changes {name} (try {values})", name=name, values=", ".join(options))
        screen.line(Text(f"     --set {name}={options[-1]} {tries}", "dim"))
    if shown.not_run:
        screen.text(screen.words("not run here: {why}", why=clean(screen.words.tell(shown.not_run))), indent=3)
    if shown.outcome is not None:
        _outcome(screen, shown.outcome, torch())
    if shown.source is not None:
        _source(screen, shown.source, torch())


def _counts(screen: Screen, deck: Deck) -> tuple[str, str]:
    words = screen.words
    return (
        words.count("{n} section", "{n} sections", len(deck.explain)),
        words.count("{n} question", "{n} questions", len(deck.questions)),
    )


def _outcome(screen: Screen, outcome: Outcome, torch: str) -> None:
    screen.line(Text("   " + screen.words("ran on torch {torch}", torch=torch) + ":", "dim"))
    printed = "\n".join(part for part in (outcome.stdout.rstrip("\n"), failure(outcome)) if part)
    for row in clean(printed).split("\n"):
        screen.line(Text(f"     {row}", "bold"))


def _source(screen: Screen, source: SourceCode, torch: str) -> None:
    file = source.file
    inside = file[file.rfind("/torch/") + 1 :] if "/torch/" in file else file
    screen.blank()
    screen.line(Text(f"   {source.name}, torch {torch}, {inside}:{source.line}", "dim"))
    screen.code(textwrap.dedent(_without_docstring(source.code)), indent=5, highlight=True)


def _without_docstring(code: str) -> str:
    """Leave out a docstring, which would fill the screen; the documentation has it."""
    import ast

    dedented = textwrap.dedent(code)
    try:
        node = ast.parse(dedented).body[0]
    except (SyntaxError, IndexError):
        return code
    if not isinstance(node, ast.FunctionDef | ast.ClassDef) or ast.get_docstring(node) is None:
        return code
    doc = node.body[0]
    rows = dedented.split("\n")
    return "\n".join(rows[: doc.lineno - 1] + rows[(doc.end_lineno or doc.lineno) :])
