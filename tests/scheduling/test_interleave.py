"""Neighbours of one topic are as few as arithmetic allows, and no more moves than needed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.scheduling.interleave import apart, mixed

topics = st.lists(st.sampled_from("abcd"), max_size=30)


def arranged(text: str) -> str:
    return "".join(apart(list(text), topic=str))


def clashes(items: list[str] | tuple[str, ...]) -> int:
    return sum(left == right for left, right in pairwise(items))


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("a", "a", id="one"),
        pytest.param("abcabc", "abcabc", id="nothing to do"),
        pytest.param("aabb", "abab", id="two topics"),
        pytest.param("aabbc", "ababc", id="the later ones stay late"),
        pytest.param("bbcaaa", "babaca", id="the frequent topic comes in time"),
        pytest.param("aaab", "abaa", id="not avoidable"),
    ],
)
def test_apart(items: str, expected: str) -> None:
    assert arranged(items) == expected


@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_no_permutation_has_fewer_clashes(items: list[str]) -> None:
    assert clashes(apart(items, topic=str)) == min(clashes(order) for order in permutations(items))


@given(topics)
def test_clashes_come_only_from_a_topic_that_is_more_than_half(items: list[str]) -> None:
    most = max(Counter(items).values(), default=0)
    assert clashes(apart(items, topic=str)) == max(2 * most - len(items) - 1, 0)


@given(topics)
def test_every_topic_keeps_its_order_and_nothing_is_lost(items: list[str]) -> None:
    numbered = list(enumerate(items))
    result = apart(numbered, topic=lambda item: item[1])
    assert sorted(result) == numbered
    for name in set(items):
        assert [item for item in result if item[1] == name] == [item for item in numbered if item[1] == name]


@given(topics)
def test_an_order_without_clashes_stays_as_it_is(items: list[str]) -> None:
    once = apart(items, topic=str)
    if clashes(once) == 0:
        assert apart(once, topic=str) == once


@pytest.mark.parametrize(
    ("many", "few", "expected"),
    [
        pytest.param("rrrr", "", "rrrr", id="no new ones"),
        pytest.param("", "nn", "nn", id="only new ones"),
        pytest.param("rrrrrr", "nn", "rrnrrrnr", id="one in every three"),
        pytest.param("rr", "nn", "rnrn", id="by turns"),
        pytest.param("r", "nnn", "nrnn", id="more new ones than reviews"),
    ],
)
def test_mixed(many: str, few: str, expected: str) -> None:
    assert "".join(mixed(many, few)) == expected
