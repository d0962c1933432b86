"""The torch that a question is true for: `torch>=2.4`, `torch>=2.4,<3`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from ptquiz.errors import Message, said

REQUIREMENT = re.compile(r"torch\s*(>=|<=|==|<|>)\s*\d+(\.\d+)*(\s*,\s*(>=|<=|==|<|>)\s*\d+(\.\d+)*)*")
_PART = re.compile(r"(>=|<=|==|<|>)\s*(\d+(?:\.\d+)*)")

_COMPARISONS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


def satisfied(requirement: str | None, version: str) -> bool:
    """Tell whether a version of torch, such as `2.13.0+cpu`, meets a requirement; None is always met."""
    if requirement is None:
        return True
    ours = _release(version)
    return all(
        _COMPARISONS[sign](_padded(ours), _padded(_release(wanted))) for sign, wanted in _PART.findall(requirement)
    )


def unmet(requirement: str | None, version: str) -> str | Message:
    """Say which torch is needed and which is here; empty where it is met, or the version cannot be told."""
    if not version or satisfied(requirement, version):
        return ""
    return said("it needs {requirement}, this is torch {torch}", requirement=requirement, torch=version)


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers of a release, without a build or a pre-release mark."""
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def _padded(release: tuple[int, ...]) -> tuple[int, ...]:
    return (*release, 0, 0, 0)[:4] if len(release) < 4 else release[:4]
