"""What the runner runs on."""

from __future__ import annotations

from msgspec import Struct


class Layer(Struct, frozen=True):
    """One layer of the sandbox."""

    name: str
    active: bool
    note: str = ""
    """What it does, or why it is not there."""


class Machine(Struct, frozen=True):
    """The interpreter, torch and sandbox that programs run with."""

    torch: str
    python: str
    platform: str
    executable: str
    layers: tuple[Layer, ...] = ()
