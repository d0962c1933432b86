"""Comparing observed values agrees with torch.testing.assert_close, and names the kind of miss."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.comparing.values import FORMATS, TOLERANCES, Tolerance, mismatch, numbers
from ptquiz.domain.snippets import Complex, Mapping, Opaque, Program, Scalar, Sequence, Snippet, Tensor, Value
from ptquiz.runner import LiveRunner
from tests.runner.conftest import ran


def tensor(*values: float, shape: tuple[int, ...] | None = None, dtype: str = "float32") -> Tensor:
    code = {"float32": "f", "float64": "d", "int64": "q"}[dtype]
    return Tensor(dtype, (len(values),) if shape is None else shape, struct.pack(f"<{len(values)}{code}", *values))


NAN = float("nan")

MISSES: dict[str, tuple[Value, Value, str | None]] = {
    "equal": (tensor(1, 2), tensor(1, 2), None),
    "within tolerance": (tensor(1.000001), tensor(1.0), None),
    "NaN is NaN": (tensor(NAN), tensor(NAN), None),
    "shape": (tensor(1, 2), tensor(1, 2, shape=(2, 1)), "wrong shape: (2,), expected (2, 1)"),
    "swapped": (
        tensor(*range(6), shape=(3, 2)),
        tensor(*range(6), shape=(2, 3)),
        "wrong shape: (3, 2), expected (2, 3): dimensions are swapped",
    ),
    "dtype": (
        tensor(1, dtype="float64"),
        tensor(1, dtype="float32"),
        "right shape, wrong dtype: float64, expected float32",
    ),
    "transposed": (
        tensor(1, 2, 3, 4, shape=(2, 2)),
        tensor(1, 3, 2, 4, shape=(2, 2)),
        "right shape, but the values are transposed",
    ),
    "value": (
        tensor(1, 2, 9),
        tensor(1, 2, 3),
        "right shape and dtype, but 1 of 3 values differ; the worst at [2] is 9, expected 3",
    ),
    "NaN where a number is right": (
        tensor(NAN, shape=()),
        tensor(1, shape=()),
        "right shape and dtype, but the value differs; the worst is nan, expected 1",
    ),
    "not a tensor": (Scalar(1.0), tensor(1), "got 1.0, expected a float32 tensor of shape (1,)"),
    "an int for a float": (Scalar(1), Scalar(1.0), "got 1 (int), expected 1.0 (float)"),
    "a bool for an int": (Scalar(True), Scalar(1), "got True (bool), expected 1 (int)"),
    "None": (Scalar(None), Scalar("x"), "got None (NoneType), expected 'x' (str)"),
    "complex": (Complex(1, 2), Complex(1, 3), "got (1+2j), expected (1+3j)"),
    "length": (Sequence("list", (Scalar(1),)), Sequence("list", ()), "got 1 items, expected 0"),
    "a tuple for a list": (Sequence("tuple", ()), Sequence("list", ()), "got a tuple of 0, expected a list of 0"),
    "inside a list": (
        Sequence("list", (Scalar(1), Scalar(2))),
        Sequence("list", (Scalar(1), Scalar(3))),
        "item 1: got 2, expected 3",
    ),
    "a missing key": (Mapping(()), Mapping(((Scalar("a"), Scalar(1)),)), "missing keys: 'a'"),
    "a key too many": (Mapping(((Scalar("a"), Scalar(1)),)), Mapping(()), "unexpected keys: 'a'"),
    "opaque": (Opaque("A", "<A>"), Opaque("B", "<B>"), "got <A>, expected <B>"),
}


@pytest.mark.parametrize(("got", "want", "message"), MISSES.values(), ids=MISSES)
def test_names_the_miss(got: Value, want: Value, message: str | None) -> None:
    assert mismatch(got, want) == message


def test_a_stated_tolerance_replaces_the_dtype_s() -> None:
    assert mismatch(tensor(1.05), tensor(1.0), Tolerance(absolute=0.1)) is None
    assert mismatch(tensor(1.05), tensor(1.0)) is not None


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_agrees_with_torch_on_perturbed_tensors(runner: LiveRunner, dtype: str) -> None:
    """One child makes 60 pairs and says which torch calls close; we must say the same of each."""
    code = f"""
