"""Anki packages: made by Anki itself, and made by somebody who means harm."""

from __future__ import annotations

import contextlib
import json
import random
import zipfile
from pathlib import Path

import pytest
import zstandard

from ptquiz.errors import BrokenDeckError
from ptquiz.exchange import archive, collection
from ptquiz.exchange.reading import read_cards
from tests.exchange.stacks import SAMPLES, card, database, package, sides

NOTE_TYPE = {
    "1": {
        "name": "Basic",
        "type": 0,
        "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}, {"name": "Why", "ord": 2}],
        "tmpls": [{"qfmt": "{{Front}} {{type:Back}}", "afmt": "{{FrontSide}}{{Back}}", "ord": 0}],
    }
}
SCHEMA = """
    CREATE TABLE col (models TEXT, decks TEXT);
    CREATE TABLE cards (id INTEGER, nid INTEGER, did INTEGER, ord INTEGER);
"""
NOTES = "CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, tags TEXT, flds TEXT);"
FILLED = f"""
    INSERT INTO col VALUES ('{json.dumps(NOTE_TYPE)}', '{{"5": {{"name": "D"}}}}');
    INSERT INTO cards VALUES (1, 1, 5, 0);
"""
NOTE = "INSERT INTO notes VALUES (1, 'guid', 1, ' t ', 'front\x1fback\x1fbecause');"


def legacy(folder: Path, script: str) -> Path:
    return package(folder / "a.apkg", {"collection.anki2": database(folder, script), "media": b"{}"})


@pytest.mark.parametrize("container", ["current", "legacy"])
def test_a_package_of_ankis_own_is_read(container: str) -> None:
    stack = read_cards(SAMPLES / f"anki-{container}.apkg")
    assert stack.title == "Systems::Torch"
    assert stack.left_out == ("2 pictures and sounds",)
    assert sides(stack)[1:3] == [("List[int]", "a list of ints"), ("a list of ints", "List[int]")]
    assert card(stack, "The mean and [second moment] of batch norm").back == "variance"
    assert card(stack, "Is `x < y` a tensor?").tags == ("deep-learning", "torch-ops")


def test_both_containers_and_the_text_export_give_the_same_cards() -> None:
    current, older, text = (
        read_cards(SAMPLES / name) for name in ("anki-current.apkg", "anki-legacy.apkg", "anki-notes.txt")
    )
    assert current == older
    assert set(text.cards) < set(current.cards)  # the text does not say that a note has a reversed card


def test_the_back_is_what_the_note_type_shows_there_and_the_rest_explains(tmp_path: Path) -> None:
    (only,) = read_cards(legacy(tmp_path, SCHEMA + NOTES + FILLED + NOTE)).cards
    assert (only.front, only.back, only.explain, only.tags) == ("front", "back", "because", ("t",))


def test_a_member_is_never_written_where_its_name_says(tmp_path: Path) -> None:
    made = database(tmp_path, SCHEMA + NOTES + FILLED + NOTE)
    path = package(tmp_path / "a.apkg", {"../../escaped": b"x", "/escaped": b"x", "collection.anki2": made})
    before = set(tmp_path.parent.rglob("*"))
    assert len(read_cards(path).cards) == 1
    assert set(tmp_path.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21b"])
def test_a_bomb_is_stopped_at_the_limit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_DATABASE", 4 * 1024 * 1024)
    bomb = bytes(16 * 1024 * 1024)
    content = zstandard.compress(bomb) if name.endswith("b") else bomb
    with pytest.raises(BrokenDeckError) as caught:
        read_cards(package(tmp_path / "a.apkg", {name: content}))
    assert caught.value.details == ("the collection in it is larger than 4 MiB; export fewer decks",)


def test_a_view_in_the_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    view = f"CREATE VIEW notes AS {endless} SELECT x AS id, 'g' AS guid, 1 AS mid, '' AS tags, '' AS flds FROM n;"
    with pytest.raises(BrokenDeckError) as caught:
        read_cards(legacy(tmp_path, SCHEMA + view + FILLED))
    assert caught.value.details == ("the collection in it has no table notes",)


def test_a_query_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MAX_STEPS", 2)
    monkeypatch.setattr(collection, "STEP", 100)
    rows = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 5000)"
    many = f"{rows} INSERT INTO cards SELECT x, x, 5, 0 FROM n;"
    with pytest.raises(BrokenDeckError) as caught:
        read_cards(legacy(tmp_path, SCHEMA + NOTES + FILLED + many))
    assert caught.value.details == ("the collection in it is damaged: interrupted",)


