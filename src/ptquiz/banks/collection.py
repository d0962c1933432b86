"""All decks together: files found, ids unique, follow-ups resolved."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, structs

from ptquiz.banks.outlining import outlines_of
from ptquiz.banks.reading import Reading
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.outlines import Outlines
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.snippets import Place
from ptquiz.domain.translations import Translation, localized, mismatches, missing

SUFFIXES = (".yaml", ".yml")


class DeckHead(Struct, frozen=True):
    """The names of a deck, and where it is."""

    deck: str
    title: str
    file: str


class Collection(Struct, frozen=True, dict=True):
    """The decks that can be used, and the readings of those that cannot."""

    decks: Sequence[Deck] = ()
    broken: tuple[Reading, ...] = ()
    translations: Sequence[Translation] = ()
    courses: Sequence[Course] = ()
    settled: bool = True
    """Whether it stays the same while its files do; not so where another file counts, or one could not be read."""

    def in_language(self, language: str) -> Collection:
        """Return the decks in a language, as far as they are translated."""
        texts = {text.translates: text for text in self.translations if text.language == language}
        if not texts:
            return self
        decks = tuple(localized(deck, texts[deck.deck]) if deck.deck in texts else deck for deck in self.decks)
        return structs.replace(self, decks=decks)

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
    def heads(self) -> tuple[DeckHead, ...]:
        """The names of the decks and where they are, in their order."""
        return tuple(DeckHead(deck.deck, deck.title, deck.place.file) for deck in self.decks)

    @cached_property
    def outlines(self) -> Outlines:
        """The outlines of all questions."""
        return outlines_of(self.questions.values())

    @cached_property
    def questions(self) -> Mapping[QuestionId, Question]:
        """The questions by id, in deck order."""
        return MappingProxyType({question.id: question for deck in self.decks for question in deck.questions})

    @property
    def renamed(self) -> Mapping[QuestionId, QuestionId]:
        """The ids that questions have now, by those they had before."""
        return {old: question.id for deck in self.decks for question in deck.questions for old in question.aliases}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """List every problem of every broken deck."""
        return tuple(problem for reading in self.broken for problem in reading.problems)

    def deck(self, id_: str) -> Deck | None:
        """Find a deck by its id."""
        return next((deck for deck in self.decks if deck.deck == id_), None)

    def translation(self, deck: str, language: str) -> Translation | None:
        """Find the translation of a deck into a language."""
        return next((t for t in self.translations if (t.translates, t.language) == (deck, language)), None)


def deck_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List deck files: the files named, and those anywhere below the folders named, each once."""
    found: dict[str, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_below(str(path)) if path.is_dir() else [str(path)]))
    return tuple(map(Path, found))


def _below(folder: str) -> list[str]:
    """List what is named like a deck below a folder; by the quickest way there is, since each start does it."""
    found = []
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        names = [name for name in (*files, *folders) if name.endswith(SUFFIXES) and not name.startswith(".")]
        found += [f"{where}{os.sep}{name}" for name in names]
    return sorted(found, key=lambda file: file.split(os.sep))  # noqa: PTH206 - as Path would sort them


def collect(
    files: Iterable[Path],
    read: Callable[[Path], Reading],
    *,
    elsewhere: Callable[[], Container[str]] | None = None,
) -> Collection:
    """Read deck files and settle what concerns all of them; a broken deck leaves the others usable.

    `elsewhere` gives the topics that courses may name beside those of these files; it is called when one does.
    """
    readings = [read(path) for path in files]
    problems: dict[Path, list[Problem]] = {reading.path: list(reading.problems) for reading in readings}
    whole = [(reading.path, reading.deck) for reading in readings if reading.deck is not None]
    courses = [(reading.path, reading.course) for reading in readings if reading.course is not None]
    texts = [(reading.path, reading.translation) for reading in readings if reading.translation is not None]
    found = (*_repeated_ids(whole), *_dangling(whole), *_unfitting(texts, whole), *_aimless(courses, whole, elsewhere))
    for path, problem in found:
        problems[path].append(problem)
    usable = (deck for path, deck in whole if not problems[path])
    return Collection(
        decks=tuple(_following_new_ids(sorted(usable, key=lambda deck: deck.rank))),
        broken=tuple(
            Reading(r.path, problems=tuple(sorted(problems[r.path], key=lambda p: p.place)), lines=r.lines)
            for r in readings
            if problems[r.path]
        ),
        translations=tuple(text for path, text in texts if not problems[path]),
        courses=tuple(course for path, course in courses if not problems[path]),
        settled=all(map(_was_read, readings)) and not _looking_elsewhere(texts, whole, problems),
    )


