"""The table of keys in the documentation is the key map."""

from __future__ import annotations

import re
from pathlib import Path

from ptquiz.ui.keymap import AFTER_VERDICT, BINDINGS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "keys.md"


def test_the_document_lists_every_key_with_what_it_does() -> None:
    rows = re.findall(r"^\| (`.*`) \| (.*?) \| (yes )?\|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    told = [(tuple(re.findall(r"`(.+?)`", keys)), label, bool(after)) for keys, label, after in rows]
    assert told == [(binding.keys, binding.label, binding.action in AFTER_VERDICT) for binding in BINDINGS]
