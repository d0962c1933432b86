"""Show what an installation can do."""

from __future__ import annotations

from ptquiz import __version__
from ptquiz.commands.library import Library
from ptquiz.errors import PtquizError
from ptquiz.paths import Paths
from ptquiz.runner.machine import Machine
from ptquiz.ui.lines import padded
from ptquiz.ui.terminal.screen import Screen

NAME_CELLS = 11


def show_installation(screen: Screen, paths: Paths, library: Library, reviews: int | PtquizError) -> None:
    """Print the version, the folders, the decks, and what the log holds or what is wrong with it."""
    words = screen.words
    _show(screen, "ptquiz", __version__)
    if isinstance(reviews, PtquizError):
        _show(screen, words("reviews"), *map(words.tell, (reviews.told, *reviews.advice)))
    else:
        entries = words.count("{n} entry", "{n} entries", reviews)
        _show(screen, words("reviews"), words("{entries}: {file}", entries=entries, file=paths.journal))
    _show(screen, words("cache"), str(paths.cache))
    questions = words.count("{n} question", "{n} questions", len(library.collection.questions))
    decks = words.count("{n} deck", "{n} decks", len(library.collection.decks))
    counted = words("{decks} with {questions}", decks=decks, questions=questions)
    broken = len(library.collection.broken)
    unreadable = words.count("{n} deck cannot be read", "{n} decks cannot be read", broken)
    _show(screen, words("decks"), counted + (words(", ") + unreadable if broken else ""))


def show_machine(screen: Screen, machine: Machine) -> None:
    """Print torch and every layer that contains a snippet."""
    words = screen.words
    _show(screen, "torch", f"{machine.torch}, python {machine.python}, {machine.platform}", machine.executable)
    screen.line(words("sandbox"))
    marks = {True: words("on "), False: words("OFF")}
    for layer in machine.layers:
        screen.item(marks[layer.active], f"{layer.name}: {words.tell(layer.note)}" if layer.note else layer.name)


def show_no_torch(screen: Screen, problem: PtquizError) -> None:
    """Say why nothing can be run, and what to do about it."""
    first, *more = (screen.words.tell(message) for message in (problem.told, *problem.advice))
    _show(screen, "torch", first, *more)


def _show(screen: Screen, name: str, *values: str) -> None:
    """Print what something is called and what it is, each value on its own line."""
    for place, value in enumerate(values):
        screen.line(f"{padded('' if place else name, NAME_CELLS)}{value}")
