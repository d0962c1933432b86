"""Compare observed values: shape and dtype before values, with torch's tolerances, and name the miss."""

from __future__ import annotations

import cmath
import math
import struct
from typing import assert_never

from msgspec import Struct

from ptquiz.domain.snippets import Complex, Mapping, Opaque, Scalar, Sequence, Tensor, Value

TOLERANCES = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "float64": (1e-7, 1e-7),
    "complex32": (1e-3, 1e-5),
    "complex64": (1.3e-6, 1e-5),
    "complex128": (1e-7, 1e-7),
}
"""Relative and absolute tolerance by dtype, as torch.testing.assert_close documents them."""

FORMATS = {
    "float16": "e",
    "float32": "f",
    "float64": "d",
    "int64": "q",
    "int32": "i",
    "int16": "h",
    "int8": "b",
    "uint8": "B",
    "uint16": "H",
    "uint32": "I",
    "uint64": "Q",
    "bool": "?",
    "complex32": "e",
    "complex64": "f",
    "complex128": "d",
}


class Tolerance(Struct, frozen=True):
    """How far a value may be from the oracle's; None takes torch's default for the dtype."""

    relative: float | None = None
    absolute: float | None = None

    def of(self, dtype: str) -> tuple[float, float]:
        """Return the relative and absolute tolerance for a dtype."""
        relative, absolute = TOLERANCES.get(dtype, (0.0, 0.0))
        return (
            relative if self.relative is None else self.relative,
            absolute if self.absolute is None else self.absolute,
        )


def mismatch(got: Value, want: Value, tolerance: Tolerance | None = None) -> str | None:
    """Say how an observed value differs from the oracle's; None when it does not."""
    tolerance = tolerance or Tolerance()
    match want:
        case Tensor():
            return _tensor(got, want, tolerance)
        case Scalar():
            return _scalar(got, want, tolerance)
        case Complex():
            if not isinstance(got, Complex):
                return _wrong_kind(got, want)
            close = _close(complex(got.real, got.imag), complex(want.real, want.imag), *tolerance.of("complex128"))
            return None if close else f"got {describe(got)}, expected {describe(want)}"
        case Sequence():
            return _sequence(got, want, tolerance)
        case Mapping():
            return _mapping(got, want, tolerance)
        case Opaque():
            return None if got == want else f"got {describe(got)}, expected {describe(want)}"
        case _:
            assert_never(want)


def numbers(tensor: Tensor) -> tuple[float | int | bool, ...]:
    """Return the values of a tensor in row-major order; a complex value counts as two."""
    data = tensor.data or b""
    if tensor.dtype == "bfloat16":
        widened = b"".join(b"\0\0" + data[i : i + 2] for i in range(0, len(data), 2))
        return struct.unpack(f"<{len(data) // 2}f", widened)
    code = FORMATS.get(tensor.dtype, "B")
    return struct.unpack(f"<{len(data) // struct.calcsize(code)}{code}", data)


def _entries(tensor: Tensor) -> tuple[complex, ...]:
    """Return the values of a tensor in row-major order, one for each place."""
    plain = numbers(tensor)
    return tuple(map(complex, plain[::2], plain[1::2])) if tensor.dtype.startswith("complex") else plain


def describe(value: Value) -> str:
    """Name a value shortly."""
    match value:
        case Scalar(value=plain):
            return repr(plain)
        case Complex(real=real, imag=imag):
            return repr(complex(real, imag))
        case Tensor():
            return f"a {value.dtype} tensor of shape {_shape(value.shape)}"
        case Sequence(type=type_, items=items):
            return f"a {type_} of {len(items)}"
        case Mapping(items=items):
            return f"a dict of {len(items)}"
        case Opaque(text=text):
            return text
        case _:
            assert_never(value)


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _wrong_kind(got: Value, want: Value) -> str:
    return f"got {describe(got)}, expected {describe(want)}"


