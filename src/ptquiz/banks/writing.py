"""Write decks as an author would: block style, long text and code below a `|`, the same bytes for the same deck."""

from __future__ import annotations

import re
import textwrap

import yaml

from ptquiz.domain.decks import Deck
from ptquiz.domain.plain import Plain, plain_head, plain_question
from ptquiz.domain.questions import Question
from ptquiz.domain.snippets import Snippet

WIDTH = 100
LONG = 60
"""Characters from which text that would need quotes stands below a `|` instead."""
ITEM_INDENT = 2


class _Writer(yaml.SafeDumper):
    """The pure Python one: the C one writes emoji as escapes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # the items of a list are indented


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    block = "\n" in text or (len(text) > LONG and not writer.analyze_scalar(text).allow_block_plain)
    tag = "tag:yaml.org,2002:str"
    return writer.represent_scalar(tag, f"{text}\n", style="|") if block else writer.represent_scalar(tag, text)


def _list(writer: _Writer, items: list[Plain]) -> yaml.SequenceNode:
    """Keep a list of words on one line."""
    words = all(
        isinstance(item, str | int) and len(str(item)) <= LONG and not re.search(r"\s", str(item)) for item in items
    )
    return writer.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=words)


_Writer.add_representer(str, _text)
_Writer.add_representer(list, _list)


def write_deck(deck: Deck) -> str:
    """Return the text of a deck file."""
    items = "\n".join(write_question(question, deck.setup) for question in deck.questions)
    return _dumped(plain_head(deck)) + "\nquestions:" + (f"\n{items}" if items else " []\n")


def write_question(question: Question, deck_setup: Snippet | None = None, indent: int = ITEM_INDENT) -> str:
    """Return a question as one item of a list, its dash in column `indent`, ended by a line break."""
    return textwrap.indent(_dumped([plain_question(question, deck_setup)]), " " * indent)


def _dumped(keys: dict[str, Plain] | list[dict[str, Plain]]) -> str:
    text = yaml.dump(keys, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False)
    assert isinstance(text, str)
    return textwrap.dedent(text)
