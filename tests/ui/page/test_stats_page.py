"""`ptquiz stats --html`: one page with every number of `--json`, that loads nothing."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ptquiz.domain.reviews import Rated, Rating
from ptquiz.errors import ExitCode
from ptquiz.scheduling.replay import replay
from ptquiz.store.journal import SqliteJournal
from tests.cli.program import MONDAY, ptquiz, write_deck
from tests.ui.page.browser import BROWSER, background, visit
from tests.ui.page.reading import Page

NOW = datetime.fromisoformat(MONDAY)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")


def learn(home: Path, *, misconception: str = "eval-is-no-grad") -> None:
    """Write a log of some months."""
    chance = random.Random(1)
    log = [
        Rated(
            id=f"{question}-{number}",
            question=question,
            at=NOW - timedelta(days=100 - number * 5, minutes=chance.randint(0, 300)),
            rating=chance.choice((Rating.AGAIN, Rating.GOOD, Rating.GOOD, Rating.EASY)),
            retention=0.9,
            seconds=chance.uniform(5, 50),
            misconceptions=(misconception,) if number % 4 == 0 else (),
        )
        for question in ("s-claim", "s-choice", "s-flashcard", "gone")
        for number in range(20)
    ]
    with SqliteJournal(home / "data" / "reviews.sqlite3", replay) as journal:
        journal.merge(log)


@pytest.fixture
def decks(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false", "flashcard", "choice", "number")
    assert ptquiz("deck", "add", str(path), "--trust").returncode == ExitCode.DONE


def written(tmp_path: Path, *arguments: str) -> tuple[Path, dict[str, Any]]:
    """Write the page and return it with what --json says."""
    file = tmp_path / "stats.html"
    ended = ptquiz("stats", "--html", str(file), "--json", *arguments)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    return file, json.loads(ended.stdout)


def same_numbers(page: Page, found: dict[str, Any]) -> None:
    """Compare every table of a page with the report."""
    recall = found["recall"]
    totals = [row[1] for row in page.tables["totals"]]
    counts = [found[name] for name in ("reviews", "crammed", "reviews_today", "days", "streak")]
    lately = [recall["asked"], recall["recalled"], recall["recalled"] / recall["asked"], recall["target"]]
    assert totals == pytest.approx([*counts, *lately, found["archived"]])
    standing = ("topic", "questions", "due", "new", "learning", "young", "mature", "suspended")
    topics = sorted(found["topics"], key=lambda topic: topic["readiness"])
    assert page.tables["topics"] == [[topic[name] for name in standing] for topic in topics]
    ready = ("topic", "readiness", "questions", "new")
    assert page.tables["readiness"] == [[topic[name] for name in ready] for topic in topics]
    weeks = [["–" if week is None else week for week in topic["weeks"]] for topic in topics]
    expected = [[t["topic"], t["asked"], t["recalled"], *w] for t, w in zip(topics, weeks, strict=True)]
    assert page.tables["recall"] == expected
    days = [[day["day"], day["count"]] for day in found["activity"]]
    assert page.tables["activity"] == days[::-1]
    forecast = [[day["day"], day["count"]] for day in found["forecast"]]
    assert [*forecast, found["later"]] == [*page.tables["forecast"][:-1], page.tables["forecast"][-1][1]]
    bins = [[b[name] for name in ("low", "high", "reviews", "predicted", "actual")] for b in found["calibration"]]
    assert page.tables["calibration"] == bins
    assert page.tables["times"] == [[t["kind"], t["answers"], t["median_seconds"]] for t in found["times"]]
    shown = [[m["name"], m["times"], m["questions"], m["last"]] for m in found["misconceptions"]]
    assert page.tables["misconceptions"] == shown
    assert page.tables.get("leeches", []) == [[le["question"], le["topic"], le["lapses"]] for le in found["leeches"]]


@pytest.mark.usefixtures("decks")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_number_of_the_report_stands_in_a_table(tmp_path: Path, home: Path, lang: str) -> None:
    learn(home)
    file, found = written(tmp_path, "--lang", lang)
    text = file.read_text("utf-8")
    same_numbers(Page(text), found)
    assert f'<html lang="{lang}">' in text
    assert ("readiness" in text.split("<main>")[1].replace('id="readiness"', "")) == (lang == "en")


@pytest.mark.usefixtures("decks")
def test_the_page_has_no_script_and_names_nothing_to_load(tmp_path: Path, home: Path) -> None:
    learn(home)
    file, _ = written(tmp_path)
    page = Page(file.read_text("utf-8"))
    assert page.addresses == {"data:,"}
    assert page.tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    assert "url(" not in file.read_text("utf-8")


@pytest.mark.usefixtures("decks")
def test_names_from_decks_and_logs_are_text_and_never_markup(tmp_path: Path, home: Path) -> None:
    learn(home, misconception='<script>alert("1")</script> & more')
    file, found = written(tmp_path)
    page = Page(file.read_text("utf-8"))
    assert "script" not in page.tags
    assert page.tables["misconceptions"][0][0] == found["misconceptions"][0]["name"]


def test_an_empty_log_gives_a_page_that_says_so_without_charts_of_nothing(tmp_path: Path) -> None:
    page = Page(written(tmp_path)[0].read_text("utf-8"))
    assert set(page.tables) == {"totals", "readiness", "topics"}
    assert page.tables["totals"][0] == ["reviews", 0.0]


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    ended = ptquiz("stats", "--html", str(tmp_path / "nowhere" / "stats.html"))
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.startswith(f"ptquiz: cannot write {tmp_path / 'nowhere' / 'stats.html'}: ")
    assert list(tmp_path.glob("**/*.html*")) == []


@needs_browser
@pytest.mark.usefixtures("decks")
def test_a_browser_opens_it_without_a_request_or_a_complaint_and_shows_the_same_numbers(
    tmp_path: Path, home: Path
) -> None:
    learn(home)
    file, found = written(tmp_path)
    seen = visit(file, tmp_path)
    assert (seen.console, seen.requests) == ((), ())
    same_numbers(Page(seen.dom), found)


@needs_browser
def test_the_browser_tells_of_requests_and_complaints(tmp_path: Path) -> None:
    page = tmp_path / "other.html"
    page.write_text('<script>console.error("no")</script><img src="http://127.0.0.1:9/x.png">', "utf-8")
    seen = visit(page, tmp_path)
    assert '"no"' in seen.console[0]
    assert seen.requests == ("http://127.0.0.1:9/x.png",)


@needs_browser
def test_the_page_is_light_or_dark_as_the_reader_has_it(tmp_path: Path) -> None:
    file, _ = written(tmp_path)
    assert background(file, tmp_path, dark=False) == (0xFF, 0xFF, 0xFF)
    assert background(file, tmp_path, dark=True) == (0x14, 0x18, 0x1D)
