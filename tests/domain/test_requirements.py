"""Which torch meets which requirement."""

from __future__ import annotations

import pytest

from ptquiz.domain.requirements import satisfied

MET = [
    (None, "2.13.0+cpu"),
    ("torch>=2.4", "2.13.0+cpu"),
    ("torch >= 2.13", "2.13.0"),
    ("torch==2.13", "2.13.0+cu130"),
    ("torch>=2.4, <3", "2.13.0"),
    ("torch<=2.13.0", "2.13"),
    ("torch>2.13", "2.14.0a0+git123"),
]
UNMET = [
    ("torch>=2.14", "2.13.0+cpu"),
    ("torch<2.13", "2.13.0"),
    ("torch>2.13", "2.13.0"),
    ("torch>=2.4,<2.10", "2.13.0"),
    ("torch==2.1", "2.13.0"),
]


@pytest.mark.parametrize(("requirement", "version"), MET)
def test_met(requirement: str | None, version: str) -> None:
    assert satisfied(requirement, version)


@pytest.mark.parametrize(("requirement", "version"), UNMET)
def test_not_met(requirement: str, version: str) -> None:
    assert not satisfied(requirement, version)
