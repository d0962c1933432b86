"""What consent is bound to: everything that may run, and nothing that is only read."""

from __future__ import annotations

import pytest

from ptquiz.banks.trust import inventory
from tests.domain.decks import deck, read

FAMILY = (
    deck("number")
    .replace("nn.Linear(3, 4).par", "nn.Linear(${n}, 4).par")
    .replace("    explain: W", "    vary: {n: [3, 5]}\n    explain: W")
)
FILL = """\
  - id: s-fill
    kind: fill
    level: answer
    ask: Fill it in.
    code: y = torch.relu({{1}})
    proof: assert y >= 0
    explain: It is positive.
    blanks:
      - {answer: torch.tensor(1), accept: [torch.tensor(2)]}
"""


def fresh(before: str, after: str) -> list[str]:
    """Name what must be asked for after an update."""
    agreed = [unit.fingerprint for unit in inventory(read(before)).units]
    return [unit.name for unit in inventory(read(after), agreed).fresh]


def test_after_an_update_only_what_changed_is_asked_for() -> None:
    text = deck("true-false", "write")
    assert fresh(text, text.replace("x.softmax(-1)", "x.softmax(1)")) == ["s-write"]


def test_a_new_setup_concerns_everything_that_runs() -> None:
    everything = [unit.name for unit in inventory(read(deck())).units]
    assert fresh(deck(), deck().replace("import torch\n", "import torch, os\n", 1)) == everything


def test_a_family_is_bound_to_its_values() -> None:
    assert fresh(FAMILY, FAMILY.replace("[3, 5]", "[3, 6]")) == ["s-number"]


def test_a_blank_is_bound_to_what_is_filled_in() -> None:
    text = deck("choice", extra=FILL)
    assert fresh(text, text.replace("torch.tensor(2)", "torch.tensor(3)")) == ["s-fill"]


@pytest.mark.parametrize("old", ["Write `soft(x)`.", "Over the last", "Another dimension", "rows sum to one"])
def test_words_are_not_asked_for(old: str) -> None:
    assert old in deck()
    assert fresh(deck(), deck().replace(old, "Other words")) == []


def test_code_that_moves_to_another_question_is_asked_for() -> None:
    one, other = deck("true-false", "number"), deck("number", "true-false")
    assert fresh(one, other) == []
    assert fresh(one, one.replace("id: s-number", "id: s-other")) == []
    moved = one.replace("    value: sum", "    proof: assert True\n    value: sum")
    assert fresh(one, moved) == ["s-number"]


def test_names_are_found_in_code_with_placeholders_and_blanks() -> None:
    text = deck("choice", extra=FILL.replace("y = torch", "import shutil; shutil.rmtree(p); y = torch"))
    seen = inventory(read(text))
    assert "shutil" in seen.imports
    assert "rmtree" in seen.touchy


def test_names_that_are_imported_from_a_module_are_found() -> None:
    seen = inventory(read(deck("true-false").replace("print(y", "from os import system; print(y")))
    assert seen.touchy == ("system",)
