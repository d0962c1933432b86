"""Look for torch without importing it."""

from __future__ import annotations

import sys
from importlib.util import find_spec


def torch_seems_installed(python: str = sys.executable) -> bool:
    """Tell whether an interpreter would find torch; whether it loads, only the warm process can say.

    Another interpreter than this one is believed to have it: whoever names it thinks so.
    """
    return python != sys.executable or find_spec("torch") is not None