def _tensor(got: Value, want: Tensor, tolerance: Tolerance) -> str | None:
    if not isinstance(got, Tensor):
        return _wrong_kind(got, want)
    if got.shape != want.shape:
        hint = ": dimensions are swapped" if sorted(got.shape) == sorted(want.shape) else ""
        return f"wrong shape: {_shape(got.shape)}, expected {_shape(want.shape)}{hint}"
    if got.dtype != want.dtype:
        return f"right shape, wrong dtype: {got.dtype}, expected {want.dtype}"
    if got.device != want.device:
        return f"wrong device: {got.device}, expected {want.device}"
    if got.data is None or want.data is None:
        return None if got.data is want.data and want.device == "meta" else "the tensor is too large to compare"
    return None if got.data == want.data else _elements(got, want, tolerance)


def _elements(got: Tensor, want: Tensor, tolerance: Tolerance) -> str | None:
    relative, absolute = tolerance.of(want.dtype)
    ours, theirs = _entries(got), _entries(want)
    off = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if not _close(a, b, relative, absolute)]
    if not off:
        return None
    if len(want.shape) == 2 and want.shape[0] == want.shape[1] and _transposed(ours, theirs, want.shape[0]):
        return "right shape, but the values are transposed"
    worst = max(off, key=lambda i: _distance(ours[i], theirs[i]))
    where = f" at {_index(worst, want.shape)}" if want.shape else ""
    share = f"{len(off)} of {len(theirs)} values differ" if len(theirs) > 1 else "the value differs"
    return f"right shape and dtype, but {share}; the worst{where} is {ours[worst]:g}, expected {theirs[worst]:g}"


def _transposed(ours: tuple[complex, ...], theirs: tuple[complex, ...], n: int) -> bool:
    return all(_close(ours[i * n + j], theirs[j * n + i], 1e-5, 1e-6) for i in range(n) for j in range(n))


def _index(flat: int, shape: tuple[int, ...]) -> str:
    index = []
    for size in reversed(shape):
        index.append(flat % size)
        flat //= size
    return f"[{', '.join(map(str, reversed(index)))}]"


def _distance(a: complex, b: complex) -> float:
    return math.inf if cmath.isnan(a) or cmath.isnan(b) else _modulus(a - b)


def _modulus(number: complex) -> float:
    """Return the absolute value; infinity where abs would raise."""
    return math.hypot(number.real, number.imag)


def _close(a: complex, b: complex, relative: float, absolute: float) -> bool:
    if a == b or (cmath.isnan(a) and cmath.isnan(b)):
        return True
    if not (cmath.isfinite(a) and cmath.isfinite(b)):
        return False
    return _modulus(a - b) <= absolute + relative * _modulus(b)


def _scalar(got: Value, want: Scalar, tolerance: Tolerance) -> str | None:
    if not isinstance(got, Scalar):
        return _wrong_kind(got, want)
    a, b = got.value, want.value
    if isinstance(a, float) and isinstance(b, float):
        return None if _close(a, b, *tolerance.of("float64")) else f"got {a!r}, expected {b!r}"
    if type(a) is type(b):
        return None if a == b else f"got {a!r}, expected {b!r}"
    return f"got {a!r} ({type(a).__name__}), expected {b!r} ({type(b).__name__})"


def _sequence(got: Value, want: Sequence, tolerance: Tolerance) -> str | None:
    if not isinstance(got, Sequence) or got.type != want.type:
        return _wrong_kind(got, want)
    if len(got.items) != len(want.items):
        return f"got {len(got.items)} items, expected {len(want.items)}"
    for i, (a, b) in enumerate(zip(got.items, want.items, strict=True)):
        if miss := mismatch(a, b, tolerance):
            return f"item {i}: {miss}"
    return None


def _mapping(got: Value, want: Mapping, tolerance: Tolerance) -> str | None:
    if not isinstance(got, Mapping):
        return _wrong_kind(got, want)
    ours, theirs = dict(got.items), dict(want.items)
    if missing := [describe(key) for key in theirs if key not in ours]:
        return f"missing keys: {', '.join(missing)}"
    if extra := [describe(key) for key in ours if key not in theirs]:
        return f"unexpected keys: {', '.join(extra)}"
    for key, value in theirs.items():
        if miss := mismatch(ours[key], value, tolerance):
            return f"{describe(key)}: {miss}"
    return None