def _was_read(reading: Reading) -> bool:
    return bool(reading.lines or reading.deck or reading.translation or reading.course)


def _looking_elsewhere(
    texts: list[tuple[Path, Translation]], decks: list[tuple[Path, Deck]], files: Container[Path]
) -> bool:
    """Tell whether a translation was judged by a file that is not among those at hand."""
    names = {deck.deck for _, deck in decks}
    return any(text.translates not in names and _original(path, text) not in files for path, text in texts)


def _original(path: Path, text: Translation) -> Path:
    """Return where the deck of a translation is expected."""
    return path.parent / f"{text.translates}.yaml"


def _unfitting(texts: list[tuple[Path, Translation]], decks: list[tuple[Path, Deck]]) -> list[tuple[Path, Problem]]:
    by_id = {deck.deck: deck for _, deck in decks}
    problems = []
    for path, text in texts:
        if text.translates not in by_id:
            # Its deck may be broken, or simply not be among the files at hand.
            if _original(path, text).exists():
                continue
            problems.append((path, Problem(text.place, f'there is no deck "{text.translates}" to translate')))
        else:
            problems += [(path, problem) for problem in mismatches(text, by_id[text.translates])]
    return problems


def _aimless(
    courses: list[tuple[Path, Course]],
    decks: list[tuple[Path, Deck]],
    elsewhere: Callable[[], Container[str]] | None,
) -> list[tuple[Path, Problem]]:
    """Report topics that no deck has, where there are decks at all, and courses of the same name."""
    topics = {deck.deck for _, deck in decks}
    named = {step.topic for _, course in courses for step in course.steps} - topics
    others = elsewhere() if elsewhere is not None and named else ()
    problems = []
    seen: dict[str, Place] = {}
    for path, course in courses:
        for step in course.steps if topics or others else ():
            if step.topic not in topics and step.topic not in others:
                problems.append((path, Problem(step.place, f'there is no topic "{step.topic}"')))
        if course.course in seen:
            hint = f"the first is {seen[course.course]}"
            problems.append((path, Problem(course.place, f'course "{course.course}" exists already', hint)))
        seen.setdefault(course.course, course.place)
    return problems


def _following_new_ids(decks: Iterable[Deck]) -> Iterator[Deck]:
    """Let follow-ups that are named by an id from before name the question as it is called now."""
    decks = tuple(decks)
    new = {old: question.id for deck in decks for question in deck.questions for old in question.aliases}
    return (deck_following(deck, new) for deck in decks)


def deck_following(deck: Deck, new: Mapping[QuestionId, QuestionId]) -> Deck:
    """Name the follow-ups in a deck as they are called now."""
    if not new:
        return deck
    return structs.replace(deck, questions=tuple(following(question, new) for question in deck.questions))


def following(question: Question, new: Mapping[QuestionId, QuestionId]) -> Question:
    """Name the follow-ups of a question as they are called now."""
    if not any(id_ in new for id_ in question.follows):
        return question
    renamed: Question = structs.replace(question, follows=tuple(new.get(id_, id_) for id_ in question.follows))
    return renamed


def _repeated_ids(decks: list[tuple[Path, Deck]]) -> list[tuple[Path, Problem]]:
    ids = [id_ for _, deck in decks for question in deck.questions for id_ in (question.id, *question.aliases)]
    if len(set(ids)) == len(ids) and len({deck.deck for _, deck in decks}) == len(decks):
        return []
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
