"""The kinds of question, as a deck file spells them.

These types are the deck language: the reader decodes YAML into them by their annotations, the JSON
Schema is generated from them, and the compiled index stores them. They are msgspec structs and not
dataclasses because a closed union with a `kind:` tag can then be stored and described by the type alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from ptquiz.domain.snippets import Place, Snippet

QuestionId = str


class Needs(StrEnum):
    """What the code of a question needs beyond what every snippet may do."""

    WORKERS = "workers"
    """Processes of its own: DataLoader workers, multiprocessing."""


class Level(StrEnum):
    """How deep in the interview a question comes."""

    ANSWER = "answer"
    FOLLOW_UP = "follow-up"
    SOURCE = "source"


Identifier = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Lower-case words joined by single hyphens."""


FILLED = {"filled": "by the reader"}
"""Marks a field that is no key of the deck language."""


class Option(Struct, frozen=True, kw_only=True):
    """One option of a `choice` question."""

    text: str
    """What the learner reads."""
    why: str
    """Why it is right, or what is wrong with it."""
    right: bool = False
    """True for the one right option; may be left out where `value` decides."""
    misconception: Identifier | None = None
    """The wrong belief behind a wrong option, in a short slug."""


class Statement(Struct, frozen=True, kw_only=True):
    """One option of a `choices` question."""

    text: str
    """What the learner reads."""
    why: str
    """Why it is right, or what is wrong with it."""
    right: bool
    """Whether it belongs to the answer."""
    holds: Snippet | None = None
    """An expression that is true exactly when the option is right, evaluated live."""
    misconception: Identifier | None = None
    """The wrong belief of somebody who misjudges it, in a short slug."""


class Wrong(Struct, frozen=True, kw_only=True):
    """A plausible wrong solution that the checks must reject."""

    code: Snippet
    """The wrong solution."""
    why: str
    """What is wrong with it."""


class Survivor(Struct, frozen=True, kw_only=True):
    """A mutant of the solution that may pass every check, because it is right as well."""

    mutant: str
    """What `ptquiz check` calls it: `line 3, Sub becomes Add`."""
    why: str
    """Why it is no mistake."""
    place: Annotated[Place, Meta(extra=FILLED)] = Place()


class CodeCheck(Struct, frozen=True, kw_only=True):
    """One named check of a code answer: `call` like an oracle, or `observe` and `expect`."""

    name: str
    """What the learner reads when it passes or fails."""
    given: Snippet | None = None
    """Makes the seeded inputs; runs before `call`, `like`, `observe` and `expect` alike."""
    call: Snippet | None = None
    """An expression over the answer and the inputs."""
    like: Snippet | None = None
    """The oracle: an expression that never sees the answer."""
    observe: Snippet | None = None
    """Runs beside the answer; the names it binds are what `expect` sees as `got.name`."""
    expect: Snippet | None = None
    """Asserts over `got`, in a process that never saw the answer."""
    rel_tol: float | None = None
    """Relative tolerance of `call` against `like`; the default is torch's for the dtype."""
    abs_tol: float | None = None
    """Absolute tolerance of `call` against `like`; the default is torch's for the dtype."""


class QuestionBase(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every question has."""

    id: Identifier
    """Unique over all decks and never changed: the history of a question hangs on it."""
    ask: str
    """What the learner is asked."""
    level: Level
    difficulty: Annotated[int, Meta(ge=1, le=5)] = 2
    """From 1 (everybody knows it) to 5 (few experts do)."""
    tags: tuple[Identifier, ...] = ()
    """Words to find it by."""
    setup: tuple[Snippet, ...] = ()
    """Code that runs first and is not shown; the deck's own setup comes before it."""
    code: Snippet | None = None
    """Code that is shown with the question and runs before the proof."""
    proof: Snippet | None = None
    """Asserts the claim; shown, with what it printed, as evidence."""
    explain: str
    """Why the answer is what it is."""
    hints: tuple[str, ...] = ()
    """In the order in which they are given."""
    source: tuple[str, ...] = ()
    """Dotted names in torch, or addresses of documentation pages."""
    follows: tuple[Identifier, ...] = ()
    """The questions an interviewer would ask next."""
    vary: dict[str, Annotated[tuple[str, ...], Meta(min_length=1)]] = {}
    """Makes a family of questions: `${name}` stands for one of the values, anywhere in the question."""
    aliases: tuple[Identifier, ...] = ()
    """Ids this question had before."""
    requires: str | None = None
    """The torch it is true for: `torch>=2.4`."""
    seconds: Annotated[float, Meta(gt=0, le=60)] = 10.0
    """Wall-clock limit of each run."""
    needs: Needs | None = None
    """What its code needs beyond what every snippet may do: `workers` lets it start processes."""
    deck: Annotated[str, Meta(extra=FILLED)] = ""
    """The id of its deck."""
    place: Annotated[Place, Meta(extra=FILLED)] = Place()
    """Where the question begins in its file."""


class Choice(QuestionBase, frozen=True, kw_only=True, tag="choice"):
    """Pick one option."""

    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=9)]
    value: Snippet | None = None
    """An expression; the right option is the one whose text it prints."""


