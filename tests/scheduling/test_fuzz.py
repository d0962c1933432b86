"""Fuzz moves an interval by as much as Anki does, and always by the same."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.scheduling.fuzz import fraction, fuzzed, spread

intervals = st.floats(0, 50_000)
places = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("interval", "minimum", "maximum", "lowest", "middle", "highest"),
    [
        # What Anki's own tests demand of the first, the middle and the last place.
        pytest.param(1.0, 1, 1000, 1, 1, 1, id="short intervals stay"),
        pytest.param(2.49, 1, 1000, 2, 2, 2, id="just too short"),
        pytest.param(2.5, 1, 1000, 2, 3, 4, id="a day either way"),
        pytest.param(7.0, 1, 1000, 5, 7, 9, id="15 % of the days to 7"),
        pytest.param(17.0, 1, 1000, 14, 17, 20, id="10 % of the days to 20"),
        pytest.param(37.0, 1, 1000, 33, 37, 41, id="5 % of the rest"),
        pytest.param(2.0, 2, 1000, 2, 2, 2, id="no choice at 2"),
        pytest.param(2.0, 3, 1000, 3, 4, 4, id="raised to a minimum, a choice of two"),
        pytest.param(2.0, 3, 3, 3, 3, 3, id="no choice at the maximum"),
        pytest.param(100.0, 101, 1000, 101, 105, 108, id="cut off below"),
        pytest.param(100.0, 1, 99, 92, 96, 99, id="cut off above"),
        pytest.param(1.0, 3, 2, 2, 2, 2, id="a minimum above the maximum"),
    ],
)
def test_fuzzed(interval: float, minimum: int, maximum: int, lowest: int, middle: int, highest: int) -> None:
    days = [fuzzed(interval, place=place, minimum=minimum, maximum=maximum) for place in (0.0, 0.5, 0.99)]
    assert days == [lowest, middle, highest]


@given(intervals, places, st.integers(1, 40_000))
def test_fuzz_keeps_to_its_bounds(interval: float, place: float, minimum: int) -> None:
    days = fuzzed(interval, place=place, minimum=minimum)
    assert min(minimum, 36_500) <= days <= 36_500
    if 1 <= interval <= 36_500 and minimum == 1:
        assert abs(days - interval) <= spread(interval) + 0.5 + 1e-9


@given(st.text(), st.integers(0, 1000))
def test_the_place_is_a_fraction(question: str, repetition: int) -> None:
    assert 0 <= fraction(question, repetition) < 1


def test_the_place_never_changes_between_versions_and_machines() -> None:
    assert [round(fraction("dropout-scale", n), 6) for n in range(3)] == FIRST_PLACES


def test_places_are_spread_evenly_over_questions_and_over_repetitions() -> None:
    for places in ([fraction(f"question-{n}", 1) for n in range(2000)], [fraction("question", n) for n in range(2000)]):
        tenths = Counter(int(place * 10) for place in places)
        assert all(150 < tenths[tenth] < 250 for tenth in range(10))


FIRST_PLACES = [0.384836, 0.3377, 0.541537]
