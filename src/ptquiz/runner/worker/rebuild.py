"""Observations of another run, as plain data, made into values again."""

from __future__ import annotations

import base64
import types
from typing import Any

import torch

from .frames import Message

CONSTRUCTORS: dict[str, Any] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "torch.Size": torch.Size,
}
TORCH_CONSTANTS: dict[str, type] = {
    "torch.dtype": torch.dtype,
    "torch.layout": torch.layout,
    "torch.memory_format": torch.memory_format,
}


class Opaque:
    """A value that came as its type and text only."""

    def __init__(self, type_name: str, text: str) -> None:
        self.type = type_name
        self.text = text

    def __repr__(self) -> str:
        return self.text


def namespace(pairs: list[Any]) -> types.SimpleNamespace:
    """Return the named values as attributes."""
    return types.SimpleNamespace(**{name: value(data) for name, data in pairs})


def value(data: Any) -> Any:
    """Return the value that the data stands for."""
    if type(data) is not dict:
        return data
    return BUILDERS[data["kind"]](data)


def _sequence(data: Message) -> Any:
    items = [value(item) for item in data["items"]]
    name = data["type"]
    own = vars(torch.return_types).get(name.removeprefix("torch.return_types."))
    return (own or CONSTRUCTORS.get(name, tuple))(items)


def _mapping(data: Message) -> dict[Any, Any]:
    return {value(key): value(item) for key, item in data["items"]}


def _tensor(data: Message) -> torch.Tensor:
    dtype, shape = getattr(torch, data["dtype"]), data["shape"]
    if not isinstance(dtype, torch.dtype):
        raise ValueError(f"not a dtype: {data['dtype']}")
    if data["data"] is None:
        tensor = torch.empty(shape, dtype=dtype, device="meta")
    else:
        raw = bytearray(base64.b64decode(data["data"]))
        tensor = (
            torch.frombuffer(raw, dtype=torch.uint8).view(dtype).reshape(shape)
            if raw
            else torch.empty(shape, dtype=dtype)
        )
    return tensor.requires_grad_() if data["requires_grad"] else tensor


def _opaque(data: Message) -> Any:
    """Return torch's own constants and devices as such, anything else as its type and text."""
    name, text = data["type"], data["text"]
    constant = vars(torch).get(text.removeprefix("torch."))
    if name in TORCH_CONSTANTS and type(constant) is TORCH_CONSTANTS[name]:
        return constant
    return Opaque(name, text)


BUILDERS = {
    "int": lambda data: int(data["hex"], 16),
    "float": lambda data: float.fromhex(data["hex"]),
    "complex": lambda data: complex(float.fromhex(data["real"]), float.fromhex(data["imag"])),
    "sequence": _sequence,
    "mapping": _mapping,
    "tensor": _tensor,
    "opaque": _opaque,
}
