"""The cheat sheet, and questions of every kind as cards."""

from __future__ import annotations

from ptquiz.commands.exporting_decks import live_answers
from ptquiz.exchange.faces import NOT_RUN, face
from ptquiz.exchange.to_sheet import to_sheet
from ptquiz.runner import LiveRunner
from tests.domain.decks import HEAD, deck, question, read

EXPLAINED = """\
explain:
  - level: answer
    title: In a word
    text: It drops.
    run: print(1 < 2)
    shows: "True"
"""


def test_the_sheet_holds_the_explanation_and_every_question_by_level() -> None:
    original = read(deck("flashcard", "true-false", head=HEAD + EXPLAINED))
    assert to_sheet(original, [face(one) for one in original.questions]) == (
        "# Sample\n\n## In short\n\n### In a word\n\nIt drops.\n\n"
        "```python\nprint(1 < 2)\n```\n\n```text\nTrue\n```\n\n"
        "## The opening answer\n\n### 1. eval() turns gradients off.\n\n> **Answer**\n>\n> False\n\n"
        "It sets one flag.\n\n"
        "## How torch does it\n\n### 1. What is eval()?\n\n> **Answer**\n>\n> `self.train(False)`\n\nOne line.\n"
    )


def test_what_only_a_run_knows_is_run(runner: LiveRunner) -> None:
    predict, number = question("predict"), question("number")
    answers = live_answers([predict, number], runner.run)
    assert face(predict, answers["s-predict"]).back == "```\ntorch.Size([2, 3])\n0.0\n```"
    assert face(number, answers["s-number"]).back == "16"
    assert face(predict).back == NOT_RUN


def test_options_are_on_the_front_and_the_right_one_on_the_back() -> None:
    shown = face(question("choice"))
    assert shown.front == "What is `1 / (1 - p)` for p = 0.2?\n\n1. 1.25\n2. 0.8\n3. 1.2"
    assert shown.back == "1.25\n\nDivided by 0.8."


def test_a_family_is_shown_by_one_of_its_members() -> None:
    member = face(
        question(
            "flashcard", **{"What is eval()?": "What is ${p}?", "    answer:": "    vary: {p: [1, 2]}\n    answer:"}
        )
    )
    assert member.front in ("What is 1?", "What is 2?")
