"""Orders for a queue: mix two lists evenly, and keep questions of one topic apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeVar

Item = TypeVar("Item")


def mixed(many: Sequence[Item], few: Sequence[Item]) -> list[Item]:
    """Spread the second list evenly over the first; both keep their order."""
    slots = [
        ((i + 0.5) / len(items), rank, item) for rank, items in enumerate((many, few)) for i, item in enumerate(items)
    ]
    return [item for _, _, item in sorted(slots, key=lambda slot: slot[:2])]


def apart(items: Sequence[Item], *, topic: Callable[[Item], str]) -> list[Item]:
    """Reorder as little as needed so that neighbours have different topics wherever that is possible.

    Questions of one topic keep their order. Each place takes the first waiting question of another topic
    than the one before, unless one topic is so frequent that it must come now to be used up.
    """
    waiting: dict[str, deque[tuple[int, Item]]] = {}
    for index, item in enumerate(items):
        waiting.setdefault(topic(item), deque()).append((index, item))
    heads = [(queue[0][0], name) for name, queue in waiting.items()]
    heapify(heads)
    placed: list[Item] = []
    last = None
    for left in range(len(items), 0, -1):
        last = _topic_to_place(waiting, heads, left=left, last=last)
        placed.append(waiting[last].popleft()[1])
        if waiting[last]:
            heappush(heads, (waiting[last][0][0], last))
    return placed


def _topic_to_place(
    waiting: dict[str, deque[tuple[int, Item]]], heads: list[tuple[int, str]], *, left: int, last: str | None
) -> str:
    """Take the topic of the next place out of the heads."""
    crowded = next((name for name, queue in waiting.items() if 2 * len(queue) > left and name != last), None)
    if crowded is not None:
        heads.remove((waiting[crowded][0][0], crowded))
        heapify(heads)
        return crowded
    first = heappop(heads)
    if first[1] != last or not heads:
        return first[1]
    second = heappop(heads)
    heappush(heads, first)
    return second[1]
