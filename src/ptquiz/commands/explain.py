"""Run an explanation: each section's code and the source of the installed torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ptquiz.banks.collection import DeckHead
from ptquiz.commands.judge import not_trusted
from ptquiz.commands.suggesting import meant
from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.proving.prove import chosen, section_program, source_program
from ptquiz.domain.requirements import unmet
from ptquiz.domain.snippets import Outcome, Program, Ran, Scalar
from ptquiz.errors import EnvironmentProblem, Message, UsageError, said

HOW_TO_SET = said("write it like --set p=0.9")


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
    not_run: str | Message = ""
    """Why its code was not run; empty when it was, or has none."""


def find_topic(decks: Sequence[Deck], topic: str) -> Deck:
    """Return the deck of a topic.

    Raises UsageError with a suggestion for an unknown one.
    """
    for deck in decks:
        if deck.deck == topic:
            return deck
    raise _unknown_topic(topic, [deck.deck for deck in decks])


def know_topics(decks: Sequence[DeckHead], topics: Iterable[str]) -> None:
    """Raise UsageError with a suggestion for a topic that no deck has."""
    known = [deck.deck for deck in decks]
    for topic in topics:
        if topic not in known:
            raise _unknown_topic(topic, known)


def _unknown_topic(topic: str, known: Sequence[str]) -> UsageError:
    return UsageError(
        said('no topic "{name}".{meant}', name=topic, meant=meant(topic, known)),
        details=("ptquiz explain lists all topics",),
    )


def read_values(settings: Sequence[str], deck: Deck) -> dict[str, str]:
    """Read `name=value` settings for an explanation, or `2.name=value` for its second section alone.

    Raises UsageError for a setting that is none, or for a name that the sections meant do not declare.
    """
    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = name.strip()
        if not equals or not name or not value:
            raise UsageError(said('"{setting}" is not a setting', setting=setting), details=(HOW_TO_SET,))
        if name not in _settable(deck):
            offered = ", ".join(_offers(deck))
            advice = (
                said("what can be set: {names}", names=offered)
                if offered
                else said("its sections have no values to set")
            )
            raise UsageError(said('"{name}" cannot be set in {deck}', name=name, deck=deck.deck), details=(advice,))
        values[name] = value
    return values


def _settable(deck: Deck) -> set[str]:
    everywhere = {name for section in deck.explain for name in section.vary}
    return everywhere | {f"{n}.{name}" for n, section in enumerate(deck.explain, start=1) for name in section.vary}


def _offers(deck: Deck) -> Iterator[str]:
    """Yield what can be set, with its first value: names, with their section where several have them."""
    counts = Counter(name for section in deck.explain for name in section.vary)
    for number, section in enumerate(deck.explain, start=1):
        for name, options in section.vary.items():
            yield f"{name}={options[0]}" if counts[name] == 1 else f"{number}.{name}={options[0]}"


def _values_of(number: int, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values for a section, counted from 1: those for it alone beat those for every section."""
    own = f"{number}."
    everywhere = {name: value for name, value in values.items() if "." not in name}
    return everywhere | {name.removeprefix(own): value for name, value in values.items() if name.startswith(own)}


def explain(
    deck: Deck,
    run: Callable[[Program], Outcome],
    values: Mapping[str, str],
    *,
    may_run: bool = True,
    torch: Callable[[], str] = lambda: "",
) -> Iterator[Shown]:
    """Yield the sections of a deck one by one, each run just before it is yielded.

    `values` are those that `read_values` returns; `torch` is asked for its version, which may be empty when it
    cannot be told, only where a section requires one.
    """
    for number, declared in enumerate(deck.explain, start=1):
        section = chosen(declared, _values_of(number, values))
        if section.run is None and section.source is None:
            yield Shown(section)
        elif unmet := _unmet(section, torch):
            yield Shown(section, not_run=unmet)
        elif not may_run:
            yield Shown(section, not_run=not_trusted(deck.deck))
        else:
            yield _live(section, deck, run)


def _unmet(section: Section, torch: Callable[[], str]) -> str | Message:
    """Say which torch a section needs that is not here; empty when it is."""
    return unmet(section.requires, torch()) if section.requires is not None else ""


def _live(section: Section, deck: Deck, run: Callable[[Program], Outcome]) -> Shown:
    try:
        outcome = run(section_program(section, deck)) if section.run else None
        source = _source(section.source, run) if section.source else None
    except EnvironmentProblem as problem:
        return Shown(section, not_run=problem.told)
    return Shown(section, outcome, source)


def _source(name: str, run: Callable[[Program], Outcome]) -> SourceCode | None:
    match run(source_program(name)):
        case Ran(values=(code, file, line)):
            match code.value, file.value, line.value:
                case Scalar(value=str() as text), Scalar(value=str() as path), Scalar(value=int() as first) if text:
                    return SourceCode(name, text, path, first)
    return None