import torch
pairs, verdicts = [], []
for i in range(60):
    want = torch.randn(3, 4).mul(10 ** (i % 7 - 3)).to(torch.{dtype})
    got = (want.double() * (1 + 10.0 ** -(i % 9 + 1) * torch.randn(3, 4).double())).to(torch.{dtype})
    if i % 10 == 0:
        got[0, 0] = want[0, 0] = float("nan")
    if i % 11 == 0:
        got[1, 1] = float("inf")
    pairs.append((got, want))
    try:
        torch.testing.assert_close(got, want, equal_nan=True)
        verdicts.append(True)
    except AssertionError:
        verdicts.append(False)
"""
    outcome = ran(runner.run(Program((Snippet(code),), (Snippet("pairs"), Snippet("verdicts")), seconds=30)))
    pairs, verdicts = (seen.value for seen in outcome.values)
    assert isinstance(pairs, Sequence)
    assert isinstance(verdicts, Sequence)
    theirs = [verdict.value for verdict in verdicts.items if isinstance(verdict, Scalar)]
    ours = [mismatch(pair.items[0], pair.items[1]) is None for pair in pairs.items if isinstance(pair, Sequence)]
    assert ours == theirs
    assert {True, False} <= set(theirs)


@given(st.lists(st.floats(width=32, allow_nan=True), min_size=1, max_size=20))
def test_every_tensor_equals_itself(values: list[float]) -> None:
    assert mismatch(tensor(*values), tensor(*values)) is None


def listed(runner: LiveRunner, code: str) -> list[Value]:
    """Run code and return the values of `found`."""
    outcome = ran(runner.run(Program((Snippet("import torch"), Snippet(code)), (Snippet("found"),), seconds=30)))
    found = outcome.values[0].value
    assert isinstance(found, Sequence)
    return list(found.items)


def test_the_tolerances_are_those_of_torch(runner: LiveRunner) -> None:
    code = f"""
from torch.testing._comparison import default_tolerances
found = [list(default_tolerances(getattr(torch, name))) for name in {[*TOLERANCES, "int64", "bool"]}]
"""
    theirs = [tuple(x.value for x in pair.items if isinstance(x, Scalar)) for pair in pairs(listed(runner, code))]
    assert [Tolerance().of(name) for name in [*TOLERANCES, "int64", "bool"]] == theirs
    assert Tolerance(relative=0.0, absolute=0.0).of("float32") == (0.0, 0.0)


def pairs(values: list[Value]) -> list[Sequence]:
    return [value for value in values if isinstance(value, Sequence)]


def test_the_numbers_of_a_tensor_are_those_that_torch_lists(runner: LiveRunner) -> None:
    code = f"""
found = []
for name in {[*FORMATS, "bfloat16"]}:
    one = torch.tensor([[0, 1], [2, 100]]).to(getattr(torch, name))
    if one.is_floating_point():
        one = one / 3
    if one.is_complex():
        one = one + one * 1j
    plain = torch.view_as_real(one) if one.is_complex() else one
    found.append([one, plain.double().flatten().tolist()])
found.append([torch.empty(0, 3), []])
"""
    for pair in pairs(listed(runner, code)):
        ours, theirs = pair.items
        assert isinstance(ours, Tensor)
        assert isinstance(theirs, Sequence)
        assert list(numbers(ours)) == [x.value for x in theirs.items if isinstance(x, Scalar)], ours.dtype


def test_agrees_with_torch_on_tensors_of_whole_and_complex_numbers(runner: LiveRunner) -> None:
    code = """
found = []
dtypes = (torch.int64, torch.uint8, torch.bool, torch.complex64, torch.complex128)
for dtype, scale in (*((dtype, 1) for dtype in dtypes), (torch.complex64, 10_000)):
    want = (torch.arange(6) * scale).reshape(2, 3).to(dtype)
    for step in (0, 1e-9, 1e-6, 1e-3j, 1, 1j):
        for place in (0, 4):
            got = want.to(torch.complex128)
            got[place // 3, place % 3] += step
            got = got.to(dtype) if dtype.is_complex else got.real.to(dtype)
            try:
                torch.testing.assert_close(got, want)
                found.append([got, want, True])
            except AssertionError:
                found.append([got, want, False])
"""
    cases = pairs(listed(runner, code))
    assert len(cases) == 72
    for case in cases:
        got, want, close = case.items
        assert isinstance(close, Scalar)
        assert (mismatch(got, want) is None) == close.value
