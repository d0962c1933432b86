"""All decks together: files found, ids unique, follow-ups resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct, structs

from ptquiz.banks.reading import Reading
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.snippets import Place
from ptquiz.domain.translations import Translation, localized, mismatches, missing

SUFFIXES = (".yaml", ".yml")


class Collection(Struct, frozen=True, dict=True):
    """The decks that can be used, and the readings of those that cannot."""

    decks: tuple[Deck, ...] = ()
    broken: tuple[Reading, ...] = ()
    translations: tuple[Translation, ...] = ()
    courses: tuple[Course, ...] = ()

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
    def questions(self) -> dict[QuestionId, Question]:
        """Map ids to questions, in deck order; each time in a dict of its own."""
        return self._questions.copy()

    @cached_property
    def _questions(self) -> dict[QuestionId, Question]:
        return {question.id: question for deck in self.decks for question in deck.questions}

    @property
    def renamed(self) -> dict[QuestionId, QuestionId]:
        """Map the ids that questions had before to those they have now."""
        return {old: question.id for deck in self.decks for question in deck.questions for old in question.aliases}

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
    courses = [(reading.path, reading.course) for reading in readings if reading.course is not None]
    texts = [(reading.path, reading.translation) for reading in readings if reading.translation is not None]
    found = (*_repeated_ids(whole), *_dangling(whole), *_unfitting(texts, whole), *_aimless(courses, whole))
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


def _aimless(courses: list[tuple[Path, Course]], decks: list[tuple[Path, Deck]]) -> list[tuple[Path, Problem]]:
    """Report topics that no deck has, where there are decks at all, and courses of the same name."""
    topics = {deck.deck for _, deck in decks}
    problems = []
    seen: dict[str, Place] = {}
    for path, course in courses:
        for step in course.steps if topics else ():
            if step.topic not in topics:
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

    def followed(question: Question) -> Question:
        if not any(id_ in new for id_ in question.follows):
            return question
        return structs.replace(question, follows=tuple(new.get(id_, id_) for id_ in question.follows))

    for deck in decks:
        yield structs.replace(deck, questions=tuple(map(followed, deck.questions))) if new else deck


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
