"""Put the pieces of `ptquiz deck import` and `ptquiz deck export` together."""

from __future__ import annotations

from pathlib import Path

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import open_decks, open_screen
from ptquiz.commands.library import Library
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.errors import BrokenDeckError, EnvironmentProblem, ExitCode, Message, UsageError, said

DECK_SUFFIXES = (".yaml", ".yml")


def run_deck_import(environment: Environment, *, file: Path, into: Path | None) -> int:
    """Import a file of cards into a deck."""
    from ptquiz.commands.importing import import_cards
    from ptquiz.ui.exchange_view import show_imported

    show_imported(open_screen(environment), import_cards(file, into, Path.cwd()))
    return ExitCode.DONE


def run_deck_export(environment: Environment, *, deck: str, to: Path) -> int:
    """Export a deck in use, or one in a file."""
    from ptquiz.commands.exporting_decks import export_deck, format_of, needs_run
    from ptquiz.commands.judge import not_trusted
    from ptquiz.ui.exchange_view import show_exported

    format_ = format_of(to)
    chosen, library = _find(environment, deck)
    asked = [question for question in chosen.questions if format_ != ".json" and needs_run(question)]
    may_run = [question for question in asked if library.trusts(question)]
    answers, why_not = _answers(environment, may_run)
    if len(may_run) < len(asked):
        why_not = not_trusted(chosen.deck)
    done = export_deck(chosen, to, answers, environment.clock())
    show_exported(open_screen(environment), done, why_not=why_not)
    return ExitCode.DONE


def _find(environment: Environment, named: str) -> tuple[Deck, Library]:
    """Find a deck by its file or its id."""
    from ptquiz.banks.report import show_problems
    from ptquiz.commands.deck_tools import find_deck

    path = Path(named)
    if path.suffix not in DECK_SUFFIXES:
        library = open_decks(environment)
        return find_deck(library.collection, named), library
    if path.is_dir():
        raise UsageError(
            said('"{file}" is a folder', file=path), details=("ptquiz deck export DECK --to FILE, one deck at a time",)
        )
    library = open_decks(environment, [path])
    if not library.collection.decks:
        raise BrokenDeckError(said("cannot read {file}", file=path), details=show_problems(library.collection))
    return library.collection.decks[0], library


def _answers(environment: Environment, questions: list[Question]) -> tuple[dict[QuestionId, str], str | Message]:
    """Run what has to be run; the second value says why an answer may be missing."""
    from ptquiz.commands.exporting_decks import live_answers
    from ptquiz.runner.client import LiveRunner

    if not questions:
        return {}, ""
    try:
        with LiveRunner(environment.python) as runner:
            runner.start()
            return live_answers(questions, runner.run), said("ptquiz check says why")
    except EnvironmentProblem as problem:
        return {}, problem.told
