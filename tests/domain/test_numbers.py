"""How a person may write a number."""

from __future__ import annotations

import math

import pytest

from ptquiz.domain.numbers import NotANumberError, read_number

READ = {
    "42": 42,
    "1e-5": 1e-5,
    "-0.5": -0.5,
    "2*32*4096 / 2**30": 2 * 32 * 4096 / 2**30,
    "2^10": 1024,
    "7 % 3": 1,
    "7%3": 1,
    "50%": 0.5,
    "50 % * 8": 4,
    "3 GiB": 3 * 2**30,
    "1.5k": 1500,
    "2 M + 1": 2e6 + 1,
    "20 ms": 0.02,
    "7 // 2": 3,
    "(1 + 2) * 3": 9,
    "sqrt(16)": 4,
    "pi": math.pi,
    "１．５": 1.5,
    "3。5": 3.5,
    "inf": math.inf,
}

REFUSED = {
    "": "a number or a formula, e.g. 0.1, 1e-5, 2*3/4, 3 GiB",
    "abc": "only numbers, + - * / // % ** ( ), sqrt, exp, log, pi and e are understood",
    "1/0": "that divides by zero",
    "9**9**9": "that number is too large",
    "__import__('os')": "only numbers, + - * / // % ** ( ), sqrt, exp, log, pi and e are understood",
    "(1).real": "only numbers, + - * / // % ** ( ), sqrt, exp, log, pi and e are understood",
    "True": "only numbers, + - * / // % ** ( ), sqrt, exp, log, pi and e are understood",
    "(-8)**0.5": "that is not a real number",
    "log(0)": "a number or a formula, e.g. 0.1, 1e-5, 2*3/4, 3 GiB",
    "1+" * 150: "that formula is too long",
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_reads(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_refuses_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(NotANumberError) as caught:
        read_number(text)
    assert str(caught.value) == message
