"""Every kind of miss is named, and a stated tolerance reaches every number."""

from __future__ import annotations

import struct

import pytest
from msgspec import structs

from ptquiz.domain.comparing.values import Tolerance, mismatch
from ptquiz.domain.snippets import Complex, Mapping, Opaque, Scalar, Sequence, Tensor, Value
from tests.domain.test_values import NAN, tensor

COMPLEX = tuple(struct.pack("<4f", *values) for values in ((1, 0, 2, 0), (1, 0, 2, 5)))

MORE_MISSES: dict[str, tuple[Value, Value, str | None]] = {
    "another device": (
        structs.replace(tensor(1), device="cuda:0"),
        tensor(1),
        "wrong device: cuda:0, expected cpu",
    ),
    "too large to be sent": (
        structs.replace(tensor(1), data=None),
        structs.replace(tensor(1), data=None),
        "the tensor is too large to compare",
    ),
    "one too large": (structs.replace(tensor(1), data=None), tensor(1), "the tensor is too large to compare"),
    "on the meta device": (
        structs.replace(tensor(1), data=None, device="meta"),
        structs.replace(tensor(1), data=None, device="meta"),
        None,
    ),
    "one dimension is never swapped": (tensor(1, 2), tensor(1, 2, 3), "wrong shape: (2,), expected (3,)"),
    "other sizes are not swapped": (
        tensor(*range(6), shape=(3, 2)),
        tensor(*range(4), shape=(2, 2)),
        "wrong shape: (3, 2), expected (2, 2)",
    ),
    "a square that is not transposed": (
        tensor(1, 2, 3, 4, shape=(2, 2)),
        tensor(1, 3, 2, 5, shape=(2, 2)),
        "right shape and dtype, but 3 of 4 values differ; the worst at [0, 1] is 2, expected 3",
    ),
    "transposed within a tolerance": (
        tensor(1, 2.000001, 3, 4, shape=(2, 2)),
        tensor(1, 3, 2, 4, shape=(2, 2)),
        "right shape, but the values are transposed",
    ),
    "a rectangle is not transposed": (
        tensor(1, 2, shape=(1, 2)),
        tensor(1, 3, shape=(1, 2)),
        "right shape and dtype, but 1 of 2 values differ; the worst at [0, 1] is 2, expected 3",
    ),
    "three dimensions": (
        tensor(*range(8), shape=(2, 2, 2)),
        tensor(0, 1, 2, 3, 9, 5, 6, 7, shape=(2, 2, 2)),
        "right shape and dtype, but 1 of 8 values differ; the worst at [1, 0, 0] is 4, expected 9",
    ),
    "the worst of several": (
        tensor(1, 5, 3),
        tensor(2, 1, 3),
        "right shape and dtype, but 2 of 3 values differ; the worst at [1] is 5, expected 1",
    ),
    "NaN is worse than any distance": (
        tensor(9, NAN),
        tensor(1, 1),
        "right shape and dtype, but 2 of 2 values differ; the worst at [1] is nan, expected 1",
    ),
    "an oracle that says NaN": (
        tensor(900, 1),
        tensor(1, NAN),
        "right shape and dtype, but 2 of 2 values differ; the worst at [1] is 1, expected nan",
    ),
    "an infinity": (
        tensor(float("inf"), shape=()),
        tensor(float("-inf"), shape=()),
        "right shape and dtype, but the value differs; the worst is inf, expected -inf",
    ),
    "equal infinities": (tensor(float("inf"), 1.0000001), tensor(float("inf"), 1), None),
    "a complex number at its place": (
        Tensor("complex64", (2,), COMPLEX[0]),
        Tensor("complex64", (2,), COMPLEX[1]),
        "right shape and dtype, but 1 of 2 values differ; the worst at [1] is 2+0j, expected 2+5j",
    ),
    "complex numbers that are not transposed": (
        Tensor("complex64", (2, 2), struct.pack("<8f", 1, 1, 1, 1, 5, 5, 6, 6)),
        Tensor("complex64", (2, 2), struct.pack("<8f", 1, 1, 1, 1, 7, 7, 8, 8)),
        "right shape and dtype, but 2 of 4 values differ; the worst at [1, 0] is 5+5j, expected 7+7j",
    ),
    "transposed complex numbers": (
        Tensor("complex64", (2, 2), struct.pack("<8f", 1, 1, 2, 2, 3, 3, 4, 4)),
        Tensor("complex64", (2, 2), struct.pack("<8f", 1, 1, 3, 3, 2, 2, 4, 4)),
        "right shape, but the values are transposed",
    ),
    "a complex number with a NaN": (
        Tensor("complex64", (2,), struct.pack("<4f", NAN, 0, 9, 0)),
        Tensor("complex64", (2,), struct.pack("<4f", 1, 0, 2, 0)),
        "right shape and dtype, but 2 of 2 values differ; the worst at [0] is nan+0j, expected 1+0j",
    ),
    "complex numbers too far apart to say how far": (
        Complex(1.7e308, 1.7e308),
        Complex(0, 0),
        "got (1.7e+308+1.7e+308j), expected 0j",
    ),
    "a number where an infinity is right": (
        tensor(1, shape=()),
        tensor(float("inf"), shape=()),
        "right shape and dtype, but the value differs; the worst is 1, expected inf",
    ),
    "a dtype that nobody knows": (
        Tensor("float8_e4m3fn", (2,), b"\x01\x80"),
        Tensor("float8_e4m3fn", (2,), b"\x01\x81"),
        "right shape and dtype, but 1 of 2 values differ; the worst at [1] is 128, expected 129",
    ),
    "the same complex number": (Complex(1, 2), Complex(1, 2 + 1e-9), None),
    "another real part": (Complex(2, 2), Complex(1, 2), "got (2+2j), expected (1+2j)"),
    "a float for a complex number": (Scalar(1.0), Complex(1, 0), "got 1.0, expected (1+0j)"),
    "the same": (Scalar("x"), Scalar("x"), None),
    "close floats": (Scalar(1.0), Scalar(1.0 + 1e-8), None),
    "floats apart": (Scalar(1.0), Scalar(1.001), "got 1.0, expected 1.001"),
    "a dict for a number": (Mapping(()), Scalar(1), "got a dict of 0, expected 1"),
    "a number for a list": (Scalar(1), Sequence("list", (Scalar(1),)), "got 1, expected a list of 1"),
    "a number for a dict": (Scalar(1), Mapping(((Scalar(1), Scalar(2)),)), "got 1, expected a dict of 1"),
    "equal lists": (Sequence("list", (Scalar(1),)), Sequence("list", (Scalar(1),)), None),
    "equal dicts": (Mapping(((Scalar(1), Scalar(2)),)), Mapping(((Scalar(1), Scalar(2)),)), None),
    "two missing keys": (
        Mapping(()),
        Mapping(((Scalar("a"), Scalar(1)), (Scalar("b"), Scalar(1)))),
        "missing keys: 'a', 'b'",
    ),
    "two keys too many": (
        Mapping(((Scalar("a"), Scalar(1)), (Scalar("b"), Scalar(1)))),
        Mapping(()),
        "unexpected keys: 'a', 'b'",
    ),
    "inside a dict": (
        Mapping(((Scalar("a"), Scalar(1)),)),
        Mapping(((Scalar("a"), tensor(1)),)),
        "'a': got 1, expected a float32 tensor of shape (1,)",
    ),
    "the same opaque thing": (Opaque("A", "<A>"), Opaque("A", "<A>"), None),
}


