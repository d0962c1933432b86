"""Links lead somewhere, read as files on a plain host; Sphinx sees to those of the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, links, name_of

FROM_SOURCES = re.compile(r"docs/[\w/-]+\.(?:md|svg|json)")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    lost = []
    for target in links(page):
        name, _, anchor = target.partition("#")
        if name.startswith(("https:", "http:")):
            continue
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


def test_every_page_is_on_the_first_page() -> None:
    first = ROOT / "docs" / "index.md"
    listed = {(first.parent / target).resolve() for target in links(first)}
    assert {page for page in PAGES if (ROOT / "docs") in page.parents} - listed == {first}


def test_no_page_loads_a_picture_from_elsewhere() -> None:
    assert [target for page in PAGES for target in links(page) if re.match(r"https?:.*\.(svg|png|gif)", target)] == []


@pytest.mark.parametrize("folder", ["src", "questions", "scripts", "tests", "benchmarks"])
def test_every_document_that_another_file_names_exists(folder: str) -> None:
    files = [file for file in (ROOT / folder).rglob("*") if file.suffix in (".py", ".yaml", ".toml", ".j2")]
    named = {(file.name, name) for file in files for name in FROM_SOURCES.findall(file.read_text("utf-8"))}
    assert sorted((file, name) for file, name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_of_the_repository_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"\b(?:scripts|benchmarks|src|tests|questions)/[\w/.-]*\w", page.read_text("utf-8"))
    assert sorted(name for name in set(named) if not (ROOT / name).exists()) == []
