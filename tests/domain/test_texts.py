"""What counts as the same text, and what is said of it."""

from __future__ import annotations

import pytest

from ptquiz.domain.comparing.texts import compare_texts, first_difference

SAME = {
    "to the letter": ("True (1, 3)", "True (1, 3)", ""),
    "spaces inside": ("[1,  2]", "[1, 2]", "accepted: spacing differs"),
    "no spaces": ("[1,2]", "[1, 2]", "accepted: the same, written differently"),
    "line ends": ("1 \n2\n", "1\n2", ""),
    "line ends of Windows": ("1\r\n2\r\n", "1\n2", ""),
    "full-width forms": ("（２， ３）", "(2, 3)", ""),
    "a size as a tuple": ("(2, 3)", "torch.Size([2, 3])", "accepted: the same, written differently"),
    "a size as a list": ("[2, 3]", "torch.Size([2, 3])", "accepted: the same, written differently"),
    "a size of one dimension": ("(2,)", "torch.Size([2])", "accepted: the same, written differently"),
    "a size of one dimension as a list": ("[2]", "torch.Size([2])", "accepted: the same, written differently"),
    "a size without brackets": ("2, 3", "torch.Size([2, 3])", "accepted: the same, written differently"),
    "a size with spaces": ("( 2 ,3, )", "torch.Size([2, 3])", "accepted: the same, written differently"),
    "a trailing point": ("tensor([1, 2])", "tensor([1., 2.])", "accepted: the same number, written differently"),
    "trailing zeros": ("0.5", "0.5000", "accepted: the same number, written differently"),
    "exponents": ("1e-5", "0.00001", "accepted: the same number, written differently"),
    "rounded to three digits": ("0.333", "0.33333334", "accepted: rounded"),
    "rounded below one": ("0.00333", "0.0033333334", "accepted: rounded"),
    "rounded with an exponent": ("3.33e-5", "3.3333e-05", "accepted: rounded"),
    "rounded above one": ("12.35", "12.3456", "accepted: rounded"),
    "half a digit rounded up": ("0.334", "0.3335", "accepted: rounded"),
    "half a digit rounded down": ("0.333", "0.3335", "accepted: rounded"),
    "a negative number rounded": ("-1.25", "-1.2468", "accepted: rounded"),
    "other quotes": ('["a"]', "['a']", ""),
    "a small letter": ("true", "True", "accepted: capital letters differ"),
    "False in capitals": ("FALSE", "False", "accepted: capital letters differ"),
    "none": ("none", "None", "accepted: capital letters differ"),
    "NaN": ("tensor([NaN, Inf])", "tensor([nan, inf])", "accepted: capital letters differ"),
    "a capital infinity": ("Inf", "inf", "accepted: capital letters differ"),
    "a negative number": ("tensor(-1)", "tensor(-1.)", "accepted: the same number, written differently"),
}

DIFFERENT = {
    "another word": ("False", "True"),
    "another number": ("1", "2"),
    "another sign": ("-1", "1"),
    "rounded to two digits": ("0.33", "0.33333334"),
    "a wrong third digit": ("0.334", "0.33333334"),
    "just over half a digit": ("0.333", "0.33351"),
    "a wrong last digit": ("0.3335", "0.33333334"),
    "a whole number for a fraction": ("333", "333.3"),
    "a whole number with a point for a fraction": ("333.", "333.3"),
    "a whole number by its exponent": ("1.23e5", "123456"),
    "two digits and leading zeros": ("0.0033", "0.0033333334"),
    "zeros for something small": ("0.000", "0.0001"),
    "a number beyond all exponents": ("1e99999", "1.5"),
    "a list of one number for the number": ("[3]", "3"),
    "the number for a list of one": ("3", "[3]"),
    "a size with another": ("(2, 3)", "torch.Size([2, 4])"),
    "a missing line": ("1", "1\n2"),
    "another shape": ("(2, 3)", "torch.Size([3, 2])"),
    "a missing bracket pair": ("1, 2", "tensor([1, 2])"),
    "another letter case in a name": ("relu", "ReLU"),
    "nothing": ("", "1"),
}


@pytest.mark.parametrize(("typed", "printed", "note"), SAME.values(), ids=SAME)
def test_accepts_what_says_the_same(typed: str, printed: str, note: str) -> None:
    match = compare_texts(typed, printed)
    assert (match.same, match.note) == (True, note)


@pytest.mark.parametrize(("typed", "printed"), DIFFERENT.values(), ids=DIFFERENT)
def test_rejects_what_says_something_else(typed: str, printed: str) -> None:
    assert not compare_texts(typed, printed).same


def test_finds_where_two_texts_part() -> None:
    assert first_difference("ab\ncd", "ab\nce") == (1, 1)
    assert first_difference("abc", "ab") == (0, 2)
    assert first_difference("a b\nc", "a b\nd") == (1, 0)
    assert first_difference("a", "a\nb") == first_difference("a\nb", "a") == (1, 0)


def test_many_digits_are_read_at_once() -> None:
    """A pattern that can split digits in more than one way would take years."""
    assert not compare_texts("1" * 80, "1" * 80 + " is large").same
