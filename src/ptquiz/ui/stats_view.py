"""Show what was learned: every plot is made of characters and every number stands beside it."""

from __future__ import annotations

from datetime import timedelta

from ptquiz.commands.stats import Stats
from ptquiz.ui.bars import bar, spark
from ptquiz.ui.heatmap import show_heatmap
from ptquiz.ui.tables_view import counted, show_table
from ptquiz.ui.terminal.screen import Screen

MOST_LISTED = 10
"""Misconceptions and leeches that are listed; --json has all."""


def show_stats(screen: Screen, stats: Stats) -> None:
    """Print the whole report; parts about which nothing is known yet are left out."""
    _show_totals(screen, stats)
    screen.blank()
    _show_counts(screen, stats)
    screen.blank()
    _show_readiness(screen, stats)
    if stats.activity:
        screen.blank()
        show_heatmap(screen, stats)
    if any(day.count for day in stats.forecast) or stats.later:
        screen.blank()
        _show_forecast(screen, stats)
    if stats.calibration:
        screen.blank()
        _show_calibration(screen, stats)
    if stats.times:
        screen.blank()
        _show_times(screen, stats)
    _show_trouble(screen, stats)


def _show_totals(screen: Screen, stats: Stats) -> None:
    recall = stats.recall
    share = f"{recall.recalled / recall.asked:.0%} (target {recall.target:.0%})" if recall.asked else "none yet"
    parts = (
        f"{counted(stats.reviews, 'review')} on {counted(stats.days, 'day')}",
        f"{stats.reviews_today} today",
        f"streak {counted(stats.streak, 'day')}",
        f"recall in {recall.days} days {share}",
    )
    screen.line(screen.glyphs.separator.join(parts))


def _show_counts(screen: Screen, stats: Stats) -> None:
    head = ("topic", "questions", "due", "new", "learning", "young", "mature", "suspended")
    rows = [
        (t.topic, *(str(n) for n in (t.questions, t.due, t.new, t.learning, t.young, t.mature, t.suspended)))
        for t in stats.topics
    ]
    show_table(screen, head, rows)


def _show_readiness(screen: Screen, stats: Stats) -> None:
    on = "today" if stats.readiness_on == stats.today else f"on {stats.readiness_on:%d %b}"
    screen.line(f"readiness {on}: the mean predicted recall, what was never seen counting as 0")
    rows = [
        (
            t.topic,
            f"{t.readiness:.0%}",
            f"{counted(t.questions, 'question')}, {t.new} never seen",
            f"{t.recalled} of {t.asked}" if t.asked else "none",
            spark(screen, t.weeks),
        )
        for t in sorted(stats.topics, key=lambda t: t.readiness)
    ]
    show_table(screen, ("topic", "ready", "evidence", "recalled, 30 days", "7 weeks"), rows)


def _show_forecast(screen: Screen, stats: Stats) -> None:
    screen.line("due in the next 14 days, new questions not counted")
    most = max(day.count for day in stats.forecast)
    for day in stats.forecast:
        name = "today     " if day.day == stats.today else f"{day.day:%a %d %b}"
        screen.line(f"  {name}  {day.count:>4}  {bar(screen, day.count, most)}".rstrip())
    if stats.later:
        after = stats.forecast[-1].day + timedelta(days=1)
        screen.line(f"  from {after:%d %b} on, {stats.later} more")


def _show_calibration(screen: Screen, stats: Stats) -> None:
    reviews = sum(found.reviews for found in stats.calibration)
    screen.line(f"predicted against actual recall, {counted(reviews, 'review')}, off by {stats.off_by:.1%}")
    for found in stats.calibration:
        name = f"{found.low:.0%} to {found.high:.0%}"
        share = f"predicted {found.predicted:4.0%}  actual {found.actual:4.0%}"
        screen.line(f"  {name:<12} {share}  {found.reviews:>5}  {bar(screen, found.actual, 1.0)}".rstrip())


def _show_times(screen: Screen, stats: Stats) -> None:
    screen.line("time for an answer, the median of each kind")
    most = max(kind.median_seconds for kind in stats.times)
    for kind in stats.times:
        blocks = bar(screen, kind.median_seconds, most)
        screen.line(f"  {kind.kind:<11} {kind.median_seconds:>6.1f} s of {kind.answers:>5}  {blocks}".rstrip())


def _show_trouble(screen: Screen, stats: Stats) -> None:
    if stats.misconceptions:
        screen.blank()
        screen.line("misconceptions shown")
        rows = [
            (m.name, f"{m.times} times", counted(m.questions, "question"), f"last on {m.last:%d %b %Y}")
            for m in stats.misconceptions[:MOST_LISTED]
        ]
        show_table(screen, ("name", "shown", "in", ""), rows)
        screen.line("ptquiz practice --misconception NAME asks about one")
    if stats.leeches:
        screen.blank()
        screen.line("leeches: forgotten again and again; another explanation helps more than another repetition")
        for leech in stats.leeches[:MOST_LISTED]:
            screen.line(f"  {leech.question}: {leech.lapses} lapses, ptquiz explain {leech.topic}")
    if stats.archived:
        screen.blank()
        screen.line(f"{counted(stats.archived, 'question')} with a history in no deck now: ptquiz state archived")
