"""HTML of cards becomes the markup of decks, and nothing in it gets through as anything else than text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.exchange.from_html import from_html, looks_like_html

TABLE = {
    "entities": ("x &lt; y &amp;&amp; a[0]", "x < y && a[0]"),
    "inline code": ("call <code>List[int]</code> it", "call `List[int]` it"),
    "code with a backtick": ("<code>a`b</code> <code>`c`</code>", "``a`b`` `` `c` ``"),
    "bold and strong": ("<b>one</b> <strong>two</strong>", "**one** **two**"),
    "spaces stay outside of marks": ("a<b> b </b>c", "a **b** c"),
    "line breaks": ("one<br>two<br/>three", "one\n\ntwo\n\nthree"),
    "divisions": ("one<div>two</div><div>three</div>", "one\n\ntwo\n\nthree"),
    "white space": ("  a\n\tb&nbsp;c  ", "a b c"),
    "list": ("<p>all:</p><ul><li>a</li><li>b</li></ul>end", "all:\n\n- a\n- b\n\nend"),
    "numbered list": ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
    "block of code": ("<pre>x = 1\n    y  =  2</pre>", "```\nx = 1\n    y  =  2\n```"),
    "breaks in code": ("<pre><code>a<br>b</code></pre>", "```\na\nb\n```"),
    "code of several lines": ("<code>a<br>b</code>", "```\na\n\nb\n```"),
    "a fence in a block": ("<pre>```\nx</pre>", "    ```\n    x".strip()),
    "powers and indices": ("x<sup>2</sup> + y<sub>ij</sub>", "x^2 + y_(ij)"),
    "link": ('see <a href="https://example.org/a">this</a>', "see this (https://example.org/a)"),
    "link without an address of the web": ('<a href="javascript:alert(1)">this</a>', "this"),
    "scripts and styles": ("<style>p {}</style>a<script>alert('<b>')</script>b", "ab"),
    "comment": ("a<!-- <b>no</b> -->b", "ab"),
    "unknown and unclosed": ("<blink>a <b>b", "a **b**"),
    "closed in the wrong order": ("<b>a <code>b</b> c</code>", "**a `b`** c"),
    "control characters": ("a\x00b\x1b[2Jc\u0007", "ab[2Jc"),
    "table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
    "heading": ("<h3>Title</h3>text", "**Title**\n\ntext"),
}


@pytest.mark.parametrize(("html", "text"), TABLE.values(), ids=TABLE.keys())
def test_html_becomes_markup(html: str, text: str) -> None:
    assert from_html(html).text == text


def test_pictures_and_sounds_are_counted_and_left_away() -> None:
    converted = from_html('a <img src="x.png" onerror="alert(1)"> b [sound:c.mp3] d')
    assert (converted.text, converted.media) == ("a b d", 2)


@pytest.mark.parametrize("text", ["x < y", "List[int]", "a <- b", "vector<int> v", "if a < b and c > d", "R&D", "<T>"])
def test_code_does_not_look_like_html(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize("text", ["a<br>b", "<b>x</b>", "x &lt; y", '<div class="a">', "&#39;"])
def test_html_looks_like_html(text: str) -> None:
    assert looks_like_html(text)


@given(st.text(st.sampled_from("<>/&;!-[]=\"' abpreiulodcstyh\n\x00"), max_size=200))
def test_no_html_breaks_the_reader(html: str) -> None:
    text = from_html(html).text
    assert "\x00" not in text
    assert text == text.strip()


def test_deep_nesting_costs_no_stack() -> None:
    assert from_html("<b><ul><li>" * 20_000 + "x").text.endswith("x")


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "<a href='", "&#", "<script>", "<pre>", "[sound:", "<li>"])
def test_a_long_hostile_field_is_read_to_its_end(piece: str) -> None:
    assert from_html("begin " + piece * 20_000).text.startswith("begin")


def test_a_reference_to_an_endless_number_is_text() -> None:
    assert from_html(f"a&#{'9' * 6000};b").text == "a\N{REPLACEMENT CHARACTER}b"


def test_a_greater_sign_in_an_attribute_does_not_end_the_tag() -> None:
    assert from_html('a <img alt="x > y" src="p.png"> b').text == "a b"
