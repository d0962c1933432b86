"""What is said about dependencies holds for what is installed: the pins, and the licences."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from importlib.util import find_spec

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.packaging.building import ROOT
from tests.scripts import load_script

dependencies = load_script("dependencies")
WRITE = "write it with: python scripts/dependencies.py"

whole = pytest.mark.skipif(find_spec("torch") is None, reason="the lists are of an environment with a torch of its own")


def pins() -> dict[str, str]:
    """Return the pinned versions."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


@whole
def test_every_package_that_a_test_run_needs_is_pinned_to_what_is_installed() -> None:
    project = dependencies.PROJECT
    needed = dependencies.reached([*project["dependencies"], *project["optional-dependencies"]["test"]])
    running = {name: Version(found.version).public for name, found in needed.items()}
    pinned = pins()
    assert {name: version for name, version in running.items() if pinned.get(name) != version} == {
        name: running[name] for name in dependencies.FREE if name in running
    }, WRITE


@whole
def test_no_pin_differs_from_what_is_installed() -> None:
    found: dict[str, str] = {canonicalize_name(each.name): Version(each.version).public for each in distributions()}
    assert {name: pin for name, pin in pins().items() if found.get(name, pin) != pin} == {}, WRITE


@whole
def test_every_requirement_of_the_project_is_installed_and_in_its_range() -> None:
    project = dependencies.PROJECT
    for line in (*project["dependencies"], *project["optional-dependencies"]["test"]):
        wanted = dependencies.Requirement(line)
        assert wanted.specifier.contains(dependencies.distribution(wanted.name).version, prereleases=True), line


@whole
def test_every_dependency_is_permissive_but_for_the_exceptions_that_the_page_gives_reasons_for() -> None:
    needed = dependencies.reached(dependencies.PROJECT["dependencies"])
    assert set(dependencies.doubtful(needed)) == set(dependencies.EXCEPTIONS)


@whole
def test_the_page_of_licences_says_what_is_installed() -> None:
    assert dependencies.LICENCES.read_text("utf-8") == dependencies.licences(), WRITE


@pytest.mark.parametrize(
    "expression",
    ["MIT", "MIT OR GPL-3.0-only", "(MIT OR Apache-2.0) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception AND ISC"],
)
def test_an_expression_is_permissive_when_it_leaves_a_permissive_choice(expression: str) -> None:
    assert dependencies.permissive(expression)


@pytest.mark.parametrize(
    "expression",
    [
        *("GPL-3.0-or-later", "LGPL-3.0-only", "AGPL-3.0-only", "MPL-2.0", "LGPL-3.0-or-later OR MPL-2.0", ""),
        *(
            "MIT AND GPL-2.0-only",
            "(MIT OR GPL-2.0-only) AND LGPL-2.1-only",
            "GPL-2.0-only WITH Classpath-exception-2.0",
        ),
        *("not declared", "Proprietary", "GNU General Public License v3 (GPLv3)"),
    ],
)
def test_copyleft_and_the_unknown_are_not_permissive(expression: str) -> None:
    assert not dependencies.permissive(expression)


def test_the_constraints_leave_builds_and_platforms_free() -> None:
    assert all(re.fullmatch(r"[0-9a-z.]+", pin) for pin in pins().values())
    assert not [name for name in pins() if name.startswith("nvidia")]
