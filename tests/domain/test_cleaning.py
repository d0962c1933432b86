"""Cleaning makes every control, format and bidi character visible and leaves the rest alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.cleaning import JOINERS, KEPT, clean


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("tensor([1., 2.])\n", "tensor([1., 2.])\n", id="plain"),
        pytest.param("a\tb\n", "a\tb\n", id="tab and newline"),
        pytest.param("one\r\ntwo", "one\ntwo", id="Windows line end"),
        pytest.param("secret\rpublic", "secret\\x0dpublic", id="carriage return"),
        pytest.param("\x1b[2J\x1b[31mred", "\\x1b[2J\\x1b[31mred", id="escape sequence"),
        pytest.param("\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07", id="clipboard"),
        pytest.param("\x9b2J", "\\x9b2J", id="eight-bit control"),
        pytest.param("a\x08b\x00", "a\\x08b\\x00", id="backspace and zero"),
        pytest.param("if x \u202e } \u2066", "if x \\u202e } \\u2066", id="bidi override"),
        pytest.param("a\u2028b", "a\\u2028b", id="line separator"),
        pytest.param("\udc80", "\\udc80", id="lone surrogate"),
        pytest.param("\U000e0041", "\\U000e0041", id="tag character"),
        pytest.param("张量 σ² ≤ é", "张量 σ² ≤ é", id="other scripts"),
        pytest.param("👩‍🔬", "👩‍🔬", id="emoji with a joiner"),
    ],
)
def test_shows_what_would_act_on_a_terminal(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_leaves_nothing_that_acts_on_a_terminal(raw: str) -> None:
    acting = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in clean(raw) if c not in KEPT + JOINERS and unicodedata.category(c) in acting]


@given(st.text())
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)
