"""CI runs the command that the README names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_ci_runs_the_test_command_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"<!-- test command -->\n```sh\n(.+)\n```\n<!-- end -->", text)
    assert found is not None
    assert found[1].startswith("python3 -m venv .venv && ")
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")
