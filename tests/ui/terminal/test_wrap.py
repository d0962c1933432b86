"""Wrapping by cells, in Chinese, English and code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from ptquiz.ui.terminal.wrap import CLOSING, CODE, Span, wrap, wrap_spans


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 10, [], id="nothing"),
        pytest.param("one two three", 8, ["one two", "three"], id="English breaks at spaces"),
        pytest.param("one  two", 20, ["one two"], id="runs of spaces are one"),
        pytest.param("自动求导的计算图", 8, ["自动求导", "的计算图"], id="Chinese breaks anywhere"),
        pytest.param("自动求导。好", 8, ["自动求", "导。好"], id="a full stop never starts a line"),
        pytest.param("他说：（自动）", 8, ["他说：", "（自动）"], id="an opening bracket never ends a line"),
        pytest.param("求导,然后", 4, ["求", "导,", "然后"], id="ASCII punctuation after Chinese"),
        pytest.param("使用detach得到", 10, ["使用detach", "得到"], id="between scripts"),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="too long a word is cut"),
        pytest.param("ab abcdefghij cd", 4, ["ab", "abcd", "efgh", "ij", "cd"], id="too long a word after another"),
        pytest.param("好好", 1, ["好", "好"], id="narrower than a character"),
        pytest.param(
            "detach() 返回共享存储的新张量，只是不再参与求导。要复制请用",
            38,
            ["detach() 返回共享存储的新张量，只是不", "再参与求导。要复制请用"],
            id="mixed",
        ),
    ],
)
def test_lines_are_filled_by_cells(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_code_is_kept_together() -> None:
    lines = wrap_spans([Span("use "), Span("a + b", CODE), Span(", then")], 8)
    assert lines == [[Span("use")], [Span("a + b", CODE), Span(",")], [Span("then")]]


def test_code_that_is_too_long_breaks_at_its_spaces() -> None:
    assert wrap_spans([Span("aaa + bbb + ccc", CODE)], 9) == [
        [Span("aaa", CODE), Span(" "), Span("+", CODE), Span(" "), Span("bbb", CODE)],
        [Span("+", CODE), Span(" "), Span("ccc", CODE)],
    ]


def test_styles_survive() -> None:
    assert wrap_spans([Span("a "), Span("b c", "bold")], 3) == [
        [Span("a "), Span("b", "bold")],
        [Span("c", "bold")],
    ]


TEXTS = st.text(st.sampled_from("ab 。，、）（好的张量detach(),.`“”…\u0301"), max_size=80)


@settings(deadline=None)
@given(TEXTS, st.integers(2, 40))
def test_nothing_but_spaces_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


@settings(deadline=None)
@given(st.text(st.sampled_from("好的张量"), min_size=1), st.sampled_from(sorted(CLOSING)), st.integers(4, 20))
def test_closing_punctuation_never_starts_a_line(text: str, mark: str, width: int) -> None:
    sentence = "".join(char + mark for char in text)
    assert not any(line.startswith(mark) for line in wrap(sentence, width))
