"""The Chinese tables have every message of the program once, and no other."""

from __future__ import annotations

from collections import Counter
from string import Formatter

from ptquiz.errors import UsageError, said
from ptquiz.ui.keymap import BINDINGS
from ptquiz.ui.words import Words, words_for
from ptquiz.ui.words.tables import AREAS, CHINESE
from tests.ui.words.sources import messages, untranslatable

NAMED_ELSEWHERE = {
    *("learning", "review", "relearning", "True", "False", "not needed"),
    *("pick one option", "nothing typed yet", "no code yet"),
}
"""Phases, claims, a torch that was not asked, and refusals that the judging gives."""


def test_every_message_has_a_translation() -> None:
    assert messages() - CHINESE.keys() == set()


def test_there_is_no_translation_of_something_that_is_never_said() -> None:
    assert CHINESE.keys() - messages() - NAMED_ELSEWHERE == set()


def test_no_message_is_in_two_tables() -> None:
    assert [message for message, times in Counter(m for area in AREAS for m in area).items() if times > 1] == []


def test_no_error_is_made_of_a_text_that_no_table_can_hold() -> None:
    assert untranslatable() == []


def placeholders(message: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(message) if name)


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    different = {message for message in CHINESE if placeholders(message) != placeholders(CHINESE[message])}
    assert different == set()


def test_an_error_is_told_with_its_values_and_the_sentences_within() -> None:
    meant = said(" Did you mean {close}?", close="dropout")
    error = UsageError(said('no topic "{name}".{meant}', name="dropuot", meant=meant), details=("{quoted}",))
    assert (error.message, error.details) == ('no topic "dropuot". Did you mean dropout?', ("{quoted}",))
    assert words_for("zh").tell(error.told) == "没有主题“dropuot”。你是指 dropout 吗？"
    assert words_for("zh").tell(error.advice[0]) == "{quoted}"


def test_keys_are_not_translated() -> None:
    words = words_for("zh")
    assert words("1-{n} answer", n=4).startswith("1-4 ")
    assert all(words(binding.label) != binding.label for binding in BINDINGS)


def test_a_message_without_a_translation_stays_english() -> None:
    assert Words({})("nothing to undo") == "nothing to undo"
    assert words_for("en")("{n} answered", n=3) == "3 answered"
