"""Siblings are found through follow-ups, and one a day is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.scheduling.siblings import families, one_of_each_family

FOLLOWS = {"root": ("next", "other"), "next": ("deep",), "deep": (), "other": (), "alone": ("gone",)}


def test_a_question_and_all_that_follow_from_it_are_one_family() -> None:
    assert families(FOLLOWS) == {"root": "root", "next": "root", "deep": "root", "other": "root", "alone": "alone"}


@pytest.mark.parametrize(
    ("follows", "expected"),
    [
        pytest.param({"a": ("b",), "b": ("a",)}, {"a": "a", "b": "a"}, id="a circle"),
        pytest.param(
            {"a": ("c",), "b": ("c",), "c": ()}, {"a": "a", "b": "a", "c": "a"}, id="two roots, one follow-up"
        ),
        pytest.param({"c": (), "a": ("c",)}, {"c": "c", "a": "c"}, id="the follow-up stands first"),
    ],
)
def test_families_hang_together(follows: dict[str, tuple[str, ...]], expected: dict[str, str]) -> None:
    assert families(follows) == expected


def test_the_first_of_a_family_is_kept_and_its_siblings_wait() -> None:
    queue = ("deep", "alone", "root", "stranger")
    assert one_of_each_family(queue, families(FOLLOWS)) == ("deep", "alone", "stranger")
    assert one_of_each_family(queue, families(FOLLOWS), seen_today=["next"]) == ("alone", "stranger")


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3)), st.data())
def test_no_two_of_a_family_are_left(follows: dict[str, list[str]], data: st.DataObject) -> None:
    roots = families(follows)
    assert all(roots[other] == roots[id] for id, others in follows.items() for other in others if other in roots)
    queue = data.draw(st.permutations(sorted(follows)))
    kept = [roots[id] for id in one_of_each_family(queue, roots)]
    assert sorted(kept) == sorted(set(roots.values()))
