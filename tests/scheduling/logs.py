"""Random review logs, for the properties of the replay and of the journals."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from ptquiz.domain.reviews import Buried, Entry, Rated, Rating, Resumed, Suspended, Undone
from tests.scheduling.ratings import NOON, rated

__all__ = ["NOON", "entries", "in_order", "logs", "rated"]

retentions = st.sampled_from([0.7, 0.8, 0.85, 0.9, 0.95, 0.97]) | st.floats(0.01, 0.999)
offsets = st.sampled_from([0, 0, 60, 120, -300, 330, 480, 840, -720])
pauses = st.one_of(
    st.integers(0, 3),
    st.integers(0, 900),
    st.integers(0, 3 * 86_400),
    st.integers(0, 400 * 86_400),
    st.integers(-30 * 86_400, 0),
).map(lambda seconds: timedelta(seconds=seconds))
"""Time between two entries; sometimes the clock is put back."""


@st.composite
def entries(draw: st.DrawFn, *, id: str, question: str, at: datetime, targets: list[str]) -> Entry:
    """Draw one entry; an undoing aims at any earlier entry, even an undoing, or at nothing."""
    offset = draw(offsets)
    kind = draw(st.sampled_from(["rated"] * 6 + ["undone", "suspended", "resumed", "buried"]))
    match kind:
        case "rated":
            return Rated(
                id=id,
                question=question,
                at=at,
                utc_offset=offset,
                rating=draw(st.sampled_from(Rating)),
                retention=draw(retentions),
                wording=draw(st.sampled_from(["", "w1", "w2"])),
                meaning=draw(st.sampled_from(["", "m1", "m2"])),
                answer=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=3)),
                cram=draw(st.sampled_from([False] * 5 + [True])),
                back_by=draw(st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))),
            )
        case "undone":
            target = draw(st.sampled_from([*targets, "unknown"]))
            return Undone(id=id, question=question, at=at, utc_offset=offset, target=target)
        case "suspended":
            return Suspended(id=id, question=question, at=at)
        case "resumed":
            return Resumed(id=id, question=question, at=at)
        case _:
            until = draw(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
            return Buried(id=id, question=question, at=at, utc_offset=offset, until=until)


@st.composite
def logs(draw: st.DrawFn, *, questions: tuple[str, ...] = ("q",), max_size: int = 12) -> list[Entry]:
    """Draw a log in the order of writing, which is not always the order of time; ids are in no order."""
    ids = draw(st.permutations([f"e{n:02}" for n in range(draw(st.integers(0, max_size)))]))
    log: list[Entry] = []
    at = NOON
    for number, id in enumerate(ids):
        at += draw(pauses)
        question = draw(st.sampled_from(questions))
        log.append(draw(entries(id=id, question=question, at=at, targets=ids[:number])))
    return log


def in_order(log: list[Entry]) -> list[Entry]:
    """Sort as every journal does: by instant, then by id."""
    return sorted(log, key=lambda entry: (entry.at, entry.id))
