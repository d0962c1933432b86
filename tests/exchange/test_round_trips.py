"""What is exported and imported again is the same; what is imported twice is there once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptquiz.banks.reader import parse_deck, read_deck
from ptquiz.commands.exporting_decks import export_deck
from ptquiz.commands.importing import import_cards
from ptquiz.domain.decks import Deck
from ptquiz.domain.plain import plain_deck
from ptquiz.domain.questions import Flashcard, Question
from ptquiz.exchange.cards import UnreadableCardsError
from tests.domain.decks import HEAD, deck, read
from tests.exchange.stacks import SAMPLES

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CARDS = """\
questions:
  - id: c-compare
    kind: flashcard
    level: follow-up
    difficulty: 4
    tags: [ops, basics]
    ask: Is `x < y` a **tensor**, and "why"?
    answer: |
      Yes: List[int] & vector<int> are not.

      ```
      x = torch.ones(2)
      if x.sum() < 3:
          print("it's <small>")
      ```

      - one `<b>`
      - two
    explain: |
      It is 1 < 2.

      1. first
      2. second
  - id: c-wrapped
    kind: flashcard
    level: answer
    ask: |
      A question whose author
      broke the line
    answer: "{{c1::not a cloze}} in $${braces}"
    explain: Über 中文 😀
"""


def words(question: Question) -> tuple[object, ...]:
    """Return what a card carries, line breaks within paragraphs apart."""
    assert isinstance(question, Flashcard)
    texts = tuple(tuple(text.split()) for text in (question.ask, question.answer, question.explain))
    return question.id, question.level, question.difficulty, sorted(question.tags), question.vary, texts


def again(original: Deck, suffix: str, folder: Path) -> Sequence[Question]:
    exported = folder / f"out{suffix}"
    export_deck(original, exported, {}, NOW)
    target = import_cards(exported, folder / "again.yaml", folder).path
    imported = read_deck(target).deck
    assert imported is not None
    return imported.questions


@pytest.mark.parametrize("suffix", [".apkg", ".csv"])
def test_flashcards_survive_export_and_import(suffix: str, tmp_path: Path) -> None:
    original = read(HEAD + CARDS.replace("{{c1::not a cloze}}", "no cloze"))
    assert [*map(words, again(original, suffix, tmp_path))] == [*map(words, original.questions)]


def test_json_is_the_deck_itself(tmp_path: Path) -> None:
    original = read(deck())
    export_deck(original, tmp_path / "a.json", {}, NOW)
    raw = (tmp_path / "a.json").read_bytes()
    assert json.loads(raw) == plain_deck(original)
    reading = parse_deck(raw, tmp_path / "a.json")
    assert reading.deck is not None
    assert plain_deck(reading.deck) == plain_deck(original)


@pytest.mark.parametrize("suffix", [".apkg", ".csv"])
def test_every_kind_becomes_a_flashcard_with_its_id(suffix: str, tmp_path: Path) -> None:
    original = read(deck())
    imported = again(original, suffix, tmp_path)
    assert [question.id for question in imported] == [question.id for question in original.questions]
    assert all(isinstance(question, Flashcard) for question in imported)


@pytest.mark.parametrize(
    ("first", "second"),
    [("anki-current.apkg", "anki-legacy.apkg"), ("anki-legacy.apkg", "anki-notes.txt")],
)
def test_a_second_import_adds_nothing(first: str, second: str, tmp_path: Path) -> None:
    made = import_cards(SAMPLES / first, None, tmp_path)
    assert (made.path, made.created, len(made.added)) == (tmp_path / "systems-torch.yaml", True, 6)
    before = made.path.read_bytes()
    repeated = import_cards(SAMPLES / second, None, tmp_path)
    assert (repeated.created, repeated.added, repeated.updated) == (False, (), ())
    assert made.path.read_bytes() == before


def test_a_second_import_updates_what_changed(tmp_path: Path) -> None:
    source = tmp_path / "cards.csv"
    source.write_text("a,one\nb,two\n", "utf-8")
    first = import_cards(source, None, tmp_path)
    source.write_text("a,one more\nc,three\n", "utf-8")
    second = import_cards(source, None, tmp_path)
    assert second.updated == first.added[:1]
    assert (len(second.added), second.missing) == (1, 1)
    imported = read_deck(first.path).deck
    assert imported is not None
    assert [q.answer for q in imported.questions if isinstance(q, Flashcard)] == ["one more", "two", "three"]


def test_the_same_cards_always_give_the_same_bytes(tmp_path: Path) -> None:
    written = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written.add(import_cards(SAMPLES / "anki-current.apkg", None, tmp_path / name).path.read_bytes())
    assert len(written) == 1


def test_a_question_that_is_no_flashcard_any_more_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    target.write_text(deck(), "utf-8")
    export_deck(read(deck()), tmp_path / "a.csv", {}, NOW)
    done = import_cards(tmp_path / "a.csv", target, tmp_path)
    assert target.read_text("utf-8") == deck()
    assert set(done.kept) == {q.id for q in read(deck()).questions} - {"s-flashcard"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(
        st.sampled_from("ab,;\t\"\n#:<>&${}[]`*-|'\\ \x00\x1b\u2028\u202e\ufeff\u00e9\u4e2d\U0001f600"), max_size=150
    )
)
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.md"])
def test_any_text_is_a_deck_that_can_be_read_or_an_explained_error(name: str, text: str, tmp_path: Path) -> None:
    source, target = tmp_path / name, tmp_path / "made.yaml"
    target.unlink(missing_ok=True)
    source.write_text(text if name != "a.md" else f"Q: a{text}\nA: b{text}\nC: [c]{text}", "utf-8", newline="")
    try:
        import_cards(source, target, tmp_path)
    except UnreadableCardsError:
        return
    written = target.read_bytes()
    assert read_deck(target).deck is not None
    again = import_cards(source, target, tmp_path)
    assert (again.added, again.updated, target.read_bytes()) == ((), (), written)