@pytest.mark.parametrize(("got", "want", "message"), MORE_MISSES.values(), ids=MORE_MISSES)
def test_names_the_miss_precisely(got: Value, want: Value, message: str | None) -> None:
    assert mismatch(got, want) == message


@pytest.mark.parametrize(
    ("got", "want"),
    [
        pytest.param(Scalar(1.05), Scalar(1.0), id="a float"),
        pytest.param(Complex(1.05, 1), Complex(1, 1), id="a complex number"),
        pytest.param(tensor(1.05), tensor(1), id="a tensor"),
        pytest.param(Sequence("list", (Scalar(1.05),)), Sequence("list", (Scalar(1.0),)), id="in a list"),
        pytest.param(Mapping(((Scalar(1), Scalar(1.05)),)), Mapping(((Scalar(1), Scalar(1.0)),)), id="in a dict"),
    ],
)
def test_a_stated_tolerance_reaches_every_number(got: Value, want: Value) -> None:
    assert mismatch(got, want) is not None
    assert mismatch(got, want, Tolerance(absolute=0.1)) is None
    assert mismatch(got, want, Tolerance(relative=0.1)) is None
    assert mismatch(got, want, Tolerance(0.01, 0.01)) is not None


def test_as_far_as_stated_is_near_enough() -> None:
    assert mismatch(tensor(3, dtype="int64"), tensor(2, dtype="int64"), Tolerance(absolute=1.0)) is None
    assert mismatch(tensor(4, dtype="int64"), tensor(2, dtype="int64"), Tolerance(absolute=1.0)) is not None