class Choices(QuestionBase, frozen=True, kw_only=True, tag="choices"):
    """Pick every option that is right."""

    options: Annotated[tuple[Statement, ...], Meta(min_length=2, max_length=9)]


class TrueFalse(QuestionBase, frozen=True, kw_only=True, tag="true-false"):
    """Judge a claim."""

    answer: bool
    """Whether the claim in `ask` is true."""
    holds: Snippet | None = None
    """An expression that says what `ask` says: its value, evaluated live, must be `answer`."""
    misconception: Identifier | None = None
    """What somebody believes who judges it wrongly."""


class Predict(QuestionBase, frozen=True, kw_only=True, tag="predict"):
    """Type what the code prints, or the exception it raises; the answer is the live run."""


class Number(QuestionBase, frozen=True, kw_only=True, tag="number"):
    """Type a number or a formula."""

    value: Snippet
    """An expression, evaluated live."""
    unit: str = ""
    """Shown behind the number."""
    rel_tol: Annotated[float, Meta(ge=0)] = 1e-3
    """How far off an answer may be, as a share of the value."""
    abs_tol: Annotated[float, Meta(ge=0)] = 0.0
    """How far off an answer may be."""


class Flashcard(QuestionBase, frozen=True, kw_only=True, tag="flashcard"):
    """Recall, reveal, rate."""

    answer: str
    """The back of the card."""


class Blank(Struct, frozen=True, kw_only=True):
    """One blank of a `fill` question."""

    answer: str
    """What belongs in the blank."""
    accept: tuple[str, ...] = ()
    """Other texts that are right; where a proof runs, whatever passes it is right as well."""


class Fill(QuestionBase, frozen=True, kw_only=True, tag="fill"):
    """Fill blanks, written `{{1}}`, `{{2}}`, in the code or, without code, in the question."""

    blanks: Annotated[tuple[Blank, ...], Meta(min_length=1, max_length=9)]


class Point(Struct, frozen=True, kw_only=True):
    """One thing that a good answer says."""

    text: str
    """The point, as the learner reads it."""
    accept: tuple[str, ...]
    """Wordings that say it; the parts of one joined by ` + ` must all occur."""


class Short(QuestionBase, frozen=True, kw_only=True, tag="short"):
    """Answer in one's own words; key points are proposed by their wordings, the learner decides."""

    answer: str
    """A model answer."""
    points: Annotated[tuple[Point, ...], Meta(min_length=1, max_length=9)]


class Order(QuestionBase, frozen=True, kw_only=True, tag="order"):
    """Put steps in order; where a proof runs, every order that passes it is right."""

    steps: Annotated[tuple[Snippet, ...], Meta(min_length=3, max_length=9)]
    """In a right order; code where there is a proof."""
    also: tuple[tuple[int, ...], ...] = ()
    """Other right orders, by places from 1; for steps that are not run."""


class CodeTask(QuestionBase, frozen=True, kw_only=True):
    """Code that has to pass every check."""

    starter: Snippet
    """What the editor opens with; it must fail the checks. For `fix`, the code to mend."""
    solution: Snippet
    """A solution; it must pass every check."""
    wrong: tuple[Wrong, ...] = ()
    checks: Annotated[tuple[CodeCheck, ...], Meta(min_length=1)]
    survivors: tuple[Survivor, ...] = ()
    forbid: tuple[str, ...] = ()
    """Dotted names in torch that the answer has to do without: using one raises."""


class Write(CodeTask, frozen=True, kw_only=True, tag="write"):
    """Write code that passes every check."""


class Fix(CodeTask, frozen=True, kw_only=True, tag="fix"):
    """Mend the given code."""


Question = Choice | Choices | TrueFalse | Predict | Fill | Number | Short | Flashcard | Order | Write | Fix
