"""What the shipped banks hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from documents import GENERATED, cell
from ptquiz.banks.collection import collect, deck_files
from ptquiz.banks.reader import read_deck
from ptquiz.commands.coverage import DIFFICULTIES, KINDS, Coverage, cover
from ptquiz.domain.questions import Level

ROOT = Path(__file__).resolve().parents[2]


def bank_table() -> str:
    """Render what the shipped banks hold."""
    collection = collect(deck_files([ROOT / "questions"]), read_deck)
    if collection.problems:
        raise SystemExit(f"the banks cannot be read: {collection.problems[0]}")
    coverage = cover(collection.decks, collection.translations)
    lines = [
        "# What the banks hold",
        "",
        GENERATED,
        "",
        "*Proven* questions are decided by a run against the installed torch; *families* vary their numbers;",
        "*wrong* are the listed wrong solutions of code tasks, all of which the checks reject.",
        "`ptquiz deck coverage -t TOPIC` shows a topic in detail.",
        "",
        *_bank_rows(coverage),
        "",
        "## By kind and difficulty",
        "",
        *_kind_rows(coverage),
        "",
        "## Courses",
        "",
        "| course | | topics |",
        "|---|---|---|",
        *(f"| `{c.course}` | {cell(c.title)} | {', '.join(c.topics)} |" for c in collection.courses),
    ]
    return "\n".join(lines) + "\n"


def _bank_rows(coverage: Coverage) -> Iterator[str]:
    head = ["topic", "", "questions", *Level, "kinds", "proven", "families", "code", "wrong", "sections", "Chinese"]
    yield f"| {' | '.join(head)} |"
    yield "|---|---|" + "--:|" * (len(Level) + 8)
    for each in coverage.summaries:
        levels = [coverage.count(topic=each.topic, level=level) for level in Level]
        share = f"{100 * each.proven // max(each.questions, 1)} %"
        numbers = [each.questions, *levels, each.kinds, share, each.families, each.tasks, each.wrong, each.sections]
        cells = [f"`{each.topic}`", cell(each.title), *map(str, numbers), str(each.translated.get("zh", 0))]
        yield f"| {' | '.join(cells)} |"
    totals = [
        sum(each.questions for each in coverage.summaries),
        *(coverage.count(level=level) for level in Level),
        "",
        f"{100 * sum(e.proven for e in coverage.summaries) // sum(e.questions for e in coverage.summaries)} %",
        *(
            sum(getattr(each, name) for each in coverage.summaries)
            for name in ("families", "tasks", "wrong", "sections")
        ),
        sum(each.translated.get("zh", 0) for each in coverage.summaries),
    ]
    yield f"| all | | {' | '.join(map(str, totals))} |"


def _kind_rows(coverage: Coverage) -> Iterator[str]:
    yield f"| topic | {' | '.join(KINDS)} | {' | '.join(f'd{n}' for n in DIFFICULTIES)} |"
    yield "|---|" + "--:|" * (len(KINDS) + len(DIFFICULTIES))
    for topic in (*coverage.topics, None):
        counts = [coverage.count(topic=topic, kind=kind) for kind in KINDS]
        counts += [coverage.count(topic=topic, difficulty=n) for n in DIFFICULTIES]
        yield f"| {f'`{topic}`' if topic else 'all'} | {' | '.join(map(str, counts))} |"
