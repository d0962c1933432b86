"""Put the pieces of `ptquiz deck` and `ptquiz schema` together."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ptquiz.banks.index import DeckIndex
from ptquiz.banks.registry import Registry
from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import history_of, open_decks, open_journal, open_runner, open_screen, warn_of_broken_decks
from ptquiz.errors import ExitCode, UsageError


def _registry(environment: Environment) -> Registry:
    return Registry(environment.paths.registry)


def run_schema(environment: Environment) -> int:
    """Print the JSON Schema of decks."""
    from ptquiz.banks.schema import deck_schema
    from ptquiz.ui.json_view import show_json

    show_json(open_screen(environment), deck_schema())
    return ExitCode.DONE


def run_deck_list(environment: Environment, *, json: bool) -> int:
    """List the decks in use."""
    from ptquiz.commands.listing import list_decks
    from ptquiz.ui.json_view import show_report
    from ptquiz.ui.tables_view import show_decks

    library = open_decks(environment)
    listing = list_decks(library)
    screen = open_screen(environment)
    if json:
        show_report(screen, listing)
    else:
        show_decks(screen, listing)
        warn_of_broken_decks(environment, library)
    return ExitCode.BROKEN_DECK if listing.broken else ExitCode.DONE


def run_deck_new(environment: Environment, *, name: str) -> int:
    """Write a new deck from the template."""
    from ptquiz.commands.deck_tools import create

    taken = [deck.deck for deck in open_decks(environment).collection.decks]
    path = create(name, Path(), taken)
    screen = open_screen(environment)
    words = screen.words
    screen.line(words("wrote {file}", file=path))
    screen.line("  " + words("prove it with  ptquiz check {file}", file=path))
    screen.line("  " + words("practise it with  ptquiz practice -d {file}", file=path))
    return ExitCode.DONE


def run_deck_add(environment: Environment, *, path: Path, trust: bool | None) -> int:
    """Add a deck after showing what its code contains."""
    from ptquiz.commands.deck_tools import add
    from ptquiz.commands.library import examine
    from ptquiz.ui.adding import ask_for_trust, show_added, show_candidate
    from ptquiz.ui.terminal.keys import open_keys

    screen = open_screen(environment)
    candidate = examine(path, DeckIndex(environment.paths.index).read, open_decks(environment))
    show_candidate(screen, candidate)
    if trust is None and candidate.fresh and screen.is_live:
        with open_keys(environment.stdin, environment.stdout, live=True) as keys:
            trust = ask_for_trust(screen, keys)
    add(candidate, _registry(environment), trusted=trust)
    show_added(screen, candidate, trusted=trust is not False and (bool(trust) or not candidate.fresh))
    return ExitCode.DONE


def run_deck_remove(environment: Environment, *, named: str) -> int:
    """Take a deck off the list."""
    from ptquiz.commands.deck_tools import find_own, remove
    from ptquiz.ui.adding import show_removed

    registry, library = _registry(environment), open_decks(environment)
    target = find_own(named, registry, library)
    with closing(open_journal(environment)) as journal:
        removed = remove(target, registry, library, history_of(journal, library).states())
    show_removed(open_screen(environment), removed)
    return ExitCode.DONE


def run_deck_trust(environment: Environment, *, named: str, yes: bool) -> int:
    """Show what a deck's code contains and let it run if the user agrees."""
    from ptquiz.commands.deck_tools import consider, find_own, trust
    from ptquiz.ui.adding import ask_for_trust, show_candidate, show_trusted
    from ptquiz.ui.terminal.keys import open_keys

    registry, library = _registry(environment), open_decks(environment)
    target = find_own(named, registry, library)
    candidate = consider(target, DeckIndex(environment.paths.index).read, library)
    screen = open_screen(environment)
    show_candidate(screen, candidate)
    if candidate.fresh and not yes:
        if not environment.stdin.isatty():
            raise UsageError("consent needs somebody to ask", details=(f"ptquiz deck trust {named} --yes",))
        with open_keys(environment.stdin, environment.stdout, live=screen.is_live) as keys:
            yes = ask_for_trust(screen, keys)
    agreed = yes or not candidate.fresh
    if agreed:
        trust(candidate, registry)
    show_trusted(screen, candidate, trusted=agreed)
    return ExitCode.DONE


def run_deck_untrust(environment: Environment, *, named: str) -> int:
    """Let a deck's code run no more."""
    from ptquiz.commands.deck_tools import find_own, untrust
    from ptquiz.ui.adding import show_untrusted

    registry, library = _registry(environment), open_decks(environment)
    target = find_own(named, registry, library)
    untrust(target, registry)
    show_untrusted(open_screen(environment), named)
    return ExitCode.DONE


def run_deck_preview(environment: Environment, *, id_: str, seed: int, decks: list[Path], plain: bool) -> int:
    """Show a question with its answer and its proof; the exit code says whether it holds."""
    from ptquiz.commands.preview import find_question, preview
    from ptquiz.ui.preview_view import show_preview

    screen = open_screen(environment, plain=plain)
    library = open_decks(environment, decks)
    if decks:
        warn_of_broken_decks(environment, library)
        if not library.collection.decks:
            return ExitCode.BROKEN_DECK
    question = find_question(library.collection.in_language(environment.lang).questions, id_)
    with open_runner(environment) as runner:
        seen = preview(question, runner.run, library.trusts, seed=seed, torch=lambda: runner.torch_version)
        show_preview(screen, seen, torch=lambda: runner.torch_version, lines=_lines)
    return ExitCode.FAILED if seen.problems else ExitCode.DONE


def _lines(file: str) -> list[str]:
    return Path(file).read_text("utf-8").splitlines()


def run_deck_coverage(environment: Environment, *, topics: list[str], decks: list[Path], json: bool) -> int:
    """Count questions by topic, kind, level and difficulty."""
    from ptquiz.commands.coverage import cover
    from ptquiz.commands.explain import find_topic
    from ptquiz.ui.coverage_view import show_coverage
    from ptquiz.ui.json_view import show_report

    library = open_decks(environment, decks)
    warn_of_broken_decks(environment, library)
    found = [find_topic(library.collection.decks, topic) for topic in topics] or library.collection.decks
    coverage, screen = cover(found, library.collection.translations), open_screen(environment)
    if json:
        show_report(screen, coverage)
    else:
        show_coverage(screen, coverage, by_kind=bool(topics) or len(found) == 1)
    return ExitCode.DONE
