"""Show what was learned: every plot is made of characters and every number stands beside it."""

from __future__ import annotations

from datetime import timedelta

from rich.cells import cell_len

from ptquiz.commands.stats import Stats
from ptquiz.ui.bars import bar, room, spark
from ptquiz.ui.dates import day_in_week, full_day, short_day
from ptquiz.ui.heatmap import show_heatmap
from ptquiz.ui.lines import listed, padded, percent, sentence
from ptquiz.ui.tables_view import show_table
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
    words, recall = screen.words, stats.recall
    share = words("none yet")
    if recall.asked:
        share = words(
            "{share} (target {target})", share=percent(recall.recalled / recall.asked), target=percent(recall.target)
        )
    reviews = words.count("{n} review", "{n} reviews", stats.reviews)
    days = words.count("{n} day", "{n} days", stats.days)
    parts = (
        words("{reviews} on {days}", reviews=reviews, days=days),
        words("{n} today", n=stats.reviews_today),
        words("streak {days}", days=words.count("{n} day", "{n} days", stats.streak)),
        words("recall in {n} days {share}", n=recall.days, share=share),
    )
    listed(screen, parts)


def _show_counts(screen: Screen, stats: Stats) -> None:
    words = screen.words
    head = (
        *(words("topic"), words("questions"), words("due"), words("new"), words("learning")),
        *(words("young"), words("mature"), words("suspended")),
    )
    rows = [
        (t.topic, *(str(n) for n in (t.questions, t.due, t.new, t.learning, t.young, t.mature, t.suspended)))
        for t in stats.topics
    ]
    show_table(screen, head, rows)


def _show_readiness(screen: Screen, stats: Stats) -> None:
    words = screen.words
    if stats.readiness_on == stats.today:
        about = words("readiness today: the mean predicted recall, what was never seen counting as 0")
    else:
        day = short_day(words, stats.readiness_on)
        about = words("readiness on {day}: the mean predicted recall, what was never seen counting as 0", day=day)
    sentence(screen, about)
    rows = [
        (
            t.topic,
            percent(t.readiness),
            words(
                "{questions}, {n} never seen",
                questions=words.count("{n} question", "{n} questions", t.questions),
                n=t.new,
            ),
            words("{n} of {of}", n=t.recalled, of=t.asked) if t.asked else words("none"),
            spark(screen, t.weeks),
        )
        for t in sorted(stats.topics, key=lambda t: t.readiness)
    ]
    head = (words("topic"), words("ready"), words("evidence"), words("recalled, 30 days"), words("7 weeks"))
    show_table(screen, head, rows)


def _show_forecast(screen: Screen, stats: Stats) -> None:
    words = screen.words
    sentence(screen, words("due in the next 14 days, new questions not counted"))
    most = max(day.count for day in stats.forecast)
    names = [words("today") if day.day == stats.today else day_in_week(words, day.day) for day in stats.forecast]
    width = max(map(cell_len, names))
    for name, day in zip(names, stats.forecast, strict=True):
        start = f"  {padded(name, width)}  {day.count:>4}  "
        screen.line((start + bar(screen, day.count, most, width=room(screen, start))).rstrip())
    if stats.later:
        after = short_day(words, stats.forecast[-1].day + timedelta(days=1))
        screen.line("  " + words("from {day} on, {n} more", day=after, n=stats.later))


def _show_calibration(screen: Screen, stats: Stats) -> None:
    words = screen.words
    count = sum(found.reviews for found in stats.calibration)
    reviews = words.count("{n} review", "{n} reviews", count)
    off_by = f"{stats.off_by:.1%}"
    sentence(screen, words("predicted against actual recall, {reviews}, off by {share}", reviews=reviews, share=off_by))
    for found in stats.calibration:
        name = words("{low} to {high}", low=percent(found.low), high=percent(found.high))
        predicted = words("predicted {share}", share=f"{found.predicted:4.0%}")
        actual = words("actual {share}", share=f"{found.actual:4.0%}")
        start = f"  {padded(name, 11)}  {predicted}  {actual}  {found.reviews:>5}  "
        screen.line((start + bar(screen, found.actual, 1.0, width=room(screen, start))).rstrip())


def _show_times(screen: Screen, stats: Stats) -> None:
    words = screen.words
    sentence(screen, words("time for an answer, the median of each kind"))
    most = max(kind.median_seconds for kind in stats.times)
    answers = [words.count("{n} answer", "{n} answers", kind.answers) for kind in stats.times]
    width = max(map(cell_len, answers))
    for kind, counted in zip(stats.times, answers, strict=True):
        spent = words("{seconds} s, {answers}", seconds=f"{kind.median_seconds:>6.1f}", answers=padded(counted, width))
        start = f"  {kind.kind:<11} {spent}  "
        screen.line((start + bar(screen, kind.median_seconds, most, width=room(screen, start))).rstrip())


def _show_trouble(screen: Screen, stats: Stats) -> None:
    words = screen.words
    if stats.misconceptions:
        screen.blank()
        screen.line(words("misconceptions shown"))
        rows = [
            (
                m.name,
                words.count("{n} time", "{n} times", m.times),
                words.count("{n} question", "{n} questions", m.questions),
                words("last on {day}", day=full_day(words, m.last)),
            )
            for m in stats.misconceptions[:MOST_LISTED]
        ]
        show_table(screen, (words("name"), words("shown"), words("in"), ""), rows)
        screen.line(words("ptquiz practice --misconception NAME asks about one"))
    if stats.leeches:
        screen.blank()
        sentence(
            screen, words("leeches: forgotten again and again; another explanation helps more than another repetition")
        )
        for leech in stats.leeches[:MOST_LISTED]:
            lapses = words.count("{n} lapse", "{n} lapses", leech.lapses)
            screen.line(f"  {leech.question}: {lapses}, ptquiz explain {leech.topic}")
    if stats.archived:
        screen.blank()
        archived = words.count("{n} question", "{n} questions", stats.archived)
        screen.line(words("{questions} with a history in no deck now: ptquiz state archived", questions=archived))
