"""Anki's own library opens what ptquiz exports, and ptquiz imports what Anki exports of it again.

Anki needs an environment of its own, which PTQUIZ_ANKI_PYTHON names; see docs/how-to/anki.md. Without it these
tests are skipped, with that reason; with it they run or fail, so that a job that sets it cannot lose them unnoticed.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ptquiz.commands.exporting_decks import export_deck
from ptquiz.commands.importing import import_cards
from tests.domain.decks import HEAD, read
from tests.exchange.test_round_trips import CARDS

PYTHON = os.environ.get("PTQUIZ_ANKI_PYTHON", "")  # read before the tests hide the developer's variables
SCRIPT = Path(__file__).with_name("real_anki.py")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not PYTHON, reason="PTQUIZ_ANKI_PYTHON names no interpreter with Anki's library")


def anki(*packages: Path, folder: Path) -> dict[str, Any]:
    command = [PYTHON, str(SCRIPT), "import", *map(str, packages), str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    shown: dict[str, Any] = json.loads(ended.stdout)
    return shown


def exported(text: str, folder: Path, name: str, now: datetime = NOW) -> Path:
    export_deck(read(text), folder / name, {}, now)
    return folder / name


def test_anki_shows_code_as_it_was_written(tmp_path: Path) -> None:
    seen = anki(exported(HEAD + CARDS, tmp_path, "a.apkg"), folder=tmp_path)
    assert seen["imports"] == [{"new": 2, "updated": 0, "same": 0}]
    first, second = seen["notes"]
    assert "Is <code>x &lt; y</code> a <b>tensor</b>, and &quot;why&quot;?" in first["shown"]
    assert "Yes: List[int] &amp; vector&lt;int&gt; are not." in first["shown"]
    assert "<pre><code>x = torch.ones(2)\nif x.sum() &lt; 3:\n    print(" in first["shown"]
    assert "{{c1::not a cloze}} in ${braces}" in second["shown"]
    assert first["deck"] == "ptquiz::Sample"
    assert first["tags"] == ["basics", "ops", "sample::follow-up"]


def test_anki_updates_its_notes_from_a_second_export(tmp_path: Path) -> None:
    before = exported(HEAD + CARDS, tmp_path, "a.apkg")
    changed = CARDS.replace("Is `x < y` a", "Is `x <= y` a")
    after = exported(HEAD + changed, tmp_path, "b.apkg", NOW + timedelta(days=1))
    seen = anki(before, before, after, folder=tmp_path)
    assert seen["imports"][1] == {"new": 0, "updated": 0, "same": 2}
    assert seen["imports"][2]["new"] == 0
    assert len(seen["notes"]) == 2
    assert "x &lt;= y" in seen["notes"][0]["fields"][0]


@pytest.mark.parametrize("container", ["current", "legacy"])
def test_what_anki_exports_of_it_is_imported_as_the_same_questions(container: str, tmp_path: Path) -> None:
    text = HEAD + CARDS.replace("{{c1::not a cloze}}", "no cloze")
    target = tmp_path / "sample.yaml"
    target.write_text(text, "utf-8")
    anki(exported(text, tmp_path, "a.apkg"), folder=tmp_path)
    done = import_cards(tmp_path / f"again-{container}.apkg", target, tmp_path)
    assert (len(done.unchanged), done.added, done.updated, done.kept) == (2, (), (), ())
    assert target.read_text("utf-8") == text
