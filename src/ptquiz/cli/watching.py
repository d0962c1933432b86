"""Check decks again whenever one of their files changes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ptquiz.banks.collection import Collection, deck_files
from ptquiz.cli.checking import (
    Checked,
    CheckOptions,
    Workshop,
    check_on,
    show_all,
    show_one,
    tell,
    write_what_is_asked,
)
from ptquiz.cli.environment import Environment
from ptquiz.commands.preview import look
from ptquiz.domain.plain import Plain, plain_question
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.errors import UsageError
from ptquiz.ui.preview_view import show_as_asked
from ptquiz.ui.terminal.screen import Screen

GLANCE = 0.5
"""Seconds between two looks at the files."""

MOST = 3
"""So many changed questions are shown whole, the others by their ids."""

Contents = dict[QuestionId, dict[str, Plain]]


def watch(environment: Environment, screen: Screen, options: CheckOptions) -> NoReturn:
    """Check decks, then again whenever a file changes, and show the questions that changed; until Ctrl-C.

    Raises UsageError when there is nothing to check at the beginning; later that is only told, because an
    editor may be replacing the file.
    """
    once = replace(options, watch=False)
    known: Contents | None = None
    with Workshop(once) as workshop:
        while True:
            # Before the files are written and read: what changes meanwhile is looked at next.
            write_what_is_asked(environment, once)
            seen = _stamps(options.paths)
            try:
                collection = _check(environment, screen, workshop)[0].report.collection
            except UsageError as problem:
                if known is None:
                    raise
                tell(environment, f"ptquiz: {screen.words.tell(problem.told)}")
            else:
                if known is not None and not once.json:
                    _show(environment, screen, workshop, changed(known, collection))
                known = (known or {}) | contents(collection)
            tell(environment, screen.words("watching; Ctrl-C ends"))
            while _stamps(options.paths) == seen:
                time.sleep(GLANCE)


def _check(environment: Environment, screen: Screen, workshop: Workshop) -> list[Checked]:
    options = workshop.options
    found = []
    for python in options.pythons or (environment.python,):
        found.append(check_on(environment, workshop, python))
        show_one(screen, options, found[-1])
    show_all(screen, options, found)
    return found


def contents(collection: Collection) -> Contents:
    """Return what the questions say, wherever in their files they stand; the deck's setup is left away."""
    return {q.id: plain_question(q, deck.setup) for deck in collection.decks for q in deck.questions}


def changed(known: Contents, collection: Collection) -> list[Question]:
    """Return the questions that are new or say something else than they did."""
    now = contents(collection)
    return [question for id_, question in collection.questions.items() if known.get(id_) != now[id_]]


def _show(environment: Environment, screen: Screen, workshop: Workshop, questions: list[Question]) -> None:
    """Print questions as a learner would see them."""
    runner = workshop.runner((workshop.options.pythons or (environment.python,))[0])
    for question in questions[:MOST]:
        screen.blank()
        show_as_asked(screen, look(question, runner.run, lambda _: True, seed=0), torch=lambda: runner.torch_version)
    if len(questions) > MOST:
        others = ", ".join(question.id for question in questions[MOST:])
        tell(environment, screen.words("changed, too: {ids} (ptquiz deck preview ID)", ids=others))


def _stamps(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return when each file was changed and how long it is; one that is gone is left out."""
    found = {}
    for file in deck_files(paths):
        try:
            status = file.stat()
        except OSError:
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found
