"""The markup of decks becomes HTML that shows exactly its text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.exchange.from_html import from_html
from ptquiz.exchange.to_html import to_html

TABLE = {
    "comparison": ("x < y", "x &lt; y"),
    "brackets": ("List[int]", "List[int]"),
    "quotes": ("""say "it's" """.strip(), "say &quot;it&#x27;s&quot;"),
    "tag in code": ("`<b>` is bold", "<code>&lt;b&gt;</code> is bold"),
    "bold": ("a **b & c** d", "a <b>b &amp; c</b> d"),
    "code in bold": ("**a `<` b**", "<b>a <code>&lt;</code> b</b>"),
    "paragraphs": ("a\n\nb", "<p>a</p><p>b</p>"),
    "list": ("- a\n  b\n- c", "<ul><li>a\nb</li><li>c</li></ul>"),
    "numbers": ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
    "fence": ("```\nx = a < b\n  y\n```", "<pre><code>x = a &lt; b\n  y</code></pre>"),
    "indented": ("a\n\n    x  <  y\n\nb", "<p>a</p><pre><code>x  &lt;  y</code></pre><p>b</p>"),
    "script": ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    "powers": ("2 ** 3 ** 2", "2 ** 3 ** 2"),
    "backticks": ("``a`b`` `` `c` ``", "<code>a`b</code> <code>`c`</code>"),
}


@pytest.mark.parametrize(("text", "html"), TABLE.values(), ids=TABLE.keys())
def test_markup_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(("text", "html"), TABLE.values(), ids=TABLE.keys())
def test_html_of_ours_is_read_back_as_the_same_words(text: str, html: str) -> None:
    assert from_html(html).text.replace("```", "").split() == text.replace("```", "").split()


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag if not attrs else "with attributes")


@given(st.text(st.sampled_from("<>/&;!-[]=\"'` *abpi1.\n"), max_size=120))
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    tags = _Tags()
    tags.feed(to_html(text))
    assert tags.seen <= {"p", "b", "code", "pre", "ul", "ol", "li"}
