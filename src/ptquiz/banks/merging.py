"""Put flashcards into a deck file: known ones are updated, new ones go to the end, everything else stays as it is.

Only the lines of a changed question are written anew, so that comments and layout survive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml
from msgspec import structs

from ptquiz.banks.nodes import Node, compose
from ptquiz.banks.writing import ITEM_INDENT, write_question
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import Flashcard, Question, QuestionId
from ptquiz.domain.variants import escaped, first_member, literal, names_in

LINES = re.compile(r".*?(?:\r\n|[\n\r\x85\u2028\u2029])|.+\Z", re.DOTALL)
"""Lines as YAML counts them."""


class UnwritableError(Exception):
    """The questions of a file cannot be added to; the message says why."""


@dataclass(frozen=True)
class Merged:
    """The new text of a deck file, and what became of each flashcard."""

    text: str
    added: tuple[QuestionId, ...] = ()
    updated: tuple[QuestionId, ...] = ()
    unchanged: tuple[QuestionId, ...] = ()
    kept: tuple[QuestionId, ...] = ()
    """Questions of another kind now; they are left as their author wrote them."""


@dataclass(frozen=True)
class _List:
    """Where the questions stand: the lines of each, from and to, and the column of the dashes."""

    spans: tuple[tuple[int, int], ...]
    end: int
    indent: int


def merge(text: str, file: str, deck: Deck, cards: Sequence[Flashcard], no_explanation: str) -> Merged:
    """Merge flashcards into the text of a deck; a card without an explanation keeps the one that is there.

    Raises UnwritableError where the questions are not written as a list of `- ` items.
    """
    known = {id_: question for question in deck.questions for id_ in (question.id, *question.aliases)}
    rewritten: dict[QuestionId, Flashcard] = {}
    fate: dict[str, list[QuestionId]] = {"added": [], "updated": [], "unchanged": [], "kept": []}
    added: list[Flashcard] = []
    for card in cards:
        match known.get(card.id):
            case None:
                fate["added"].append(card.id)
                added.append(card if card.explain else structs.replace(card, explain=no_explanation))
            case Flashcard() as old:
                new = _updated(old, card)
                fate["unchanged" if new == old else "updated"].append(card.id)
                if new != old:
                    rewritten[old.id] = new
            case _:
                fate["kept"].append(card.id)
    merged = _spliced(text, file, deck, rewritten, added) if rewritten or added else text
    return Merged(merged, **{name: tuple(ids) for name, ids in fate.items()})


def _updated(old: Flashcard, card: Flashcard) -> Flashcard:
    """Take the words of a card; what only an author can have added stays."""
    # A name that stands for itself was only there to keep the card's own words from being filled in.
    family = {name: values for name, values in old.vary.items() if values != (f"${{{name}}}",)}
    if old.vary and not family:
        old = structs.replace(first_member(old), vary={})
    words = escaped(card) if family else card
    new = structs.replace(
        old,
        ask=_newer(old.ask, words.ask),
        answer=_newer(old.answer, words.answer),
        explain=_newer(old.explain, words.explain or old.explain),
        tags=tuple(dict.fromkeys((*old.tags, *card.tags))),
    )
    used = names_in(new)
    vary = {name: values for name, values in family.items() if name in used}
    return structs.replace(new if vary or not family else literal(new), vary=vary)


def _newer(old: str, new: str) -> str:
    """Return the new text, or the old one where they differ in line breaks only."""
    return old if old.split() == new.split() else new


def _spliced(
    text: str, file: str, deck: Deck, rewritten: dict[QuestionId, Flashcard], added: Sequence[Flashcard]
) -> str:
    lines = LINES.findall(text)
    end_of_line = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end_of_line
    where = _questions(lines, compose(text, file))

    def block(question: Question) -> list[str]:
        return [row + end_of_line for row in write_question(question, deck.setup, where.indent).split("\n")[:-1]]

    new = [row for card in added for row in (end_of_line, *block(card))]
    result = lines[: where.end] + (new if where.spans else new[1:]) + lines[where.end :]
    for (start, end), question in reversed(list(zip(where.spans, deck.questions, strict=True))):
        if question.id in rewritten:
            result[start:end] = block(rewritten[question.id])
    return "".join(result)


def _questions(lines: list[str], root: Node) -> _List:
    """Find the list of questions; where there is none, make its head at the end of `lines`."""
    assert isinstance(root, yaml.MappingNode)
    value = next((value for key, value in root.value if key.value == "questions"), None)
    if not isinstance(value, yaml.SequenceNode) or not value.value:
        return _new_list(lines, value)
    if value.flow_style:
        raise UnwritableError('the questions are written as [...]; write each on its own lines after "- "')
    starts = [_dash(lines, item.start_mark.line) for item in value.value]
    bounds = (*starts[1:], min(value.end_mark.line + (value.end_mark.column > 0), len(lines)))
    indent = value.start_mark.column
    spans = tuple((start, _last(lines, start, end, indent)) for start, end in zip(starts, bounds, strict=True))
    return _List(spans, spans[-1][1], indent)


def _new_list(lines: list[str], empty: Node | None) -> _List:
    if empty is None:
        lines += ["\n", "questions:\n"]
        return _List((), len(lines), ITEM_INDENT)
    first, last = empty.start_mark, empty.end_mark
    rest = lines[last.line][last.column :]
    lines[first.line : last.line + 1] = [lines[first.line][: first.column].rstrip() + (rest if rest.strip() else "\n")]
    return _List((), first.line + 1, ITEM_INDENT)


def _dash(lines: Sequence[str], line: int) -> int:
    """Return the line of the dash of an item whose first key stands on a line."""
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _last(lines: Sequence[str], start: int, end: int, indent: int) -> int:
    """Return the end of an item without the blank lines and outer comments below it."""
    while end > start + 1 and _belongs_to_next(lines[end - 1], indent):
        end -= 1
    return end


def _belongs_to_next(line: str, indent: int) -> bool:
    words = line.lstrip()
    return not words or (words.startswith("#") and len(line) - len(words) <= indent)
