"""What a session asks is the same, whether every question is looked at or only those that matter."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ptquiz.banks.collection import Collection, collect, deck_files
from ptquiz.banks.compiled import Compiled, open_collection
from ptquiz.banks.index import DeckIndex
from ptquiz.banks.reader import read_deck
from ptquiz.banks.trust import question_fingerprint
from ptquiz.commands.agenda import Wishes, draw_up
from ptquiz.commands.clock import utc_offset
from ptquiz.commands.due import list_due
from ptquiz.commands.library import Library
from ptquiz.commands.renames import RenamedJournal
from ptquiz.commands.requirements import suited
from ptquiz.commands.selection import AgainFailed, Ahead, Believed, Cram, Due, Selection, Weakest
from ptquiz.domain.courses import chosen
from ptquiz.domain.judging.judge import needs_run
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.requirements import satisfied
from ptquiz.domain.reviews import Entry, Journal
from ptquiz.errors import UsageError
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.plan import Plan
from ptquiz.scheduling.queue import Candidate, Limits, build_queue
from ptquiz.scheduling.replay import replay
from ptquiz.store.memory_journal import MemoryJournal
from tests.scheduling.logs import NOON, logs

TORCH = "2.13.0+cpu"
TOPICS = ("first", "second", "third")
IDS = tuple(f"{topic}-{n}" for topic in TOPICS for n in range(4))
OLD = "first-before"
HEAD = "format: 1\ndeck: {deck}\ntitle: A deck\nrank: {rank}\nquestions:\n"
BODIES = {
    "flashcard": "    answer: It is.\n",
    "predict": "    code: print({number})\n",
    "choice": "    options:\n      - {{text: a, right: true, why: Yes.}}\n"
    "      - {{text: b, why: No., misconception: m-{number}}}\n",
}
LEVELS = ("answer", "follow-up", "source")


@dataclass(frozen=True)
class Case:
    files: dict[str, str]
    log: list[Entry]
    wishes: Wishes
    course: bool
    believed: frozenset[str]
    agreed: frozenset[QuestionId]
    days: int


def question(chance: Random, id: QuestionId) -> str:
    kind = chance.choice(sorted(BODIES))
    others = [other for other in (*IDS, OLD) if other != id and (id, other) != (IDS[0], OLD)]
    follows = ", ".join(chance.sample(others, chance.randint(0, 2)))
    requires = chance.choice(["", "", "", "    requires: torch>=2.4\n", "    requires: torch>=99\n"])
    text = (
        f"  - id: {id}\n    kind: {kind}\n    level: {chance.choice(LEVELS)}\n    ask: What?\n    explain: So it is.\n"
    )
    aliases = f"    aliases: [{OLD}]\n" if id == IDS[0] else ""
    return text + f"    follows: [{follows}]\n" + requires + aliases + BODIES[kind].format(number=IDS.index(id))


def files(chance: Random) -> dict[str, str]:
    """Write three decks and a course."""
    found = {}
    for topic in TOPICS:
        asked = "".join(question(chance, id) for id in IDS if id.startswith(topic))
        found[topic] = HEAD.format(deck=topic, rank=chance.randint(1, 3)) + asked
    steps = ""
    for _ in range(chance.randint(1, 4)):
        only = ", ".join(chance.sample(LEVELS, chance.randint(0, 2)))
        steps += f"  - {{topic: {chance.choice(TOPICS)}, levels: [{only}]}}\n"
    return found | {"way": f"format: 1\ncourse: way\ntitle: The way\nsteps:\n{steps}"}


def wishes(chance: Random) -> Wishes:
    plan = Plan(made=NOON.date(), interview=NOON.date() + timedelta(days=300), minutes=9, topics=("second",))
    selections: list[Selection] = [*[Due()] * 12, Ahead(3), Cram(), Weakest(), AgainFailed(), Believed("m-2")]
    return Wishes(
        new_per_day=chance.randint(0, 12),
        reviews_per_day=chance.randint(0, 9),
        topics=chance.choice([(), (), ("first",), ("third", "first")]),
        selection=chance.choice(selections),
        plan=chance.choice([*[None] * 5, plan]),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw what happened; the rest follows from that and a number, so that it is varied from the first example on."""
    log = draw(logs(questions=(*IDS[::3], OLD, "gone"), max_size=20))
    chance = Random(f"{draw(st.integers(0, 2**32))} {log}")
    return Case(
        files=files(chance),
        log=log,
        wishes=wishes(chance),
        course=chance.random() < 0.3,
        believed=frozenset(chance.sample(TOPICS, chance.randint(0, 3))),
        agreed=frozenset(chance.sample(IDS, chance.randint(0, len(IDS)))),
        days=chance.randint(0, 60),
    )


