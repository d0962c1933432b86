"""The benchmarks measure real programs, and end as their budgets do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.harness import Budget, Found, Row, take_turns
from benchmarks.table import Report, as_json, as_markdown, show
from rich.console import Console

ROOT = Path(__file__).parent.parent
BEGAN = datetime(2026, 11, 23, tzinfo=UTC)
KEPT = Row("start", [2.0, 4.0, 9.0], "s", "libraries", [1.0, 2.0, 3.0], Budget(2.0))
BROKEN = Row("throughput", [30.0], "/s", "fresh", [1.0], Budget(50.0, at_least=True))
ALONE = Row("memory", [27.0], "MB", budget=Budget(50.0))


def benchmarks(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_a_part_measures_both_sides_in_every_round_and_the_exit_code_tells_the_budgets() -> None:
    ended = benchmarks("startup", "--quick", "--rounds", "2", "--json")
    document = json.loads(ended.stdout)
    first = document["parts"]["startup"]["rows"][0]
    assert first["what"] == "first question"
    assert len(first["ours"]) == len(first["theirs"]) == 2
    assert min(first["ours"]) > 0
    assert ended.returncode == (0 if document["holds"] else 1)


def test_the_store_is_measured_without_another_library_and_says_so() -> None:
    document = json.loads(benchmarks("store", "--quick", "--rounds", "1", "--json").stdout)
    rows = {row["what"]: row for row in document["parts"]["store"]["rows"]}
    assert rows["open, first due, answer"]["ours"][0] >= rows["open, first due"]["ours"][0]
    assert rows["file"]["ours"][0] > 0
    assert document["parts"]["store"]["notes"] == ["Anki's library: --anki PYTHON"]


def test_an_unknown_part_is_refused() -> None:
    ended = benchmarks("start")
    assert ended.returncode == 2
    assert "invalid choice: 'start'" in ended.stderr


def test_the_ratio_is_the_median_over_rounds_and_not_the_ratio_of_medians() -> None:
    assert KEPT.ratios == [2.0, 2.0, 3.0]
    assert KEPT.judged == 2.0
    assert KEPT.spread == (2.0, 2.5)


def test_rounds_in_which_only_one_side_took_part_give_no_ratio() -> None:
    assert Row("fit", [1.0, 2.0, 3.0], "s", "slow", [4.0]).ratios == [0.25]


@pytest.mark.parametrize(("row", "holds"), [(KEPT, True), (BROKEN, False), (ALONE, True)], ids=lambda x: str(x)[:20])
def test_a_budget_limits_the_ratio_or_else_the_value(row: Row, holds: bool) -> None:
    assert row.holds is holds


def test_every_way_takes_its_turn_and_who_begins_changes() -> None:
    seen: list[str] = []

    def way(name: str) -> Callable[[], int]:
        def run() -> int:
            seen.append(name)
            return len(seen)

        return run

    found = take_turns({name: way(name) for name in "abc"}, 3, few={"c": 1})
    assert "".join(seen) == "abcbaab"
    assert found["c"] == [3]


def test_the_table_shows_the_ratio_its_spread_its_rounds_and_what_fails() -> None:
    console = Console(width=120)
    report = Report({"startup": Found([KEPT, BROKEN], ["others: --others DIR"])}, BEGAN, "2 cores")
    with console.capture() as shown:
        show(console, report)
    lines = shown.get().splitlines()
    assert any("2.00 to 2.50" in line and "at most 2.00" in line and "holds" in line for line in lines)
    assert any("30" in line and "at least 50" in line and "FAILS" in line for line in lines)
    assert lines[-2:] == ["not compared, startup: others: --others DIR", "1 of 2 budgets hold"]


def test_the_markdown_is_a_dated_table_with_a_line_for_every_row() -> None:
    lines = as_markdown(Report({"memory": Found([ALONE])}, BEGAN, "2 cores")).splitlines()
    assert lines[0] == "Measured on 2026-11-23: 2 cores."
    assert lines[4] == "| memory | memory | 27 MB |  |  |  |  | 1 | at most 50 MB | holds |"


def test_the_json_has_every_measurement() -> None:
    document = json.loads(json.dumps(as_json(Report({"check": Found([BROKEN])}, BEGAN, "2 cores"))))
    (row,) = document["parts"]["check"]["rows"]
    assert (row["ours"], row["theirs"], row["ratio"], row["holds"]) == ([30.0], [1.0], 30.0, False)
    assert document["holds"] is False