BROKEN = {
    "no archive": (b"just text", "this is no Anki package, or a damaged one: File is not a zip file"),
    "nothing": (b"", "this is no Anki package, or a damaged one: File is not a zip file"),
}


@pytest.mark.parametrize(("raw", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_archive_is_explained(raw: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.apkg").write_bytes(raw)
    with pytest.raises(BrokenDeckError) as caught:
        read_cards(tmp_path / "a.apkg")
    assert caught.value.details == (message,)


MEMBERS = {
    "no collection": ({"x": b""}, "there is no collection in it; export the deck from Anki as .apkg"),
    "no database": ({"collection.anki2": b"not a database" * 99}, "damaged: file is not a database"),
    "not compressed": ({"collection.anki21b": b"SQLite format 3"}, "damaged: zstd decompress error"),
    "newer": ({"meta": b"\x08\x09", "collection.anki21b": b""}, "the package has version 9"),
    "meta": ({"meta": b"\xff\xff", "collection.anki2": b""}, "a number does not end"),
}


@pytest.mark.parametrize(("members", "message"), MEMBERS.values(), ids=MEMBERS.keys())
def test_what_is_no_package_is_explained(members: dict[str, bytes], message: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenDeckError) as caught:
        read_cards(package(tmp_path / "a.apkg", members))
    assert message in caught.value.details[0]


@pytest.mark.parametrize("models", ["", "[]", "{}", '{"1": {}}', '{"x": 1}', "[" * 9999, '{"1": {"flds": 1}}'])
def test_note_types_that_are_none_are_explained(models: str, tmp_path: Path) -> None:
    script = SCHEMA + NOTES + NOTE + f"INSERT INTO col VALUES ('{models}', '{{}}');"
    with pytest.raises(BrokenDeckError):
        read_cards(legacy(tmp_path, script))


@pytest.mark.parametrize("container", ["current", "legacy"])
def test_a_damaged_package_never_ends_in_a_traceback(container: str, tmp_path: Path) -> None:
    whole = (SAMPLES / f"anki-{container}.apkg").read_bytes()
    drawn = random.Random(container)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(drawn.randint(1, 20)):
            damaged[drawn.randrange(len(damaged))] = drawn.randrange(256)
        path = tmp_path / "a.apkg"
        path.write_bytes(damaged[: drawn.choice((len(damaged), drawn.randrange(len(damaged))))])
        with contextlib.suppress(BrokenDeckError):
            read_cards(path)


@pytest.mark.parametrize("name", ["collection.anki21b", "collection.anki21"])
def test_a_damaged_database_never_ends_in_a_traceback(name: str, tmp_path: Path) -> None:
    sample = SAMPLES / ("anki-current.apkg" if name.endswith("b") else "anki-legacy.apkg")
    with zipfile.ZipFile(sample) as whole:
        content = whole.read(name)
    if name.endswith("b"):
        with zstandard.ZstdDecompressor().stream_reader(content) as stream:
            content = stream.read()
    drawn = random.Random(name)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(drawn.randint(1, 200)):
            damaged[drawn.randrange(len(damaged))] = drawn.randrange(256)
        packed = zstandard.compress(bytes(damaged)) if name.endswith("b") else bytes(damaged)
        with contextlib.suppress(BrokenDeckError):
            read_cards(package(tmp_path / "a.apkg", {name: packed}))
