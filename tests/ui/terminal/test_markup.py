"""Deck text: the markup it may use and how it is laid out."""

from __future__ import annotations

import pytest

from ptquiz.ui.terminal.markup import inline, layout
from ptquiz.ui.terminal.wrap import Span


def shown(source: str, width: int = 30, *, indent: int = 0, ticks: bool = True) -> list[str]:
    return ["".join(span.text for span in line) for line in layout(source, width, indent=indent, ticks=ticks)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("plain", [Span("plain")], id="plain"),
        pytest.param("a `b`.", [Span("a "), Span("b", "code"), Span(".")], id="code"),
        pytest.param("是**粗体**的", [Span("是"), Span("粗体", "bold"), Span("的")], id="bold in Chinese"),
        pytest.param(
            "**a `b` c**", [Span("a ", "bold"), Span("b", "bold code"), Span(" c", "bold")], id="code in bold"
        ),
        pytest.param("`**kwargs`", [Span("**kwargs", "code")], id="stars in code"),
        pytest.param("2**3 and 4**5", [Span("2**3 and 4**5")], id="powers are not bold"),
        pytest.param("a ** b ** c", [Span("a ** b ** c")], id="spaced stars are not bold"),
        pytest.param("``a`b``", [Span("a`b", "code")], id="a backtick in code"),
        pytest.param("`` `x` ``", [Span("`x`", "code")], id="backticks at the ends of code"),
        pytest.param("a ` b", [Span("a ` b")], id="a lone backtick"),
    ],
)
def test_inline_markup(text: str, spans: list[Span]) -> None:
    assert inline(text) == spans


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("one\ntwo\n\n\nthree\n", ["one two", "", "three"], id="paragraphs"),
        pytest.param("计算\n图 and\n叶子", ["计算图 and 叶子"], id="no space between two Chinese rows"),
        pytest.param("- a\n- b\n  c\n", ["- a", "- b c"], id="bullets"),
        pytest.param(
            "text:\n1. a long item that is wrapped x\n2. b",
            ["text:", "1. a long item that is wrapped", "   x", "2. b"],
            id="numbers, with a hanging indent",
        ),
        pytest.param("- a\n  - b", ["- a", "  - b"], id="a list in a list"),
        pytest.param("a\n\n    x\n\n      y\n\nb", ["a", "", "    x", "", "      y", "", "b"], id="indented code"),
        pytest.param("a\n```python\nx  =  1\n- y\n```\nb", ["a", "    x  =  1", "    - y", "b"], id="fenced code"),
        pytest.param("```\nunended", ["    unended"], id="a fence without an end"),
        pytest.param("    " + "x" * 60, ["    " + "x" * 60], id="code is never wrapped"),
        pytest.param("use `a b` here", ["use `a b` here"], id="ticks stay where there is no colour"),
    ],
)
def test_blocks(source: str, lines: list[str]) -> None:
    assert shown(source) == lines


def test_an_indent_moves_text_and_code() -> None:
    assert shown("text that is wrapped\n\n    code", 14, indent=2) == ["  text that is", "  wrapped", "", "      code"]


def test_ticks_go_where_colour_shows_the_code() -> None:
    assert shown("use `x`", ticks=False) == ["use x"]


def test_a_deep_indent_leaves_room_for_text() -> None:
    assert shown("one two three", 12, indent=20) == [" " * 20 + "one two", " " * 20 + "three"]
