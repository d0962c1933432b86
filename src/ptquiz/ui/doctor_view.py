"""Show what an installation can do."""

from __future__ import annotations

from ptquiz import __version__
from ptquiz.commands.library import Library
from ptquiz.paths import Paths
from ptquiz.runner.machine import Machine
from ptquiz.ui.terminal.screen import Screen


def show_installation(screen: Screen, paths: Paths, library: Library, reviews: str) -> None:
    """Print the version, the folders, the decks and the log."""
    screen.line(f"ptquiz     {__version__}")
    screen.line(f"reviews    {reviews}: {paths.journal}")
    screen.line(f"cache      {paths.cache}")
    questions = len(library.collection.questions)
    broken = len(library.collection.broken)
    unreadable = f", {broken} cannot be read" if broken else ""
    screen.line(f"decks      {len(library.collection.decks)} with {questions} questions{unreadable}")


def show_machine(screen: Screen, machine: Machine) -> None:
    """Print torch and every layer that contains a snippet."""
    screen.line(f"torch      {machine.torch}, python {machine.python}, {machine.platform}")
    screen.line(f"           {machine.executable}")
    screen.line("sandbox")
    for layer in machine.layers:
        screen.item("on " if layer.active else "OFF", f"{layer.name}: {layer.note}" if layer.note else layer.name)
