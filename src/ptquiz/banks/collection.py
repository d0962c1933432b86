"""All decks together: files found, ids unique, follow-ups resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ptquiz.banks.reading import Reading
from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.snippets import Place
from ptquiz.domain.translations import Translation, localized, mismatches, missing

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Collection:
    """The decks that can be used, and the readings of those that cannot."""

    decks: tuple[Deck, ...] = ()
    broken: tuple[Reading, ...] = ()
    translations: tuple[Translation, ...] = ()

    def in_language(self, language: str) -> Collection:
        """Return the decks in a language, as far as they are translated."""
        texts = {text.translates: text for text in self.translations if text.language == language}
        decks = tuple(localized(deck, texts[deck.deck]) if deck.deck in texts else deck for deck in self.decks)
        return replace(self, decks=decks)

    @property
    def untranslated(self) -> tuple[Problem, ...]:
        """List what the translations at hand leave out."""
        return tuple(
            problem
            for text in self.translations
            if (deck := self.deck(text.translates)) is not None
            for problem in missing(text, deck)
        )

    @property
    def questions(self) -> dict[QuestionId, Question]:
        """Map ids to questions, in deck order."""
        return {question.id: question for deck in self.decks for question in deck.questions}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """List every problem of every broken deck."""
        return tuple(problem for reading in self.broken for problem in reading.problems)

    def deck(self, id_: str) -> Deck | None:
        """Find a deck by its id."""
        return next((deck for deck in self.decks if deck.deck == id_), None)


def deck_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List deck files: the files named, and those anywhere below the folders named, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = (p for p in path.rglob("*") if p.suffix in SUFFIXES and not _hidden(p.relative_to(path)))
            found.update(dict.fromkeys(sorted(below)))
        else:
            found[path] = None
    return tuple(found)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def collect(files: Iterable[Path], read: Callable[[Path], Reading]) -> Collection:
    """Read deck files and settle what concerns all of them; a broken deck leaves the others usable."""
    readings = [read(path) for path in files]
    problems: dict[Path, list[Problem]] = {reading.path: list(reading.problems) for reading in readings}
    whole = [(reading.path, reading.deck) for reading in readings if reading.deck is not None]
    texts = [(reading.path, reading.translation) for reading in readings if reading.translation is not None]
    for path, problem in (*_repeated_ids(whole), *_dangling(whole), *_unfitting(texts, whole)):
        problems[path].append(problem)
    return Collection(
        decks=tuple(sorted((deck for path, deck in whole if not problems[path]), key=lambda deck: deck.rank)),
        broken=tuple(
            Reading(r.path, problems=tuple(sorted(problems[r.path], key=lambda p: p.place)), lines=r.lines)
            for r in readings
            if problems[r.path]
        ),
        translations=tuple(text for path, text in texts if not problems[path]),
    )


def _unfitting(texts: list[tuple[Path, Translation]], decks: list[tuple[Path, Deck]]) -> list[tuple[Path, Problem]]:
    by_id = {deck.deck: deck for _, deck in decks}
    problems = []
    for path, text in texts:
        if text.translates not in by_id:
            # Its deck may be broken, or simply not be among the files at hand.
            if (path.parent / f"{text.translates}.yaml").exists():
                continue
            problems.append((path, Problem(text.place, f'there is no deck "{text.translates}" to translate')))
        else:
            problems += [(path, problem) for problem in mismatches(text, by_id[text.translates])]
    return problems


def _repeated_ids(decks: list[tuple[Path, Deck]]) -> list[tuple[Path, Problem]]:
    problems = []
    seen: dict[str, Place] = {}
    names: dict[str, Place] = {}
    for path, deck in decks:
        if deck.deck in names:
            problem = Problem(deck.place, f'deck "{deck.deck}" exists already', f"the first is {names[deck.deck]}")
            problems.append((path, problem))
        names.setdefault(deck.deck, deck.place)
        for question in deck.questions:
            for id_ in (question.id, *question.aliases):
                if id_ in seen:
                    hint = f"the first is {seen[id_]}; ids are unique over all decks"
                    problems.append((path, Problem(question.place, f'id "{id_}" is taken', hint)))
                seen.setdefault(id_, question.place)
    return problems


def _dangling(decks: list[tuple[Path, Deck]]) -> list[tuple[Path, Problem]]:
    known = {id_ for _, deck in decks for question in deck.questions for id_ in (question.id, *question.aliases)}
    return [
        (path, Problem(question.place, f'"{question.id}" is followed by "{id_}", which does not exist'))
        for path, deck in decks
        for question in deck.questions
        for id_ in question.follows
        if id_ not in known
    ]
