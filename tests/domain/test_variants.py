"""`${name}` is filled in, `$${name}` is not, in families and elsewhere."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from ptquiz.banks.reader import parse_deck
from ptquiz.commands.explain import explain
from ptquiz.domain.questions import Flashcard, Level
from ptquiz.domain.translations import localized
from ptquiz.domain.variants import drawn, escaped, literal, members
from ptquiz.runner import LiveRunner
from tests.domain.decks import HEAD, deck, question, read

SHELL = "What does `echo $${HOME}` print?"
FAMILY = {"What is eval()?": "Is `$${x}` filled with ${x}?", "    answer:": "    vary: {x: [one, two]}\n    answer:"}


def test_an_escaped_placeholder_is_text_without_vary() -> None:
    (card,) = read(deck("flashcard").replace("What is eval()?", SHELL)).questions
    assert card.ask == "What does `echo ${HOME}` print?"
    assert drawn(card, 3).ask == card.ask


def test_an_escaped_placeholder_is_text_in_every_member_of_a_family() -> None:
    asked = [member.ask for _, member in members(question("flashcard", **FAMILY))]
    assert asked == ["Is `${x}` filled with one?", "Is `${x}` filled with two?"]


def test_an_escape_needs_no_entry_in_vary() -> None:
    assert question("flashcard", **{"`self.train(False)`": "`$${never}`"})


def test_code_can_hold_escaped_placeholders(runner: LiveRunner) -> None:
    section = "explain:\n  - {level: answer, title: t, text: x, run: 'print(\"$${a} ${b}\")', vary: {b: [B]}}\n"
    (shown,) = explain(read(deck("flashcard", head=HEAD + section)), runner.run, {})
    assert shown.outcome is not None
    assert shown.outcome.stdout == "${a} B\n"


def test_a_translation_escapes_as_its_deck_does() -> None:
    text = "format: 1\ntranslates: sample\nlanguage: zh\ntitle: 样本\nquestions:\n"
    text += "  - {id: s-flashcard, ask: '什么是 $${x}？', explain: 一行。, answer: '`self.train(False)`'}\n"
    translation = parse_deck(text.encode(), Path("sample.zh.yaml")).translation
    assert translation is not None
    assert localized(read(deck("flashcard")), translation).questions[0].ask == "什么是 ${x}？"


@settings(deadline=None)
@given(st.text(st.sampled_from("${}ab ")))
def test_escaping_and_reading_again_gives_the_same_text(text: str) -> None:
    card = Flashcard(id="a", ask=text, level=Level.ANSWER, explain=text, answer=text)
    assert literal(escaped(card)) == card


@settings(deadline=None)
@given(st.text(st.sampled_from("${}ab ")), st.text(st.sampled_from("${}ab "), min_size=1))
def test_an_escaped_text_has_nothing_to_fill_in(text: str, value: str) -> None:
    card = Flashcard(id="a", ask=text, level=Level.ANSWER, explain="", answer="", vary={"a": (value,), "b": (value,)})

    assert drawn(structs.replace(card, ask=escaped(text)), 0).ask == text
