"""The part of the statistics page about topics: how ready one is, what was recalled, where questions stand."""

from __future__ import annotations

from collections.abc import Iterator

from ptquiz.commands.stats import Stats
from ptquiz.commands.topics import RECALL_DAYS, WEEKS_OF_RECALL, TopicReport
from ptquiz.ui.page.charts import Bar, Part, bars
from ptquiz.ui.page.drawing import Cell, Section, share, whole
from ptquiz.ui.words import Words


def topic_sections(stats: Stats, words: Words) -> Iterator[Section]:
    """Yield what is known of each topic, the least ready one first."""
    topics = sorted(stats.topics, key=lambda t: t.readiness)
    if topics:
        yield _readiness(stats, topics, words)
        yield _standing(topics, words)
    if any(t.asked for t in topics):
        yield _recall(stats, topics, words)


def _readiness(stats: Stats, topics: list[TopicReport], words: Words) -> Section:
    if stats.readiness_on == stats.today:
        title = words("readiness today")
    else:
        title = words("readiness on {day}", day=stats.readiness_on)
    rows = [
        Bar(
            name=t.topic, parts=(Part(t.readiness, "main", f"{t.topic}: {t.readiness:.1%}"),), said=f"{t.readiness:.0%}"
        )
        for t in topics
    ]
    return Section(
        title=title,
        note=words("the mean predicted recall, what was never seen counting as 0"),
        chart=bars(rows, about=title, most=1.0),
        head=(words("topic"), words("ready"), words("questions"), words("never seen")),
        rows=tuple((Cell(t.topic), share(t.readiness), whole(t.questions), whole(t.new)) for t in topics),
        name="readiness",
    )


def _standing(topics: list[TopicReport], words: Words) -> Section:
    names = {
        "mature": words("mature"),
        "young": words("young"),
        "learning": words("learning"),
        "new": words("new"),
    }
    rows = [
        Bar(
            name=t.topic,
            parts=tuple(
                Part(count, look, f"{names[look]}: {count}")
                for look, count in (("mature", t.mature), ("young", t.young), ("learning", t.learning), ("new", t.new))
            ),
            said=str(t.questions),
        )
        for t in topics
    ]
    title = words("where the questions stand")
    counts = ("questions", "due", "new", "learning", "young", "mature", "suspended")
    head = (words("questions"), words("due"), *(names[name] for name in counts[2:6]), words("suspended"))
    return Section(
        title=title,
        chart=bars(rows, about=title, legend=names),
        head=(words("topic"), *head),
        rows=tuple((Cell(t.topic), *(whole(getattr(t, name)) for name in counts)) for t in topics),
        name="topics",
    )


def _recall(stats: Stats, topics: list[TopicReport], words: Words) -> Section:
    target = stats.recall.target
    asked = [t for t in topics if t.asked]
    rows = [
        Bar(
            name=t.topic,
            parts=(Part(t.recalled / t.asked, "main", f"{t.topic}: {t.recalled} / {t.asked}"),),
            said=f"{t.recalled / t.asked:.0%}",
            mark=target,
        )
        for t in asked
    ]
    title = words("recall in {n} days against the target", n=RECALL_DAYS)
    weeks = tuple(words("week {n}", n=number - WEEKS_OF_RECALL) for number in range(1, WEEKS_OF_RECALL + 1))
    return Section(
        title=title,
        note=words("the line is the target, {share}; week 0 ends today", share=f"{target:.0%}"),
        chart=bars(rows, about=title, most=1.0),
        head=(words("topic"), words("asked"), words("recalled"), *weeks),
        rows=tuple((Cell(t.topic), whole(t.asked), whole(t.recalled), *map(share, t.weeks)) for t in topics),
        name="recall",
    )
