"""Documents that are generated say what the program says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_the_generated_documents_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("document", ["ci.md", "cli.md", "coverage.md", "deck-reference.md", "editors.md"])
def test_every_file_that_a_document_links_to_exists(document: str) -> None:
    text = (ROOT / "docs" / document).read_text("utf-8")
    linked = [target.split("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text)]
    assert [name for name in linked if name and not (ROOT / "docs" / name).exists()] == []
