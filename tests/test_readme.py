"""What the documents tell the reader to type and to open exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from ptquiz.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def known_commands() -> set[str]:
    group = typer.main.get_command(app)
    names = set()
    for name, command in getattr(group, "commands", {}).items():
        names.add(name)
        names |= {f"{name} {below}" for below in getattr(command, "commands", {})}
    return names


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_every_command_in_a_code_block_exists(document: Path) -> None:
    known = known_commands()
    groups = {name.split()[0] for name in known if " " in name}
    for block in re.findall(r"```(?:sh|bash|console|text)?\n(.*?)```", document.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            words = line.strip().removeprefix("$ ").split()
            if not words or words[0] != "ptquiz":
                continue
            named = [word for word in words[1:] if re.fullmatch(r"[a-z]+", word) and word not in ("zh", "en")]
            if not named:
                continue
            assert named[0] in known, line
            if named[0] in groups and len(named) > 1:
                assert " ".join(named[:2]) in known, line


def test_ci_runs_the_test_command_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"<!-- test command -->\n```sh\n(.+)\n```\n<!-- end -->", text)
    assert found is not None
    assert found[1].startswith("python3 -m venv .venv && ")
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")
