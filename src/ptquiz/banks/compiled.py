"""A collection that is read as far as it is looked at: a warm start opens one file, whatever the number of decks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar, cast, overload

from ptquiz.banks.collection import Collection, DeckHead, collect, deck_following, following
from ptquiz.banks.contents import Contents, Writer, read_contents
from ptquiz.banks.head import SUFFIX, CourseRow, Source, TextRow
from ptquiz.banks.index import DeckIndex, Entry
from ptquiz.banks.outlining import outlined
from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck
from ptquiz.domain.outlines import Outline, Outlines
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.translations import Translation, localized, localized_question
from ptquiz.errors import BrokenDeckError, said

T = TypeVar("T")


def open_collection(index: DeckIndex, files: Sequence[Path]) -> Collection:
    """Return what `collect` makes of deck files; while none of them changes it is kept, and read where it is used."""
    keys = [index.key(file) for file in files]
    if not all(keys):  # one is not there, which only reading it can explain
        return collect(files, index.read)
    folders = {os.path.dirname(file) for file in files}  # noqa: PTH120 - for every file at each start
    kept = index.named(sorted(folders), SUFFIX)
    key = "\n".join(keys)
    contents = read_contents(kept, key)
    if contents is not None:
        return compiled(contents, index)
    collection = collect(files, index.read)
    if collection.settled:
        whole = _written(collection, key, dict(zip(map(str, files), keys, strict=True)))
        if whole is not None:
            index.keep(kept, whole)
    return collection


def _written(collection: Collection, key: str, keys: Mapping[str, str]) -> bytes | None:
    """Return the contents of a collection under its key, with the keys under which its files were compiled."""

    def source(file: str) -> Source:
        return Source(file, keys[file])

    writer = Writer()
    rows = {row.id: row for row in outlined(question for deck in collection.decks for question in deck.questions)}
    for deck in collection.decks:
        writer.deck(deck.deck, deck.title, source(deck.place.file), (rows[q.id] for q in deck.questions))
    return writer.whole(
        key,
        tuple(TextRow(text.translates, text.language, source(text.place.file)) for text in collection.translations),
        tuple(CourseRow(course.course, course.title, source(course.place.file)) for course in collection.courses),
        dict(collection.renamed),
        collection.broken,
    )


def compiled(contents: Contents, index: DeckIndex, language: str = "") -> Collection:
    """Return the collection that was kept, in a language as far as it is translated."""
    shelf = Shelf(contents, index, language)
    head = contents.head
    return Compiled(
        decks=Unread(len(head.decks), shelf.deck),
        translations=Unread(len(head.texts), lambda number: shelf.text(head.texts[number])),
        courses=Unread(len(head.courses), lambda number: shelf.course(head.courses[number])),
        broken=contents.broken,
        shelf=shelf,
    )


class Compiled(Collection, frozen=True, dict=True, kw_only=True):
    """A collection whose decks, translations and courses are read when they are looked at."""

    shelf: Shelf

    @property
    def heads(self) -> tuple[DeckHead, ...]:
        """The names of the decks and where they are, in their order."""
        return tuple(DeckHead(row.deck, row.title, row.source.file) for row in self.shelf.contents.head.decks)

    @property
    def outlines(self) -> Outlines:
        """The outlines of all questions."""
        return self.shelf.contents.outlines

    @cached_property
    def questions(self) -> Mapping[QuestionId, Question]:
        """The questions by id, in deck order."""
        return UnreadQuestions(self.outlines, self.shelf.question)

    @property
    def renamed(self) -> Mapping[QuestionId, QuestionId]:
        """The ids that questions have now, by those they had before."""
        return self.shelf.contents.head.renamed

    def in_language(self, language: str) -> Collection:
        """Return the decks in a language, as far as they are translated."""
        if not any(row.language == language for row in self.shelf.contents.head.texts):
            return self
        return compiled(self.shelf.contents, self.shelf.index, language)

    def deck(self, id_: str) -> Deck | None:
        """Find a deck by its id."""
        rows = self.shelf.contents.head.decks
        return next((self.decks[number] for number, row in enumerate(rows) if row.deck == id_), None)

    def translation(self, deck: str, language: str) -> Translation | None:
        """Find the translation of a deck into a language."""
        rows = self.shelf.contents.head.texts
        return next((self.shelf.text(row) for row in rows if (row.deck, row.language) == (deck, language)), None)


class Shelf:
    """Reads the compiled files of a collection, each once."""

    def __init__(self, contents: Contents, index: DeckIndex, language: str) -> None:
        """Take what the files hold together, and the language in which decks are told; empty for their own."""
        self.contents = contents
        self.index = index
        self._texts = {row.deck: row for row in contents.head.texts if row.language == language}
        self._entries: dict[str, Entry] = {}
        self.text = cache(self._text)

    def deck(self, number: int) -> Deck:
        """Read a whole deck."""
        row = self.contents.head.decks[number]
        deck = deck_following(self._read(row.source, lambda entry: entry.deck), self.contents.head.renamed)
        text = self._texts.get(row.deck)
        return deck if text is None else localized(deck, self.text(text))

    def question(self, id: QuestionId) -> Question:
        """Read one question. Raises KeyError for an unknown one."""
        outline = self.contents.outlines[id]
        row = self.contents.head.decks[self.contents.lookup.find(id) or 0]
        question = cast("Question", self._read(row.source, lambda entry: self._unpacked(entry, outline)))
        text = self._texts.get(row.deck)
        return question if text is None else localized_question(question, self.text(text))

    def _unpacked(self, entry: Entry, outline: Outline) -> Question | None:
        question = entry.question(outline.id, outline.kind)
        return None if question is None else following(question, self.contents.head.renamed)

    def _text(self, row: TextRow) -> Translation:
        return self._read(row.source, lambda entry: entry.translation)

    def course(self, row: CourseRow) -> Course:
        """Read a course."""
        return self._read(row.source, lambda entry: entry.course)

    def _read(self, source: Source, unpack: Callable[[Entry], T | None]) -> T:
        """Unpack something from a compiled file.

        Raises BrokenDeckError when it is no longer there: the file has changed after the start, and another start
        has compiled it anew.
        """
        entry = self._entries.get(source.file)
        if entry is None:
            entry = self._entries[source.file] = self.index.entry(Path(source.file), source.key)
        with suppress(ValueError):
            found = unpack(entry)
            if found is not None:
                return found
        raise BrokenDeckError(
            said("{file} has changed while it was in use", file=source.file),
            details=(
                said("what was rated is kept; begin again, or check it with: ptquiz check {file}", file=source.file),
            ),
        )


class Unread(Sequence[T]):
    """Things that are read when they are looked at, each once."""

    def __init__(self, count: int, read: Callable[[int], T]) -> None:
        """Take how many there are, and what reads the one with a number."""
        self._count = count
        self._read = cache(read)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        numbers = range(self._count)[place]
        return self._read(numbers) if isinstance(numbers, int) else tuple(map(self._read, numbers))

    def __len__(self) -> int:
        return self._count


class UnreadQuestions(Mapping[QuestionId, Question]):
    """Questions that are read when they are looked at, each once."""

    def __init__(self, outlines: Outlines, read: Callable[[QuestionId], Question]) -> None:
        """Take which there are, and what reads one."""
        self._outlines = outlines
        self._read = cache(read)

    def __getitem__(self, id: QuestionId) -> Question:
        return self._read(id)

    def __contains__(self, id: object) -> bool:
        return id in self._outlines

    def __iter__(self) -> Iterator[QuestionId]:
        return iter(self._outlines)

    def __len__(self) -> int:
        return len(self._outlines)
