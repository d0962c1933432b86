"""The statistics as a page: what `ptquiz stats` prints, drawn and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ptquiz.commands.stats import WEEKS, Stats
from ptquiz.ui.page.charts import Bar, Part, against, bars, columns, heatmap
from ptquiz.ui.page.drawing import Cell, Chart, Section, share, whole
from ptquiz.ui.page.render import render
from ptquiz.ui.page.topics_part import topic_sections
from ptquiz.ui.words import Words


def stats_page(stats: Stats, words: Words, *, lang: str) -> str:
    """Return the whole report as HTML; parts about which nothing is known yet are left out."""
    return render(
        tuple(_sections(stats, words)),
        title=words("ptquiz: what you have learned"),
        subtitle=words("as of {day}; everything here is on this page, nothing is loaded", day=stats.today),
        as_table=words("as a table"),
        lang=lang,
    )


def _sections(stats: Stats, words: Words) -> Iterator[Section]:
    yield _totals(stats, words)
    yield from topic_sections(stats, words)
    if stats.activity:
        yield _activity(stats, words)
    if any(day.count for day in stats.forecast) or stats.later:
        yield _forecast(stats, words)
    if stats.calibration:
        yield _calibration(stats, words)
    if stats.times:
        yield _times(stats, words)
    if stats.misconceptions:
        yield _misconceptions(stats, words)
    if stats.leeches:
        yield _leeches(stats, words)


def _totals(stats: Stats, words: Words) -> Section:
    recall = stats.recall
    lately = recall.recalled / recall.asked if recall.asked else None
    rows = (
        (words("reviews"), whole(stats.reviews)),
        (words("of these, practice only"), whole(stats.crammed)),
        (words("reviews today"), whole(stats.reviews_today)),
        (words("days with a review"), whole(stats.days)),
        (words("days in a row"), whole(stats.streak)),
        (words("known questions asked in {n} days", n=recall.days), whole(recall.asked)),
        (words("of these, recalled"), whole(recall.recalled)),
        (words("recall"), share(lately)),
        (words("target"), share(recall.target if recall.asked else None)),
        (words("questions with a history in no deck now"), whole(stats.archived)),
    )
    return Section(
        title=words("in all"),
        head=(words("what"), words("how many")),
        rows=tuple((Cell(name), cell) for name, cell in rows),
        name="totals",
    )


def _activity(stats: Stats, words: Words) -> Section:
    def tip(day: date, count: int) -> str:
        return f"{day}: {words.count('{n} review', '{n} reviews', count)}"

    chart = heatmap(
        {day.day: day.count for day in stats.activity},
        today=stats.today,
        weeks=WEEKS,
        about=words("reviews a day, {weeks} weeks", weeks=WEEKS),
        weekday=lambda day: words(f"{day:%a}"),
        month=lambda day: words(f"{day:%b}"),
        tip=tip,
    )
    return Section(
        title=words("reviews a day, {weeks} weeks", weeks=WEEKS),
        chart=chart,
        head=(words("day"), words("reviews")),
        rows=tuple((Cell(day.day.isoformat()), whole(day.count)) for day in reversed(stats.activity)),
        name="activity",
        folded=True,
    )


def _forecast(stats: Stats, words: Words) -> Section:
    title = words("due in the next {n} days, new questions not counted", n=len(stats.forecast))
    days = [(f"{day.day:%d} {words(f'{day.day:%b}')}", day.count, day.day.isoformat()) for day in stats.forecast]
    rows = [(Cell(day.day.isoformat()), whole(day.count)) for day in stats.forecast]
    return Section(
        title=title,
        note=words("the first day is today and holds what is late"),
        chart=columns(days, about=title),
        head=(words("day"), words("due")),
        rows=(*rows, (Cell(words("later")), whole(stats.later))),
        name="forecast",
        folded=True,
    )


def _calibration(stats: Stats, words: Words) -> Section:
    points = [
        (
            found.predicted,
            found.actual,
            found.reviews,
            f"{found.predicted:.0%} → {found.actual:.0%}, {words.count('{n} review', '{n} reviews', found.reviews)}",
        )
        for found in stats.calibration
    ]
    title = words("predicted against actual recall")
    return Section(
        title=title,
        note=words(
            "off by {share} on average; on the dashed line predictions are right, and larger dots are more reviews",
            share=f"{stats.off_by:.1%}",
        ),
        chart=against(points, about=title, across=words("predicted"), upwards=words("actual")),
        head=(words("predictions from"), words("to"), words("reviews"), words("predicted"), words("actual")),
        rows=tuple(
            (share(f.low), share(f.high), whole(f.reviews), share(f.predicted), share(f.actual))
            for f in stats.calibration
        ),
        name="calibration",
    )


def _times(stats: Stats, words: Words) -> Section:
    rows = [
        Bar(
            name=kind.kind,
            parts=(Part(kind.median_seconds, "main", f"{kind.kind}: {kind.median_seconds:.1f} s"),),
            said=f"{kind.median_seconds:.1f} s",
        )
        for kind in stats.times
    ]
    title = words("time for an answer, the median of each kind")
    return Section(
        title=title,
        chart=bars(rows, about=title),
        head=(words("kind"), words("answers"), words("seconds")),
        rows=tuple(
            (Cell(kind.kind), whole(kind.answers), Cell(f"{kind.median_seconds:.1f}", kind.median_seconds))
            for kind in stats.times
        ),
        name="times",
    )


def _misconceptions(stats: Stats, words: Words) -> Section:
    title = words("misconceptions shown")
    return Section(
        title=title,
        note=words("ptquiz practice --misconception NAME asks about one"),
        chart=_misconception_bars(stats, title),
        head=(words("name"), words("times"), words("questions"), words("last on")),
        rows=tuple(
            (Cell(m.name), whole(m.times), whole(m.questions), Cell(m.last.isoformat())) for m in stats.misconceptions
        ),
        name="misconceptions",
    )


def _misconception_bars(stats: Stats, title: str) -> Chart:
    shown = [
        Bar(name=m.name, parts=(Part(m.times, "main", f"{m.name}: {m.times}"),), said=str(m.times))
        for m in stats.misconceptions[:10]
    ]
    return bars(shown, about=title)


def _leeches(stats: Stats, words: Words) -> Section:
    return Section(
        title=words("leeches"),
        note=words("forgotten again and again; another explanation helps more than another repetition"),
        head=(words("question"), words("topic"), words("lapses")),
        rows=tuple((Cell(leech.question), Cell(leech.topic), whole(leech.lapses)) for leech in stats.leeches),
        name="leeches",
    )
