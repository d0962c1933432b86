"""Whatever is done to a deck's text, reading it ends in a deck or in problems with positions, never in a traceback."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ptquiz.banks.edits import with_ids
from ptquiz.banks.nodes import UnreadableError
from ptquiz.banks.reader import parse_deck
from tests.banks.test_translations import TRANSLATION
from tests.domain.decks import deck

TEXTS = (deck(), TRANSLATION)
SPLINTERS = (
    *("", " ", "  ", "\n", "\t", "-", ": ", "|", ">", "'", '"', "{", "}", "[", "]", "&a ", "*a", "!!int ", "%", "@"),
    *("true", "~", "#", "---\n", "${x}", "{{1}}", "\ufeff", "\x00", "\x07", "é", "题", "\U0001f600", "1e999"),
)


@st.composite
def damages(draw: st.DrawFn) -> bytes:
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.sampled_from(SPLINTERS)) + text[end:]
    return text.encode("utf-8", "surrogatepass")


@settings(max_examples=250, deadline=None)
@given(damages())
def test_a_damaged_deck_never_ends_in_a_traceback(raw: bytes) -> None:
    reading = parse_deck(raw, Path("d.yaml"))
    lines = raw.decode("utf-8", "replace").splitlines() or [""]
    if reading.deck is None and reading.translation is None:
        assert reading.problems
    for problem in reading.problems:
        assert problem.message
        assert 1 <= problem.place.line <= len(lines) + 1
        assert problem.place.column >= 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_never_end_in_a_traceback(raw: bytes) -> None:
    assert parse_deck(raw, Path("d.yaml")).problems


@settings(max_examples=100, deadline=None)
@given(damages())
def test_writing_ids_never_breaks_what_could_be_read(raw: bytes) -> None:
    try:
        new, made = with_ids(raw.decode("utf-8", "replace"), "d.yaml")
    except UnreadableError:
        return
    if made:
        assert not any('needs "id"' in problem.message for problem in parse_deck(new.encode(), Path("d.yaml")).problems)
