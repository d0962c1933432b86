"""Look for torch without importing it."""

from __future__ import annotations

from importlib.util import find_spec


def torch_seems_installed() -> bool:
    """Tell whether this interpreter would find torch; whether it loads, only the warm process can say."""
    return find_spec("torch") is not None
