"""Sentences with holes become one card for each hole."""

from __future__ import annotations

from ptquiz.exchange.clozes import bracket_holes, has_cloze, numbered_holes


def test_a_number_is_hidden_everywhere_and_the_others_are_filled_in() -> None:
    first, second = numbered_holes("{{c1::A}} and {{c2::B::hint}} and {{c1::C}}")
    assert (first.masked, first.hidden, first.whole) == ("[...] and B and [...]", "A, C", "A and B and C")
    assert (second.masked, second.hidden) == ("A and [hint] and C", "B")


def test_deletions_may_be_nested() -> None:
    first, second = numbered_holes("{{c1::a {{c2::b}} c}} d")
    assert (first.masked, first.hidden) == ("[...] d", "a b c")
    assert (second.masked, second.hidden) == ("a [...] c d", "b")


def test_code_in_braces_is_no_deletion() -> None:
    assert not has_cloze("f'{{x}}' and {{c::y}}")


def test_brackets_are_holes_and_pictures_are_not() -> None:
    holes = bracket_holes("[Paris] is ![map](p.png) the capital of [France].")
    assert [(hole.masked, hole.hidden) for hole in holes] == [
        ("[...] is ![map](p.png) the capital of France.", "Paris"),
        ("Paris is ![map](p.png) the capital of [...].", "France"),
    ]
    assert holes[0].whole == "Paris is ![map](p.png) the capital of France."
