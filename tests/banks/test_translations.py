"""A translation changes the words of a deck and nothing else, and must fit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.reader import read_deck
from ptquiz.domain.fingerprints import meaning
from ptquiz.domain.questions import Choice, Flashcard, Short, Write
from tests.domain.decks import deck

TRANSLATION = """\
format: 1
translates: sample
language: zh
title: 样例
questions:
  - id: s-choice
    ask: p = 0.2 时 `1 / (1 - p)` 是多少？
    explain: 保持均值。
    hints: [大于 1。, 除以 0.8。]
    options:
      - {why: 除以 0.8。}
      - {why: 那是 1 - p。}
      - {why: 那是 1 + p。}
  - id: s-flashcard
    ask: eval() 是什么？
    answer: "`self.train(False)`"
    explain: 一行。
  - id: s-short
    ask: eval() 做什么？
    answer: 把每个子模块的 training 设为 False。
    explain: 一个标志。
    points: [一个标志, 每个子模块, 与 autograd 无关]
  - id: s-write
    ask: 写出 `soft(x)`。
    explain: 在最后一维上。
    checks: [数值, 每行之和为一]
    wrong: [另一维。]
"""


def collected(tmp_path: Path, translation: str, *kinds: str) -> Collection:
    (tmp_path / "sample.yaml").write_text(deck(*kinds or ("choice", "flashcard", "short", "write")), "utf-8")
    (tmp_path / "sample.zh.yaml").write_text(translation, "utf-8")
    return collect(deck_files([tmp_path]), read_deck)


def test_a_translated_deck_says_other_words(tmp_path: Path) -> None:
    questions = collected(tmp_path, TRANSLATION).in_language("zh").questions
    choice, card, short, write = (questions[f"s-{kind}"] for kind in ("choice", "flashcard", "short", "write"))
    assert isinstance(choice, Choice)
    assert (choice.ask[:7], choice.options[0].text, choice.options[1].why) == ("p = 0.2", "1.25", "那是 1 - p。")
    assert isinstance(card, Flashcard)
    assert card.explain == "一行。"
    assert isinstance(short, Short)
    assert short.points[0].text == "一个标志"
    assert isinstance(write, Write)
    assert write.checks[1].name == "每行之和为一"


def test_code_and_history_stay(tmp_path: Path) -> None:
    collection = collected(tmp_path, TRANSLATION)
    ours, theirs = collection.questions["s-choice"], collection.in_language("zh").questions["s-choice"]
    assert meaning(ours) == meaning(theirs)
    assert collection.in_language("en").questions == collection.questions


def test_what_is_not_translated_is_reported_and_shown_as_it_is(tmp_path: Path) -> None:
    collection = collected(tmp_path, TRANSLATION, "choice", "flashcard", "short", "write", "number")
    assert [problem.message for problem in collection.untranslated] == ['"s-number" is not translated']
    assert collection.in_language("zh").questions["s-number"] == collection.questions["s-number"]


UNFIT = {
    "an unknown deck": ("translates: sample", "translates: other", 'there is no deck "other" to translate'),
    "the deck's own language": ("language: zh", "language: en", '"sample" is in en already'),
    "an unknown question": ("id: s-flashcard", "id: s-nothing", '"s-nothing" is no question of sample'),
    "a question twice": ("id: s-flashcard", "id: s-choice", '"s-choice" is translated twice'),
    "an option too few": ("      - {why: 那是 1 + p。}\n", "", '"s-choice" has 2 options, the deck has 3'),
    "a hint too few": ("hints: [大于 1。, 除以 0.8。]", "hints: [大于 1。]", '"s-choice" has 1 hints, the deck has 2'),
    "a card without its back": (
        '    answer: "`self.train(False)`"\n',
        "",
        '"s-flashcard" has 0 answer, the deck has 1',
    ),
    "a point too many": ("与 autograd 无关]", "与 autograd 无关, 四]", '"s-short" has 4 points, the deck has 3'),
    "a check too few": ("checks: [数值, 每行之和为一]", "checks: [数值]", '"s-write" has 1 checks, the deck has 2'),
    "a translated value": (
        "- {why: 除以 0.8。}",
        "- {text: 一点二五, why: 除以 0.8。}",
        '"一点二五" is compared with a live value and stays as it is',
    ),
}


@pytest.mark.parametrize(("old", "new", "message"), UNFIT.values(), ids=UNFIT)
def test_a_translation_that_does_not_fit_is_left_out(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in TRANSLATION
    collection = collected(tmp_path, TRANSLATION.replace(old, new))
    assert message in [problem.message for problem in collection.problems]
    assert [found.deck for found in collection.decks] == ["sample"]
    assert collection.translations == ()
