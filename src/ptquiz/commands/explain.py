"""Run an explanation: each section's code and the source of the installed torch."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.proving.prove import chosen, section_program, source_program
from ptquiz.domain.snippets import Outcome, Program, Ran, Scalar
from ptquiz.errors import EnvironmentProblem, UsageError


@dataclass(frozen=True)
class SourceCode:
    """The installed code of something in torch."""

    name: str
    code: str
    file: str
    line: int


@dataclass(frozen=True)
class Shown:
    """A section as it is shown: what its code did, and the source it names."""

    section: Section
    outcome: Outcome | None = None
    source: SourceCode | None = None
    not_run: str = ""
    """Why its code was not run; empty when it was, or has none."""


def find_topic(decks: Sequence[Deck], topic: str) -> Deck:
    """Return the deck of a topic.

    Raises UsageError with a suggestion for an unknown one.
    """
    for deck in decks:
        if deck.deck == topic:
            return deck
    close = difflib.get_close_matches(topic.lower(), [deck.deck for deck in decks], n=1, cutoff=0.5)
    meant = f" Did you mean {close[0]}?" if close else ""
    raise UsageError(f'no topic "{topic}".{meant}', details=("ptquiz explain lists all topics",))


def read_values(settings: Sequence[str], deck: Deck) -> dict[str, str]:
    """Read `name=value` settings for an explanation.

    Raises UsageError for a setting that is none, or for a name that no section of the deck has.
    """
    known = {name: options for section in deck.explain for name, options in section.vary.items()}
    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not value:
            raise UsageError(f'"{setting}" is not a setting', details=("write it like --set p=0.9",))
        if name not in known:
            offered = ", ".join(f"{name}={options[0]}" for name, options in known.items()) or "nothing"
            raise UsageError(f'"{name}" cannot be set in {deck.deck}', details=(f"what can be set: {offered}",))
        values[name] = value
    return values


def explain(
    deck: Deck, run: Callable[[Program], Outcome], values: Mapping[str, str], *, may_run: bool = True
) -> Iterator[Shown]:
    """Yield the sections of a deck one by one, each run just before it is yielded."""
    for section in (chosen(section, values) for section in deck.explain):
        if section.run is None and section.source is None:
            yield Shown(section)
        elif not may_run:
            yield Shown(section, not_run="this deck's code may not run yet: ptquiz deck trust DECK")
        else:
            yield _live(section, deck, run)


def _live(section: Section, deck: Deck, run: Callable[[Program], Outcome]) -> Shown:
    try:
        outcome = run(section_program(section, deck)) if section.run else None
        source = _source(section.source, run) if section.source else None
    except EnvironmentProblem as problem:
        return Shown(section, not_run=problem.message)
    return Shown(section, outcome, source)


def _source(name: str, run: Callable[[Program], Outcome]) -> SourceCode | None:
    match run(source_program(name)):
        case Ran(values=(code, file, line)):
            match code.value, file.value, line.value:
                case Scalar(value=str() as text), Scalar(value=str() as path), Scalar(value=int() as first) if text:
                    return SourceCode(name, text, path, first)
    return None
