"""Write the generated documents and the generated tables within others; `--check` only tells what is stale."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# The width of a help text must not depend on the terminal.
os.environ["COLUMNS"] = "100"

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from documents.banks import bank_table  # noqa: E402
from documents.commands import command_reference  # noqa: E402
from documents.deck_keys import deck_reference  # noqa: E402
from documents.tables import TABLES  # noqa: E402

PAGES = {
    "docs/reference/deck.md": deck_reference,
    "docs/reference/cli.md": command_reference,
    "docs/reference/coverage.md": bank_table,
}
"""Pages that are generated as a whole."""


def documents() -> Iterator[tuple[Path, str]]:
    """Yield each document with the text that it should have."""
    for name, render in PAGES.items():
        yield ROOT / name, render()
    for name, tables in TABLES.items():
        text = (ROOT / name).read_text("utf-8")
        for title, rows in tables.items():
            text = with_table(text, title, rows())
        yield ROOT / name, text


def with_table(page: str, title: str, rows: list[str]) -> str:
    """Replace a table of a page. Raises SystemExit when the page has no place for it."""
    begin, end = f"<!-- generated: {title} -->\n", "<!-- end generated -->"
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if len(place.findall(page)) != 1:
        raise SystemExit(f"there is not one place for the table {title!r}: {begin.strip()} ... {end}")
    table = "\n".join(rows)
    return place.sub(lambda _: f"{begin}\n{table}\n\n{end}", page)


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check return 1 when one is stale."""
    stale = []
    for path, text in documents():
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT))
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"{name} is stale: python scripts/docs.py" if "--check" in arguments else f"wrote {name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
