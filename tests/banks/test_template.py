"""The deck that `deck new` writes."""

from __future__ import annotations

import pytest

from ptquiz.banks.template import fill_template
from ptquiz.commands.check import Unit, units
from ptquiz.domain.snippets import conduct
from ptquiz.runner import LiveRunner
from tests.domain.decks import read

DECK = read(fill_template("my-topic"), "my-topic.yaml")


@pytest.mark.parametrize("unit", list(units([DECK])), ids=lambda unit: unit.name)
def test_everything_in_the_template_holds(runner: LiveRunner, unit: Unit) -> None:
    assert conduct(unit.trial(), runner.run) == ()


def test_ids_begin_with_the_name_so_that_two_new_decks_do_not_clash() -> None:
    assert all(question.id.startswith("my-topic-") for question in read(fill_template("my-topic")).questions)
