"""Cards in Markdown, as hashcards reads them: `Q:` with `A:`, and `C:` with [holes]."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from ptquiz.exchange.cards import MAX_CARDS, Card, Stack, UnreadableCardsError
from ptquiz.exchange.clozes import bracket_holes
from ptquiz.exchange.plain_text import tidy
from ptquiz.exchange.text_files import read_text

TAGS = ("Q:", "A:", "C:")
FENCE = "---"


@dataclass(frozen=True)
class _Entry:
    """A tag with its text, up to the next tag."""

    tag: str
    line: int
    text: str


def read_hashcards(path: Path) -> Stack:
    """Read a Markdown file of cards.

    Raises UnreadableCardsError with the line of everything that is not as it should be.
    """
    lines = read_text(path).splitlines()
    title, start = _frontmatter(lines, path)
    problems: list[str] = []
    cards = list(_cards(list(_entries(lines, start)), path, problems))
    if problems:
        raise UnreadableCardsError(path, *problems)
    if not cards:
        raise UnreadableCardsError(
            path, "there is no line that begins with Q: or C:", "write Q: and A:, or C: with [holes]"
        )
    if len(cards) > MAX_CARDS:
        raise UnreadableCardsError(path, f"there are more than {MAX_CARDS:,} cards; split the file")
    return Stack(title or path.stem, tuple(cards))


def _frontmatter(lines: Sequence[str], path: Path) -> tuple[str, int]:
    """Return the name that TOML between two `---` gives the deck, and where the cards begin."""
    if not lines or lines[0].strip() != FENCE:
        return "", 0
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None:
        raise UnreadableCardsError(path, f"{path}:1: the frontmatter has no closing ---")
    try:
        name = tomllib.loads("\n".join(lines[1:end])).get("name", "")
    except tomllib.TOMLDecodeError as error:
        raise UnreadableCardsError(path, f"{path}:1: the frontmatter is not TOML: {error}") from None
    return (name if isinstance(name, str) else ""), end + 1


def _entries(lines: Sequence[str], start: int) -> Iterator[_Entry]:
    tag, first, rows = "", start, list[str]()
    for number, line in enumerate(lines[start:], start=start + 1):
        if line.startswith(TAGS):
            if tag:
                yield _Entry(tag, first, _joined(rows))
            tag, first, rows = line[:2], number, [line[2:].lstrip()]
        else:
            rows.append(line)
    if tag:
        yield _Entry(tag, first, _joined(rows))


def _joined(rows: Sequence[str]) -> str:
    """Return the text of an entry without a rule that only separates it from the next."""
    text = tidy("\n".join(rows))
    return text.removesuffix(f"\n{FENCE}").rstrip()


def _cards(entries: Sequence[_Entry], path: Path, problems: list[str]) -> Iterator[Card]:
    for entry, after in zip_longest(entries, entries[1:]):
        answer = after.text if after is not None and after.tag == "A:" else None
        match entry.tag:
            case "Q:" if answer is None:
                problems.append(f"{path}:{entry.line}: a question without an answer; write A: below it")
            case "Q:" if not entry.text or not answer:
                problems.append(f"{path}:{entry.line}: the question or its answer is empty")
            case "Q:":
                yield Card(key=entry.text, front=entry.text, back=answer or "")
            case "C:":
                yield from _holes(entry, path, problems)
    answers = zip(entries, (None, *entries), strict=False)
    problems += [
        f"{path}:{entry.line}: an answer without a question; write Q: above it"
        for entry, before in answers
        if entry.tag == "A:" and (before is None or before.tag != "Q:")
    ]


def _holes(entry: _Entry, path: Path, problems: list[str]) -> Iterator[Card]:
    holes = bracket_holes(entry.text)
    if not holes:
        problems.append(f"{path}:{entry.line}: a sentence without a hole; put what is asked for in [brackets]")
    for hole in holes:
        key = f"{hole.whole}\x1f{hole.hidden}\x1f{[h.hidden for h in holes[: hole.number]].count(hole.hidden)}"
        yield Card(key=key, front=hole.masked, back=hole.hidden, explain=hole.whole)
