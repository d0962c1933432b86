"""The Chinese table has every message of the program, and no other."""

from __future__ import annotations

import re

from ptquiz.ui.keymap import BINDINGS
from ptquiz.ui.words import Words, words_for
from ptquiz.ui.words.chinese import CHINESE
from tests.ui.words.sources import messages

NAMED_ELSEWHERE = {
    *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("learning", "review", "relearning", "True", "False"),
    "all topics",
    *("pick one option", "nothing typed yet", "no code yet"),
}
"""What a session is called, names of days, phases and claims, and refusals that the judging gives."""


def test_every_message_has_a_translation() -> None:
    assert messages() - CHINESE.keys() == set()


def test_there_is_no_translation_of_something_that_is_never_said() -> None:
    assert CHINESE.keys() - messages() - NAMED_ELSEWHERE == set()


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    different = {
        message
        for message, translation in CHINESE.items()
        if sorted(re.findall(r"\{\w+\}", message)) != sorted(re.findall(r"\{\w+\}", translation))
    }
    assert different == set()


def test_keys_are_not_translated() -> None:
    words = words_for("zh")
    assert words("1-{n} answer", n=4).startswith("1-4 ")
    assert all(words(binding.label) != binding.label for binding in BINDINGS)


def test_a_message_without_a_translation_stays_english() -> None:
    assert Words({})("nothing to undo") == "nothing to undo"
    assert words_for("en")("{n} answered", n=3) == "3 answered"
