"""What is in the packages, and what is not."""

from __future__ import annotations

import os
import re
import sys
from email.parser import BytesHeaderParser
from pathlib import Path

import ptquiz
from tests.packaging.building import FILES, LEFTOVERS, ROOT, TREE, Packages, members


def sources(tree: Path, *folders: str) -> set[str]:
    """List the files below folders that belong to the project."""
    found = {path.relative_to(tree).as_posix() for folder in folders for path in (tree / folder).rglob("*")}
    return {name for name in found - set(LEFTOVERS) if (tree / name).is_file()}


def test_the_wheel_holds_the_package_and_the_questions_and_nothing_else(packages: Packages) -> None:
    expected = {name.removeprefix("src/") for name in sources(packages.tree, "src")}
    expected |= {f"ptquiz/{name}" for name in sources(packages.tree, "questions")}
    about = {f"ptquiz-{ptquiz.__version__}.dist-info/{name}" for name in ("METADATA", "RECORD", "WHEEL")}
    about |= {f"ptquiz-{ptquiz.__version__}.dist-info/{name}" for name in ("entry_points.txt", "licenses/LICENSE")}
    assert set(members(packages.wheel)) == expected | about


def test_the_wheel_has_both_languages_the_courses_the_types_and_the_page(packages: Packages) -> None:
    names = set(members(packages.wheel))
    topics = {path.name.split(".")[0] for path in (packages.tree / "questions").glob("*.yaml")}
    assert {f"ptquiz/questions/{topic}{end}" for topic in topics for end in (".yaml", ".zh.yaml")} <= names
    assert {"ptquiz/questions/courses/just-the-core.yaml", "ptquiz/py.typed", "ptquiz/ui/page/page.html.j2"} <= names


def test_the_sdist_holds_everything_that_is_needed_to_work_on_it(packages: Packages) -> None:
    assert set(members(packages.sdist)) == sources(packages.tree, *TREE) | set(FILES) | {"PKG-INFO"}


def test_the_wheel_from_the_sdist_is_the_wheel_from_the_tree(packages: Packages) -> None:
    assert packages.wheel_from_sdist.read_bytes() == packages.wheel.read_bytes()


def test_the_packages_name_no_folder_of_the_machine_they_were_built_on(packages: Packages) -> None:
    here = {str(packages.tree.parent), str(ROOT)} | ({sys.prefix} if sys.prefix != sys.base_prefix else set())
    for package in (packages.sdist, packages.wheel):
        for name, content in members(package).items():
            assert not [folder for folder in here if os.fsencode(f"{folder}/") in content], name


def test_the_metadata_say_what_it_is(packages: Packages) -> None:
    (about,) = (content for name, content in members(packages.wheel).items() if name.endswith("/METADATA"))
    said = BytesHeaderParser().parsebytes(about)
    assert (said["Name"], said["Version"], said["License-Expression"]) == ("ptquiz", ptquiz.__version__, "MIT")
    assert said["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in said.get_all("Classifier", [])
    assert about.endswith(b"\n\n" + (packages.tree / "README.md").read_bytes())


def test_the_changelog_begins_with_the_version_that_is_built() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == ptquiz.__version__
