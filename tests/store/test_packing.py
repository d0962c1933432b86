"""Whatever an entry holds, its columns give it back to the last bit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import encode

from ptquiz.domain.reviews import Entry, Noted, Rated, Rating
from ptquiz.store.packing import lengthened, pack, shortened, unpack
from tests.scheduling.logs import NOON, logs, rated

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
prints = st.sampled_from(["", "0123456789abcdef", "0123456789ABCDEF", "0f ", "0f0", "w1"]) | texts
names = texts | st.from_regex(r"[0-9a-f]{32}(-[0-9]{1,10})?", fullmatch=True)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
ratings = st.builds(
    Rated,
    id=names,
    question=texts,
    at=moments,
    utc_offset=st.integers(-(2**40), 2**40),
    rating=st.sampled_from(Rating),
    retention=st.floats(allow_nan=False, allow_infinity=False),
    result=texts,
    answer=texts,
    misconceptions=st.lists(texts, max_size=2).map(tuple),
    hints=st.integers(-3, 2**40),
    seconds=st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 9000).map(lambda tenths: tenths / 10),
    wording=prints,
    meaning=prints,
    text=texts,
    cram=st.booleans(),
    back_by=st.none() | st.dates(),
)


@given(ratings)
def test_every_rating_comes_back(entry: Rated) -> None:
    assert encode(unpack(pack(entry))) == encode(entry)


@given(logs(questions=("a", "b")))
def test_every_kind_of_entry_comes_back(log: list[Entry]) -> None:
    assert [encode(unpack(pack(entry))) for entry in log] == [encode(entry) for entry in log]


@pytest.mark.parametrize("seconds", [0.0, -0.0, 0.1, 12.3, 12.34, 1e300, 5e-324, 123_456_789.1])
def test_seconds_keep_every_digit_and_their_sign(seconds: float) -> None:
    entry = rated("1", seconds=seconds)
    assert repr(unpack(pack(entry))) == repr(entry)


def test_a_note_keeps_its_text() -> None:
    entry = Noted(id="1", question="q", at=NOON, text="größer {1}")
    assert unpack(pack(entry)) == entry


@given(prints | names)
def test_a_text_that_is_shortened_comes_back(text: str) -> None:
    assert lengthened(shortened(text)) == text


def test_fingerprints_take_half_their_digits() -> None:
    assert len(shortened("0123456789abcdef")) == 8
