"""Cards in columns, from Anki's text export or from any spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.errors import BrokenDeckError
from ptquiz.exchange.reading import read_cards
from tests.exchange.stacks import SAMPLES, card, sides, stack_of


def test_anki_notes_carry_guid_deck_and_tags() -> None:
    stack = read_cards(SAMPLES / "anki-notes.txt")
    assert stack.title == "Systems::Torch"
    assert stack.left_out == ("2 pictures and sounds",)
    first = card(stack, "Is `x < y` a tensor?")
    assert first.tags == ("deep-learning", "torch-ops")
    assert first.back == 'Yes, of dtype **bool**.\n\n```\nx = torch.ones(2)\ny = x < 2\n    # "quoted"\n```'
    assert card(stack, "The [...] and variance of [...]").back == "mean, batch norm"


def test_text_declared_as_plain_is_not_read_as_html() -> None:
    stack = read_cards(SAMPLES / "anki-plain.txt")
    assert ("List[int]", "a list of ints") in sides(stack)
    assert any(front == "Is x < y a tensor?" for front, _ in sides(stack))


HEADERS = {
    "separator by name": ("#separator:semicolon\na;b\n", [("a", "b")]),
    "separator by sign": ("#separator:|\na|b\n", [("a", "b")]),
    "spaces and capitals": ("#Separator: Pipe \n# Tags Column : 3\na|b|t\n", [("a", "b")]),
    "html": ("#html:true\n<b>a</b>,b\n", [("**a**", "b")]),
    "no html": ("#html:false\n<b>a</b>,b\n", [("<b>a</b>", "b")]),
    "guid in the last column": ("#separator:tab\n#guid column:3\na\tb\tg\n", [("a", "b")]),
    "front after the deck": ("#separator:tab\n#deck column:1\nD\ta\tb\n", [("a", "b")]),
    "unknown header": ("#if matches:update current\na,b\n", [("a", "b")]),
    "column beyond the row": ("#tags column:9999\na,b\n", [("a", "b")]),
    "column that is no number": ("#tags column:x\na,b\n", [("a", "b")]),
}


@pytest.mark.parametrize(("text", "expected"), HEADERS.values(), ids=HEADERS.keys())
def test_header_lines(text: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert sides(stack_of(tmp_path, "a.txt", text)) == expected


PLAIN = {
    "two columns": ("a.csv", "a,b\nc,d\n", [("a", "b"), ("c", "d")]),
    "names": ("a.csv", "Answer,Question\nb,a\n", [("a", "b")]),
    "tabs": ("a.tsv", "a\tb, c\n", [("a", "b, c")]),
    "semicolons": ("a.csv", "a;b\n", [("a", "b")]),
    "quotes and lines": ("a.csv", '"a ""x""",\n"q\nr","b\nc"\n', [("q\nr", "b\nc")]),
    "windows": ("a.csv", "\ufeffa,b\r\nc,d\r\n", [("a", "b"), ("c", "d")]),
    "code": ("a.csv", 'x < y,"List[int]"\n', [("x < y", "List[int]")]),
    "html found by itself": ("a.csv", "a<br>b,x &lt; y\n", [("a\n\nb", "x < y")]),
    "commas within semicolons": ("a.csv", "a, b, c;d\ne;f\n", [("a, b, c", "d"), ("e", "f")]),
    "blank rows": ("a.csv", "\n,\na,b\n\n", [("a", "b")]),
}


@pytest.mark.parametrize(("name", "text", "expected"), PLAIN.values(), ids=PLAIN.keys())
def test_plain_tables(name: str, text: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert sides(stack_of(tmp_path, name, text)) == expected


def test_columns_by_name(tmp_path: Path) -> None:
    text = "id,front,back,tags,extra,level,difficulty\n7,a,b,One two,more,follow-up,4\n"
    (only,) = stack_of(tmp_path, "a.csv", text).cards
    assert (only.key, only.id, only.tags, only.explain) == ("7", "", ("one", "two"), "more")
    assert (only.level, only.difficulty) == ("follow-up", 4)


def test_an_edited_answer_keeps_the_key_and_a_guid_keeps_it_through_any_edit(tmp_path: Path) -> None:
    assert stack_of(tmp_path, "a.csv", "a,b\n").cards[0].key == stack_of(tmp_path, "a.csv", "a,c\n").cards[0].key
    with_guid = "#guid column:1\ng,{},b\n"
    keys = {stack_of(tmp_path, "a.txt", with_guid.format(front)).cards[0].key for front in ("one", "two")}
    assert keys == {"g"}


def test_further_columns_become_the_explanation(tmp_path: Path) -> None:
    text = "#columns:Front,Back,Why,Where\na,b,because,here\n"
    assert stack_of(tmp_path, "a.txt", text).cards[0].explain == "**Why**: because\n\n**Where**: here"


def test_rows_without_a_back_are_counted(tmp_path: Path) -> None:
    assert stack_of(tmp_path, "a.csv", "a,b\nc\nd,\n").left_out == ("2 cards without a front or a back",)


BROKEN = {
    "empty": (b"", "there are no rows"),
    "one column": (b"a\nb\n", "no row has a front and a back"),
    "encoding": (b"a,b\nc,\xff\n", "{path}:2:3: byte 0xff is not UTF-8"),
}


@pytest.mark.parametrize(("raw", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_table_is_explained(raw: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(BrokenDeckError) as caught:
        read_cards(path)
    assert caught.value.message == f"cannot import {path}"
    assert caught.value.details[0] == message.format(path=path)
