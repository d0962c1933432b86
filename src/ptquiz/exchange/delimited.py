"""Cards in columns: Anki's text export with its header lines, and CSV or TSV from anywhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ptquiz.exchange.cards import MAX_CARDS, MAX_FIELD, Omissions, Stack, UnreadableCardsError
from ptquiz.exchange.from_html import looks_like_html
from ptquiz.exchange.notes import Field, Note, cards_of
from ptquiz.exchange.text_files import read_text
from ptquiz.exchange.titles import common_title

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
MEANINGS = {
    "front": ("question", "front", "ask", "prompt", "term"),
    "back": ("answer", "back", "response", "definition"),
    "explain": ("explanation", "explain", "extra", "note", "notes", "comment"),
    "tags": ("tags", "tag"),
    "id": ("id", "guid", "key"),
    "level": ("level",),
    "difficulty": ("difficulty",),
    "kind": ("kind",),
    "deck": ("deck",),
}
"""What the names in a first line mean."""
MEANING_OF = {"guid": "id"}
"""What Anki's header lines call otherwise."""
SAMPLE = 10
"""Rows by which a separator is guessed."""
COLUMN = re.compile(r"[0-9]{1,4}")
EXPORTED = ("id", "kind", "level", "difficulty", "tags", "question", "answer", "explanation")
"""The first line of the files that ptquiz itself writes: their text is markup and not HTML."""


@dataclass(frozen=True)
class _Layout:
    """What stands in which column, counted from 0."""

    separator: str
    html: bool | None = None
    """None where the file does not say."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """By the keys of MEANINGS, and `notetype`."""
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags of every card."""
    title: str = ""
    ours: bool = False
    """Whether ptquiz wrote the file, so that its ids are ours as well."""


def read_delimited(path: Path) -> Stack:
    """Read a file of columns.

    Raises UnreadableCardsError for a file that has no columns, or no card.
    """
    lines = read_text(path).splitlines(keepends=True)
    layout, start = _header(lines, path)
    rows = _rows(lines[start:], start, layout.separator, path)
    if not start and rows and (named := _by_names(rows[0][1], layout)):
        layout, rows = named, rows[1:]
    if layout.html is None:
        layout = replace(layout, html=any(looks_like_html(cell) for _, cells in rows for cell in cells))
    omissions = Omissions()
    cards = tuple(card for note in _notes(rows, layout, omissions) for card in cards_of(note, omissions))
    if not cards:
        raise UnreadableCardsError(
            path,
            "no row has a front and a back" if rows else "there are no rows",
            "write one card a row: the question, then the answer; or name the columns in the first row",
        )
    decks = (cells[layout.columns["deck"]] for _, cells in rows if -1 < layout.columns.get("deck", -1) < len(cells))
    return Stack(layout.title or common_title(decks) or path.stem, cards, omissions.sentences())


def _header(lines: Sequence[str], path: Path) -> tuple[_Layout, int]:
    """Read Anki's lines `#key:value`; return what they say and where the rows begin."""
    said: dict[str, str] = {}
    start = 0
    for start, line in enumerate((*lines, "")):  # noqa: B007
        if not line.startswith("#"):
            break
        key, _, value = line[1:].rstrip("\r\n").partition(":")
        said[key.strip().lower()] = value
    chosen = _separator(said.get("separator", "")) or _guess_separator(lines[start:], path)
    places = {key.removesuffix(" column"): value.strip() for key, value in said.items() if key.endswith(" column")}
    columns = {MEANING_OF.get(key, key): int(value) - 1 for key, value in places.items() if COLUMN.fullmatch(value)}
    named = _rows([said.get("columns", "")], 0, chosen, path)
    layout = _Layout(
        separator=chosen,
        html={"true": True, "false": False}.get(said.get("html", "").strip().lower()),
        columns=columns,
        names=tuple(named[0][1]) if named else (),
        tags=tuple(said.get("tags", "").split()),
        title=said.get("deck", "").strip(),
    )
    return layout, start


def _separator(said: str) -> str:
    """Return the separator that a header line names, or gives as it is."""
    mark = said.strip("\r\n")
    return SEPARATORS.get(mark.strip().lower(), "") or (mark if mark in SEPARATORS.values() else "")


def _guess_separator(lines: Sequence[str], path: Path) -> str:
    """Choose what occurs in each of the first rows, best equally often."""
    marks = (",", ";", "\t", "|") if path.suffix.lower() == ".csv" else ("\t", ";", ",", "|")
    rows = [line for line in lines[:SAMPLE] if line.strip()]
    counts = {mark: {row.count(mark) for row in rows} for mark in marks}
    everywhere = [mark for mark in marks if counts[mark] and 0 not in counts[mark]]
    return next((mark for mark in everywhere if len(counts[mark]) == 1), (*everywhere, marks[0])[0])


def _rows(lines: Iterable[str], skipped: int, separator: str, path: Path) -> list[tuple[int, list[str]]]:
    """Split lines into cells; return each row with the line it ends on."""
    csv.field_size_limit(MAX_FIELD * 10)
    reader = csv.reader(io.StringIO("".join(lines).replace("\x00", "")), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num + skipped, cells))
            if len(rows) > MAX_CARDS:
                raise UnreadableCardsError(path, f"there are more than {MAX_CARDS:,} rows; split the file")
    except csv.Error as error:
        raise UnreadableCardsError(path, f"{path}:{reader.line_num + skipped}: {error}") from None
    return rows


def _by_names(first: Sequence[str], layout: _Layout) -> _Layout | None:
    """Find the columns by the names in the first row; None when it holds no names."""
    names = [cell.strip().casefold() for cell in first]
    columns = {meaning: names.index(word) for meaning, words in MEANINGS.items() for word in reversed(words)
               if word in names}  # fmt: skip
    if "front" not in columns or "back" not in columns:
        return None
    ours = tuple(names) == EXPORTED
    return replace(layout, html=False if ours else layout.html, columns=columns, names=tuple(first), ours=ours)


def _notes(rows: Iterable[tuple[int, list[str]]], layout: _Layout, omissions: Omissions) -> Iterator[Note]:
    special = {column for meaning, column in layout.columns.items() if meaning not in ("front", "back", "explain")}
    for _, cells in rows:
        free = [i for i in range(len(cells)) if i not in special]
        front = layout.columns.get("front", free[0] if free else -1)
        back = layout.columns.get("back", free[1] if len(free) > 1 else -1)
        more = tuple(
            Field(layout.names[i] if i < len(layout.names) else "", cells[i]) for i in free if i not in (front, back)
        )

        def cell(column: int, cells: list[str] = cells) -> str:
            return cells[column] if 0 <= column < len(cells) else ""

        said = {meaning: cell(column).strip() for meaning, column in layout.columns.items()}
        yield Note(
            key=said.get("id") or cell(front).strip(),
            front=cell(front),
            back=cell(back),
            more=more,
            tags=(*layout.tags, *said.get("tags", "").split()),
            html=bool(layout.html),
            id=said.get("id", "") if layout.ours else "",
            level=said.get("level", ""),
            difficulty=said.get("difficulty", ""),
        )
