"""Values of a program as plain data. Only exact types are believed; a value can lie about nothing but itself."""

from __future__ import annotations

import base64
import contextlib
import ctypes
import itertools
import math
from collections import OrderedDict
from typing import Any

import torch

from .excerpts import guarded, sendable, type_name
from .frames import Message

DEPTH_LIMIT = 6
ITEMS_LIMIT = 20_000
"""Items of all containers of a program's values together."""
BYTES_LIMIT = 4 << 20
"""Bytes of all tensors of a program's values together."""
STRING_LIMIT = 256 << 10
INT_BITS_LIMIT = 1 << 13
"""Well below the 4300 decimal digits that Python prints."""

PLAIN_TENSORS = (torch.Tensor, torch.nn.Parameter)
SEQUENCES = (list, tuple, set, frozenset, torch.Size)
MAPPINGS = (dict, OrderedDict)

Base: Any = torch._C.TensorBase
"""The type below `torch.Tensor`, which a program cannot patch."""

_type = type
_string_at = ctypes.string_at
_strided = torch.strided
_plain_dispatch = torch.Tensor.__torch_dispatch__


class Capture:
    """Turns the values of one program into data, within limits that hold for all of them together."""

    def __init__(self) -> None:
        self._items_left = ITEMS_LIMIT
        self._bytes_left = BYTES_LIMIT

    def observe(self, value: object) -> Message:
        """Return a value as data, and the text that print() would show."""
        return {"value": self.value(value), "text": guarded(value)}

    def value(self, value: Any, depth: int = 0) -> Any:
        """Return a value as data: itself where JSON can say it, else an object with a `kind`."""
        kind = _type(value)
        if value is None or kind is bool:
            return value
        if kind is int and value.bit_length() < INT_BITS_LIMIT:
            return {"kind": "int", "hex": hex(value)} if value.bit_length() > 53 else value
        if kind is float:
            return {"kind": "float", "hex": value.hex()}
        if kind is str and len(value) <= STRING_LIMIT:
            return sendable(value, STRING_LIMIT)
        if kind is complex:
            return {"kind": "complex", "real": value.real.hex(), "imag": value.imag.hex()}
        return self._container(value, kind, depth) or self._tensor(value, kind) or opaque(value)

    def _container(self, value: Any, kind: type, depth: int) -> Message | None:
        if depth >= DEPTH_LIMIT:
            return None
        if kind in SEQUENCES or is_return_type(kind):
            if not self._afford(len(value)):
                return None
            return {
                "kind": "sequence",
                "type": type_name(kind),
                "items": [self.value(item, depth + 1) for item in tuple(value)],
            }
        if kind in MAPPINGS:
            if not self._afford(2 * len(value)):
                return None
            pairs = [[self.value(key, depth + 1), self.value(item, depth + 1)] for key, item in tuple(value.items())]
            return {"kind": "mapping", "items": pairs}
        return None

    def _afford(self, items: int) -> bool:
        """Take items off what is left; False when that is not enough."""
        if items > self._items_left:
            return False
        self._items_left -= items
        return True

    def _tensor(self, value: Any, kind: type) -> Message | None:
        if not issubclass(kind, torch.Tensor):
            return None
        try:
            with torch._C.DisableTorchFunction(), _no_dispatch_modes():
                return self._plain_tensor(value, kind)
        except Exception:  # noqa: BLE001 - functorch wrappers and others that have no data of their own
            return None

    def _plain_tensor(self, value: Any, kind: type) -> Message | None:
        """Return the data of a dense tensor; None for one of another nature."""
        if kind not in PLAIN_TENSORS and getattr(kind, "__torch_dispatch__", None) is not _plain_dispatch:
            return None
        tensor = Base.as_subclass(value, torch.Tensor)
        if _read("layout", tensor) is not _strided or _read("is_quantized", tensor) or _read("is_nested", tensor):
            return None
        shape, device = list(_read("shape", tensor)), _read("device", tensor)
        message = {
            "kind": "tensor",
            "dtype": str(_read("dtype", tensor)).removeprefix("torch."),
            "shape": shape,
            "device": str(device),
            "requires_grad": _read("requires_grad", tensor),
            "data": None,
        }
        size = math.prod(shape) * Base.element_size(tensor)
        if device.type != "meta" and size <= self._bytes_left:
            self._bytes_left -= size
            message["data"] = base64.b64encode(_bytes_of(tensor, size)).decode()
        return message


def _read(attribute: str, tensor: Any) -> Any:
    """Return an attribute of a tensor, whatever a program has put in its place."""
    return getattr(Base, attribute).__get__(tensor)


def _bytes_of(tensor: Any, size: int) -> bytes:
    """Return the elements of a tensor in row-major order."""
    dense = Base.contiguous(Base.resolve_neg(Base.resolve_conj(Base.cpu(Base.detach(tensor)))))
    address = Base.data_ptr(dense)
    if size and not address:
        raise ValueError("a tensor without memory")
    return _string_at(address, size) if size else b""


def _no_dispatch_modes() -> contextlib.AbstractContextManager[Any]:
    from torch.utils import _python_dispatch

    return _python_dispatch._disable_current_modes()


def is_return_type(kind: type) -> bool:
    """Tell whether this is one of torch's own named tuples, such as that of `max(dim=...)`."""
    return issubclass(kind, tuple) and vars(torch.return_types).get(type_name(kind).rpartition(".")[2]) is kind


def opaque(value: object) -> Message:
    """Return the type and guarded repr of a value that is nothing else."""
    kind = _type(value)
    if kind is int:
        text = f"<an int of {value.bit_length()} bits>"  # type: ignore[attr-defined]
    elif kind in SEQUENCES or kind in MAPPINGS:
        text = _short_repr(value)
    else:
        text = guarded(value, repr)
    return {"kind": "opaque", "type": type_name(kind), "text": text}


def _short_repr(value: Any) -> str:
    """Return the repr of a container, of its first items only when it has many."""
    if len(value) <= 1000:
        return guarded(value, repr)
    head = list(itertools.islice(value, 100))
    return sendable(f"<a {type_name(_type(value))} of {len(value)} items, from {guarded(head, repr)}>")
