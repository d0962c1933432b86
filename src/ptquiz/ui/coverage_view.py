"""Show how questions spread over kinds, levels and difficulties."""

from __future__ import annotations

from ptquiz.commands.coverage import DIFFICULTIES, KINDS, Coverage
from ptquiz.domain.questions import Level
from ptquiz.ui.lines import sentence
from ptquiz.ui.tables_view import show_table
from ptquiz.ui.terminal.screen import Screen


def show_coverage(screen: Screen, coverage: Coverage, *, by_kind: bool) -> None:
    """Print a row for each topic, or for each of its kinds, and what a topic has none of."""
    (_by_kind if by_kind else _by_topic)(screen, coverage)
    _missing(screen, coverage)


def _by_topic(screen: Screen, coverage: Coverage) -> None:
    words = screen.words
    languages = sorted({language for summary in coverage.summaries for language in summary.translated})
    head = (words("topic"), words("questions"), words("kinds"), *(level.value for level in Level))
    head += (words("proven"), words("families"), words("code"), *languages)
    rows = [
        (
            each.topic,
            str(each.questions),
            str(each.kinds),
            *(str(coverage.count(topic=each.topic, level=level)) for level in Level),
            f"{100 * each.proven // max(each.questions, 1)}%",
            str(each.families),
            str(each.tasks),
            *(str(each.translated.get(language, 0)) for language in languages),
        )
        for each in coverage.summaries
    ]
    show_table(screen, head, rows)
    screen.blank()
    sentence(screen, words("proven: decided by a run; families vary; code: write and fix. -t TOPIC shows its kinds."))


def _by_kind(screen: Screen, coverage: Coverage) -> None:
    words = screen.words
    rows = []
    for topic in coverage.topics:
        kinds = [kind for kind in KINDS if coverage.count(topic=topic, kind=kind)]
        rows += [_row(coverage, topic if i == 0 else "", kind, topic) for i, kind in enumerate(kinds)]
        rows.append(_row(coverage, "" if kinds else topic, words("all kinds"), topic, every=True))
    if len(coverage.topics) > 1:
        rows.append(_row(coverage, words("all topics"), words("all kinds"), None, every=True))
    levels, difficulties = (level.value for level in Level), (f"d{n}" for n in DIFFICULTIES)
    show_table(screen, (words("topic"), words("kind"), words("questions"), *levels, *difficulties), rows)
    screen.blank()
    sentence(screen, words("d1 to d5 are difficulties"))


def _missing(screen: Screen, coverage: Coverage) -> None:
    words = screen.words
    screen.blank()
    sentence(screen, words("what a topic has none of:"))
    for topic in coverage.topics:
        missing = coverage.missing(topic)
        named = (
            *missing.kinds,
            *(words("level {level}", level=level) for level in missing.levels),
            *(words("difficulty {n}", n=n) for n in missing.difficulties),
        )
        screen.item(topic, ", ".join(named) or words("nothing is missing"))


def _row(coverage: Coverage, name: str, kind: str, topic: str | None, *, every: bool = False) -> tuple[str, ...]:
    only = None if every else kind
    counts = (
        coverage.count(topic=topic, kind=only),
        *(coverage.count(topic=topic, kind=only, level=level) for level in Level),
        *(coverage.count(topic=topic, kind=only, difficulty=n) for n in DIFFICULTIES),
    )
    return (name, kind, *(str(count) for count in counts))
