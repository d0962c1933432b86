"""Look for torch without importing it."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

ASKING_SECONDS = 20.0
"""How long another interpreter may take to say which torch it has."""

_VERSION = re.compile(r"^__version__\s*=\s*['\"]([^'\"]+)", re.MULTILINE)
_ASK = "from importlib.metadata import version; print(version('torch'))"


def torch_seems_installed(python: str = sys.executable) -> bool:
    """Tell whether an interpreter would find torch; whether it loads, only the warm process can say.

    Another interpreter than this one is believed to have it: whoever names it thinks so.
    """
    return python != sys.executable or find_spec("torch") is not None


def torch_version(python: str = sys.executable) -> str:
    """Return the version of the torch that an interpreter would find; empty when that cannot be told.

    Read from the installed files: importing torch takes a second, and the metadata modules alone cost the start.
    """
    return _version_here() if python == sys.executable else _version_of(python)


def _version_here() -> str:
    spec = find_spec("torch")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        try:
            found = _VERSION.search((Path(folder) / "version.py").read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
        if found:
            return found[1]
    return ""


def _version_of(python: str) -> str:
    import subprocess  # few name another interpreter

    try:
        asked = subprocess.run(
            [python, "-c", _ASK], capture_output=True, text=True, timeout=ASKING_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
