"""Markdown with `Q:`, `A:` and `C:`; the examples are those of its documentation, in other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.errors import BrokenDeckError
from tests.exchange.stacks import sides, stack_of

READ = {
    "question and answer": ("Q: foo\nA: bar\n", [("foo", "bar")]),
    "several lines": ("Q: a\nb\nA:\n\n- c\n- d\n\nQ: e\nA: f", [("a\nb", "- c\n- d"), ("e", "f")]),
    "code": ("Q: a\nA:\n```\n  x < y\n```\n", [("a", "```\n  x < y\n```")]),
    "cloze": ("C: [a] of b", [("[...] of b", "a")]),
    "cloze then question": ("C:\n[foo]\nQ: a\nA: b", [("[...]", "foo"), ("a", "b")]),
    "text before the first card": ("# Notes\n\nQ: a\nA: b", [("a", "b")]),
    "rules between cards": ("Q: a\nA: b\n\n---\n\nQ: c\nA: d\n", [("a", "b"), ("c", "d")]),
    "windows": ("Q: a\r\nA: b\r\n", [("a", "b")]),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ.keys())
def test_cards_are_read(text: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert sides(stack_of(tmp_path, "a.md", text)) == expected


def test_frontmatter_names_the_deck(tmp_path: Path) -> None:
    assert stack_of(tmp_path, "a.md", '---\nname = "Cell Biology"\n---\nQ: a\nA: b').title == "Cell Biology"
    assert stack_of(tmp_path, "a.md", "Q: a\nA: b").title == "a"


def test_holes_with_the_same_words_are_different_cards(tmp_path: Path) -> None:
    one, two = stack_of(tmp_path, "a.md", "C: [a] and [a]").cards
    assert one.key != two.key


def test_every_mistake_is_listed_with_its_line(tmp_path: Path) -> None:
    text = "A: x\n\nQ: a\nQ: b\nA: c\nA: d\nC: no hole\nQ:\nA: e\nQ: end"
    with pytest.raises(BrokenDeckError) as caught:
        stack_of(tmp_path, "a.md", text)
    path = tmp_path / "a.md"
    assert sorted(caught.value.details) == [
        f"{path}:10: a question without an answer; write A: below it",
        f"{path}:1: an answer without a question; write Q: above it",
        f"{path}:3: a question without an answer; write A: below it",
        f"{path}:6: an answer without a question; write Q: above it",
        f"{path}:7: a sentence without a hole; put what is asked for in [brackets]",
        f"{path}:8: the question or its answer is empty",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\nname = 'x'\n", "{path}:1: the frontmatter has no closing ---"),
        ("---\nname = x y\n---\n", "{path}:1: the frontmatter is not TOML: Invalid value (at line 1, column 8)"),
        ("just text\n", "there is no line that begins with Q: or C:"),
    ],
)
def test_what_is_no_deck_is_explained(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenDeckError) as caught:
        stack_of(tmp_path, "a.md", text)
    assert caught.value.details[0] == message.format(path=tmp_path / "a.md")