def journal_of(case: Case, collection: Collection) -> Journal:
    below = MemoryJournal(replay)
    for entry in case.log:
        below.append(entry)
    return RenamedJournal(below, collection.renamed, lambda: replay)


def library_of(case: Case, collection: Collection) -> Library:
    agreed = {
        topic: tuple(
            question_fingerprint(question)
            for id, question in collection.questions.items()
            if question.deck == topic and id in case.agreed
        )
        for topic in TOPICS
    }
    return Library(collection, case.believed, agreed)


def siblings_among(wanted: Mapping[QuestionId, Question]) -> dict[QuestionId, set[QuestionId]]:
    """Return the siblings of each question that has any: a question and its follow-ups are siblings."""
    families = [{id, *(other for other in q.follows if other in wanted)} for id, q in wanted.items()]
    found = {id: set().union(*(family for family in families if id in family)) - {id} for id in wanted}
    return {id: others for id, others in found.items() if others}


def by_looking_at_all(
    library: Library, journal: Journal, asked: Wishes, now: datetime
) -> tuple[tuple[QuestionId, ...], int, int]:
    """Return the queue, how much nothing can judge, and how many reviews wait, by the plain definitions."""
    offered: dict[QuestionId, Question] = {
        id: q for id, q in library.collection.questions.items() if satisfied(q.requires, TORCH)
    }
    if asked.course is not None:
        offered = chosen(asked.course, offered)
    wanted = {id: q for id, q in offered.items() if not asked.topics or q.deck in asked.topics}
    usable = {id: q for id, q in wanted.items() if not needs_run(q) or library.trusts(q)}
    offset, states = utc_offset(now), journal.states()
    today = study_day(now, utc_offset=offset)
    queue = build_queue(
        [Candidate(q.id, q.deck) for q in usable.values()],
        states,
        now=now,
        utc_offset=offset,
        limits=Limits(new=asked.new_per_day, reviews=asked.reviews_per_day),
        siblings=siblings_among(wanted),
    )
    overdue = {id for id in journal.overdue(day=today) if id in wanted}
    at_hand = journal.pertinent(until=now, day=today, reviews=False)
    is_open = {id for id in wanted if id in overdue or id in at_hand or id not in journal.scheduled()}
    return queue, len(is_open - usable.keys()), len((overdue & usable.keys()) - set(queue))


def agenda_of(case: Case, library: Library, now: datetime) -> tuple[object, object]:
    journal, asked = journal_of(case, library.collection), case.wishes
    if case.course:
        asked = replace(asked, course=library.collection.courses[0])
    outlines = suited(library.collection.outlines, lambda: TORCH).outlines
    try:
        agenda = draw_up(outlines, journal, asked, now=now, may_run=library.may_run)
    except UsageError as error:  # a misconception that nothing names
        return repr(error), ""
    if isinstance(asked.selection, Due) and asked.plan is None:
        plain = by_looking_at_all(library, journal, asked, now)
        assert (agenda.queue, agenda.not_runnable, agenda.put_off) == plain
    return agenda, list_due(outlines, journal, now=now, topics=asked.topics)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_reading_later_asks_the_same_as_reading_everything(case: Case) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "decks")
        folder.mkdir()
        for topic, text in case.files.items():
            (folder / f"{topic}.yaml").write_text(text, "utf-8")
        found, index = deck_files([folder]), DeckIndex(Path(name, "index"))
        whole = collect(found, read_deck)
        assert list(map(str, whole.problems)) == []
        open_collection(index, found)
        read_later = open_collection(index, found)
        assert isinstance(read_later, Compiled)
        now = NOON + timedelta(days=case.days)
        assert agenda_of(case, library_of(case, read_later), now) == agenda_of(case, library_of(case, whole), now)
