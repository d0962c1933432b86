"""Siblings are a question and its follow-ups, and one of them a day is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.scheduling.siblings import without_siblings
from tests.scheduling.families import related

FOLLOWS = {"root": ("next", "other"), "next": ("deep",), "deep": (), "other": (), "alone": ("gone",)}


def test_a_question_and_its_follow_ups_are_siblings_and_further_ones_are_not() -> None:
    assert dict(related(FOLLOWS)) == {
        "root": {"next", "other"},
        "next": {"root", "other", "deep"},
        "other": {"root", "next"},
        "deep": {"next"},
    }


@pytest.mark.parametrize(
    ("follows", "expected"),
    [
        pytest.param({"a": ("b",), "b": ("a",)}, {"a": {"b"}, "b": {"a"}}, id="a circle"),
        pytest.param({"a": ("a",)}, {}, id="itself"),
        pytest.param(
            {"a": ("c",), "b": ("c",), "c": ()},
            {"a": {"c"}, "b": {"c"}, "c": {"a", "b"}},
            id="two roots, one follow-up",
        ),
    ],
)
def test_siblings_of_unusual_graphs(follows: dict[str, tuple[str, ...]], expected: dict[str, set[str]]) -> None:
    assert dict(related(follows)) == expected


def test_the_first_of_some_siblings_is_kept_and_the_others_wait() -> None:
    queue = ("deep", "alone", "root", "other", "stranger")
    assert list(without_siblings(queue, related(FOLLOWS))) == ["deep", "alone", "root", "stranger"]
    assert list(without_siblings(queue, related(FOLLOWS), ["next"])) == ["alone", "stranger"]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3)), st.data())
def test_no_two_siblings_are_left_and_nothing_waits_without_a_reason(
    follows: dict[str, list[str]], data: st.DataObject
) -> None:
    siblings = {id: set(others) for id, others in related(follows).items()}
    assert all(a in siblings[b] for a, others in siblings.items() for b in others)
    queue = data.draw(st.permutations(sorted(follows)))
    kept = list(without_siblings(queue, siblings))
    assert all(siblings.get(id, set()).isdisjoint(kept) for id in kept)
    assert all(not siblings[id].isdisjoint(kept) for id in queue if id not in kept)
