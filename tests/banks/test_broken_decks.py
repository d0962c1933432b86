"""Every broken deck is told apart by its exact message and position."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.banks.reader import parse_deck
from ptquiz.domain.questions import Choice
from tests.domain.decks import HEAD, QUESTIONS, deck, read

CHOICE = HEAD + "questions:\n" + QUESTIONS["choice"]
CLAIM = HEAD + "questions:\n" + QUESTIONS["true-false"]
WRITE = HEAD + "questions:\n" + QUESTIONS["write"]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


BROKEN: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": ("", ["d.yaml:1:1: the file is empty"]),
    "only a comment": ("# nothing\n", ["d.yaml:1:1: the file is empty"]),
    "a list": ("- 1\n", ["d.yaml:1:1: expected a deck (keys and values), found a list"]),
    "plain text": ("hello\n", ['d.yaml:1:1: expected a deck (keys and values), found "hello"']),
    "tab": ("format: 1\n\tdeck: x\n", ["d.yaml:2:1: not valid YAML: found a tab character that violates indentation"]),
    "unclosed quote": ('format: 1\ndeck: "x\n', ["d.yaml:3:1: not valid YAML: found unexpected end of stream"]),
    "two documents": (
        "format: 1\n---\nformat: 1\n",
        ["d.yaml:2:1: not valid YAML: but found another document"],
    ),
    "not UTF-8": (b"format: 1\ntitle: \xff\n", ["d.yaml:2:8: byte 0xff is not UTF-8"]),
    "UTF-16": ("format: 1\n".encode("utf-16"), ["d.yaml:1:1: byte 0xff is not UTF-8"]),
    "control character": (
        "format: 1\ntitle: a\x07\n",
        ["d.yaml:2:9: not valid YAML: control characters are not allowed (U+0007)"],
    ),
    "anchor": (
        "format: &a 1\n",
        ["d.yaml:1:9: anchors (&) and aliases (*) are not part of the deck language"],
    ),
    "alias bomb": (
        "a: &a [1]\nb: [*a, *a]\n",
        ["d.yaml:1:4: anchors (&) and aliases (*) are not part of the deck language"],
    ),
    "newer format": (
        "format: 2\ndeck: x\n",
        ["d.yaml:1:9: this deck has format 2; this ptquiz reads up to format 1"],
    ),
    "no format": (
        changed(CHOICE, "format: 1\n", ""),
        ['d.yaml:1:1: a deck needs "format"'],
    ),
    "format in words": (
        changed(CHOICE, "format: 1", "format: one"),
        ['d.yaml:1:9: expected 1, found "one"'],
    ),
    "no deck and no title": (
        "format: 1\n",
        ['d.yaml:1:1: a deck needs "deck"', 'd.yaml:1:1: a deck needs "title"'],
    ),
    "empty title": (
        changed(CHOICE, "title: Sample", "title:"),
        ["d.yaml:3:7: expected text, found nothing"],
    ),
    "bad deck id": (
        changed(CHOICE, "deck: sample", "deck: My Deck"),
        ['d.yaml:2:7: "My Deck" is not a valid id'],
    ),
    "unknown language": (
        changed(CHOICE, "title: Sample", "title: Sample\nlanguage: fr"),
        ['d.yaml:4:11: expected en or zh, found "fr"'],
    ),
    "unknown top key": (
        changed(CHOICE, "title: Sample", "title: Sample\nquestion: x"),
        ['d.yaml:4:1: unknown key "question" in a deck'],
    ),
    "repeated key": (
        changed(CHOICE, "title: Sample", "title: Sample\ntitle: Again"),
        ['d.yaml:4:1: "title" is given twice'],
    ),
    "a number as a key": (
        changed(CHOICE, "title: Sample", "title: Sample\n3: x"),
        ['d.yaml:4:1: unknown key "3" in a deck'],
    ),
    "questions as a mapping": (
        HEAD + "questions:\n  kind: choice\n",
        ["d.yaml:9:3: expected a list, found a mapping"],
    ),
    "a question as text": (
        HEAD + "questions:\n  - hello\n",
        ['d.yaml:9:5: expected a mapping with "kind", found "hello"'],
    ),
    "no kind": (
        changed(CHOICE, "    kind: choice\n", ""),
        ['d.yaml:9:5: "kind" is missing'],
    ),
    "unknown kind": (
        changed(CHOICE, "kind: choice", "kind: choise"),
        [
            "d.yaml:10:11: expected choice, choices, true-false, predict, fill, number, short, flashcard, order, "
            'write or fix, found "choise"'
        ],
    ),
    "kind twice": (
        changed(CHOICE, "kind: choice\n", "kind: choice\n    kind: choice\n"),
        ['d.yaml:11:5: "kind" is given twice'],
    ),
    "no id": (
        changed(CHOICE, "  - id: s-choice\n    kind", "  - kind"),
        ['d.yaml:9:5: a choice question needs "id"'],
    ),
    "a key of another kind": (
        changed(CLAIM, "answer: false", "answer: false\n    options: []"),
        ['d.yaml:14:5: unknown key "options" in a true-false question'],
    ),
    "misspelt key": (
        changed(CHOICE, "explain:", "explian:"),
        ['d.yaml:13:5: unknown key "explian" in a choice question'],
    ),
    "no for a boolean": (
        changed(CLAIM, "answer: false", "answer: no"),
        ['d.yaml:13:13: expected true or false, found "no"'],
    ),
    "unknown level": (
        changed(CHOICE, "level: answer", "level: followup"),
        ['d.yaml:11:12: expected answer, follow-up or source, found "followup"'],
    ),
    "difficulty out of range": (
        changed(CHOICE, "level: answer", "level: answer\n    difficulty: 9"),
        ["d.yaml:12:17: 9 is out of range: at most 5"],
    ),
    "difficulty with a fraction": (
        changed(CHOICE, "level: answer", "level: answer\n    difficulty: 1.5"),
        ['d.yaml:12:17: expected a whole number, found "1.5"'],
    ),
    "seconds out of range": (
        changed(CHOICE, "level: answer", "level: answer\n    seconds: 0"),
        ["d.yaml:12:14: 0 is out of range: more than 0"],
    ),
    "seconds as a time": (
        changed(CHOICE, "level: answer", "level: answer\n    seconds: 12:30"),
        ['d.yaml:12:14: expected a number, found "12:30"'],
    ),
    "one option": (
        HEAD
        + "questions:\n  - id: x\n    kind: choice\n    level: answer\n    ask: a\n    explain: e\n"
        + "    options:\n      - {text: a, why: b, right: true}\n",
        ["d.yaml:15:7: expected at least 2 items, found 1"],
    ),
    "options as text": (
        HEAD
        + "questions:\n  - id: x\n    kind: choice\n    level: answer\n    ask: a\n    explain: e\n    options: a, b\n",
        ['d.yaml:14:14: expected a list, found "a, b"'],
    ),
    "no option is right": (
        changed(changed(CHOICE, ", right: true", ""), "    value: 1 / (1 - 0.2)\n", ""),
        ["d.yaml:16:7: no option is right"],
    ),
    "two options are right": (
        changed(CHOICE, "why: That is 1 + p.", "right: true, why: That is 1 + p."),
        ['d.yaml:16:7: 2 options are "right: true"; a choice question has one'],
    ),
    "the same option twice": (
        changed(CHOICE, '"1.2"', '"0.8"'),
        ["d.yaml:17:16: this option is given twice"],
    ),
    "code that does not parse": (
        changed(CLAIM, "      print(y.requires_grad)\n", "      print(y.requires_grad\n"),
        ["d.yaml:18:12: this code is not valid Python: '(' was never closed"],
    ),
    "a statement for an expression": (
        changed(CHOICE, "value: 1 / (1 - 0.2)", "value: x = 1"),
        ["d.yaml:19:14: this expression is not valid Python: invalid syntax"],
    ),
    "predict without code": (
        HEAD + "questions:\n  - id: x\n    kind: predict\n    level: answer\n    ask: a\n    explain: e\n",
        ['d.yaml:9:5: a predict question needs "code"'],
    ),
    "call without like": (
        changed(WRITE, "        like: torch.softmax(x, -1)\n", ""),
        ["d.yaml:23:9: a check has either call and like, or observe and expect"],
    ),
    "a proof of a code task": (
        WRITE.replace("    checks:\n", "    proof: assert False\n    checks:\n"),
        ["d.yaml:22:12: a code task is proven by its checks, not by a proof"],
    ),
    "no checks": (
        WRITE[: WRITE.index("      - name: values")].replace("    checks:\n", "    checks: []\n"),
        ["d.yaml:22:13: expected at least 1 items, found 0"],
    ),
    "a requirement in words": (
        changed(CHOICE, "level: answer", "level: answer\n    requires: a recent torch"),
        ['d.yaml:12:15: "a recent torch" is not a requirement'],
    ),
    "it follows itself": (
        changed(CHOICE, "level: answer", "level: answer\n    follows: [s-choice]"),
        ["d.yaml:12:14: a question cannot follow itself"],
    ),
    "shows without run": (
        changed(CHOICE, "title: Sample", "title: Sample\nexplain:\n  - {level: answer, title: t, text: x, shows: y}"),
        ['d.yaml:5:47: "shows" without "run"'],
    ),
    "a blank too many": (
        deck("fill").replace("torch.{{2}}", "torch.{{3}}"),
        ["d.yaml:14:11: the blanks are not {{1}} {{2}}, one for each of blanks"],
    ),
    "filled code that does not parse": (
        deck("fill").replace("model.{{1}}()", "model.{{1}}("),
        ["d.yaml:16:17: this code is not valid Python: '(' was never closed"],
    ),
    "two steps": (
        deck("order").replace("      - opt.step()\n", ""),
        ["d.yaml:18:7: expected at least 3 items, found 2"],
    ),
    "an order of other places": (
        deck("order").replace("    proof:", "    also: [[1, 2]]\n    proof:"),
        ["d.yaml:21:12: an order names each of the places 1 to 3 once"],
    ),
    "a placeholder without values": (
        changed(CHOICE, "It keeps the mean.", "It keeps ${x}."),
        ["d.yaml:9:5: ${x} is not in vary"],
    ),
    "values without a placeholder": (
        changed(CHOICE, "level: answer", "level: answer\n    vary: {p: [1, 2]}"),
        ["d.yaml:12:15: ${p} does not occur in the question"],
    ),
    "vary as a list": (
        changed(CHOICE, "level: answer", "level: answer\n    vary: [1, 2]"),
        ["d.yaml:12:11: expected names with lists of values, found a list"],
    ),
    "several problems at once": (
        changed(changed(CHOICE, "level: answer", "level: answr"), "hints: [", "hint: ["),
        [
            'd.yaml:11:12: expected answer, follow-up or source, found "answr"',
            'd.yaml:14:5: unknown key "hint" in a choice question',
        ],
    ),
}


@pytest.mark.parametrize(("text", "messages"), BROKEN.values(), ids=BROKEN)
def test_says_what_is_wrong_and_where(text: str | bytes, messages: list[str]) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    reading = parse_deck(raw, Path("d.yaml"))
    assert [str(problem) for problem in reading.problems] == messages
    assert reading.deck is None


FINE = {
    "as it is": deck(),
    "a byte order mark": "\ufeff" + deck(),
    "CRLF": deck().replace("\n", "\r\n"),
    "comments": "# a deck\n" + deck().replace("    level:", "    # how deep\n    level:"),
    "True": deck().replace("answer: false", "answer: False"),
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_reads_what_is_fine(text: str) -> None:
    reading = parse_deck(text.encode(), Path("d.yaml"))
    assert reading.problems == ()
    assert reading.deck is not None
    assert reading.deck.questions[0].id == "s-choice"


def test_text_is_never_guessed() -> None:
    tricky = ("no", "on", "1e-5", "3.10", "12:30", "~", "0x1F")
    head = HEAD + "questions:\n  - id: x\n    kind: choice\n    level: answer\n    ask: a\n    explain: e\n"
    options = "".join(f"      - {{text: {text}, why: w}}\n" for text in tricky)
    question = read(f"{head}    value: 1\n    options:\n{options}").questions[0]
    assert isinstance(question, Choice)
    assert [option.text for option in question.options] == list(tricky)
