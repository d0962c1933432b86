"""Pictures are small, whole and need no network; every scene has one and every one is used."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.docs.pages import PAGES, ROOT, links

PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
NAMES = [picture.stem for picture in PICTURES]
SHOWN = {
    "verdict": ("WRONG", "ran on torch", "not 1:"),
    "predict": ("predict the output", "ran on torch"),
    "editor": ("Ctrl-D run",),
    "code": ("NOT YET", "fails"),
    "explain": ("ran on torch", "torch/nn/modules/dropout.py"),
    "interview": ("interview report", "to practise"),
    "stats": ("readiness", "due in the next 14 days"),
    "plan": ("2026-12-07",),
    "chinese": ("错误", "空格"),
    "check": ("norms.yaml:7:12", "did you mean", "softmax.yaml:14:7"),
}
"""What each of them is there to show."""


def texts(picture: Path) -> str:
    words = "".join(ElementTree.fromstring(picture.read_text("utf-8")).itertext())
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_every_scene_has_a_picture() -> None:
    source = (ROOT / "scripts" / "scenes.py").read_text("utf-8")
    scenes = re.search(r"for scene in \((.*?)\)", source, re.DOTALL)
    assert scenes is not None
    assert sorted(re.findall(r"\w+", scenes[1])) == NAMES == sorted(SHOWN)


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_a_picture_shows_what_it_is_there_for(picture: Path) -> None:
    assert [said for said in SHOWN[picture.stem] if said not in texts(picture)] == []


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_a_picture_is_small_and_loads_nothing(picture: Path) -> None:
    text = picture.read_text("utf-8")
    assert len(text.encode()) < 60_000
    assert re.findall(r"(?:href|url\(|@import|src)[^>]*https?:", text) == []


def test_every_picture_is_on_a_page() -> None:
    used = {(page.parent / target).resolve() for page in PAGES for target in links(page)}
    assert [picture for picture in PICTURES if picture not in used] == []
