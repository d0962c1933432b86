"""Ask for a rating: what each one would do, and which is proposed."""

from __future__ import annotations

from collections.abc import Mapping

from ptquiz.domain.reviews import Rating
from ptquiz.scheduling.outlook import Next
from ptquiz.ui.keymap import Action, KeyMap
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import marked

NAMES = {
    Rating.AGAIN: marked("Again"),
    Rating.HARD: marked("Hard"),
    Rating.GOOD: marked("Good"),
    Rating.EASY: marked("Easy"),
}


def show_ratings(
    screen: Screen, ahead: Mapping[Rating, Next], proposed: Rating, keymap: KeyMap, *, solution: bool = False
) -> None:
    """Print what each rating would do, if it moves the schedule, which is proposed, and whether there is a solution."""
    words = screen.words
    intervals = {rating: f" {_interval(next_one)}" for rating, next_one in ahead.items()}
    names = {rating: words(NAMES[rating]) for rating in Rating}
    choices = [f"{rating.value} {names[rating]}{intervals.get(rating, '')}" for rating in Rating]
    screen.blank()
    if not ahead:
        screen.line(words("practice only: the schedule does not move"))
    undo, help_ = keymap.key(Action.UNDO), keymap.key(Action.KEYS)
    more = [f"{keymap.key(Action.SHOW)} {words('solution')}"] if solution else []
    common = [*more, f"{undo} {words('undo')}", f"{help_} {words('keys')}"]
    screen.bar([*choices, words("space = {rating}", rating=f"{proposed.value} {names[proposed]}"), *common])


def show_going_on(screen: Screen) -> None:
    """Say that an answer that was tried once more is not rated."""
    screen.blank()
    screen.bar([screen.words("not rated"), screen.words("enter next")])


def _interval(ahead: Next) -> str:
    days = ahead.interval
    if days < 1:
        return "<10m"
    if days < 31:
        return f"{days:.0f}d"
    return f"{days / 30.44:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y"
