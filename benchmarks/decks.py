"""Decks that are generated, as many questions as wanted."""

from __future__ import annotations

from pathlib import Path

IN_ONE_DECK = 100
TYPICAL = (
    "net = nn.Sequential(nn.Linear(16, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 1))",
    "net(torch.randn(64, 16)).sum().backward()",
    "assert net[0].weight.grad.shape == (32, 16)",
)
"""A program as questions have them: a small network, forward and backward."""

HEAD = """\
format: 1
deck: deck-{deck:05}
title: Deck {deck}
rank: {rank}
setup: |
  import torch
explain:
  - level: answer
    title: The answer
    text: |
      A paragraph of some length, as an explanation has, about what the deck is about, and why.
    run: print(torch.ones(3))
questions:
"""
CHOICE = """\
  - id: deck-{deck:05}-choice-{n}
    kind: choice
    level: answer
    tags: [first, second]
    ask: What does the layer number {n} of deck {deck} do with the elements that it keeps?
    options:
      - {{text: multiplies them by 1.25, right: true, why: The mean stays the same then.}}
      - {{text: leaves them as they are, why: Then the mean would shrink by a fifth., misconception: no-scaling}}
      - {{text: divides them by 2, why: That would be too much for this rate.}}
    hints: [Think of the mean., It is more than 1.]
    proof: |
      y = torch.nn.Dropout(0.2)(torch.ones(1000))
      print(y.max())
      assert y.max() == 1.25
    explain: What is kept is divided by the probability of being kept, so that the mean stays the same.
    source: [torch.nn.Dropout]
"""
FLASHCARD = """\
  - id: deck-{deck:05}-card-{n}
    kind: flashcard
    level: follow-up
    ask: Why is statement {n} of deck {deck} true for every tensor that is not empty?
    answer: Because its mean is the sum of its elements divided by their number.
    explain: An empty tensor has no mean, and torch returns nan for it.
"""
PROVEN = """\
  - id: proven-{n}
    kind: choice
    level: answer
    ask: Which shape has the gradient of the first layer of network {n}?
    options:
      - {{text: that of its weight, right: true, why: Every element has one.}}
      - {{text: that of its input, why: That is another gradient.}}
    proof: |
      from torch import nn
      {proof}
    explain: The gradient of a parameter has the shape of the parameter.
    source: [torch.nn.Linear]
"""


def write_decks(folder: Path, questions: int) -> int:
    """Write decks that hold so many questions together; return how many files there are."""
    folder.mkdir(parents=True)
    decks = max(1, questions // IN_ONE_DECK)
    for deck in range(decks):
        kinds = ((FLASHCARD if n % 2 else CHOICE).format(deck=deck, n=n) for n in range(min(questions, IN_ONE_DECK)))
        text = HEAD.format(deck=deck, rank=1 + deck % 100) + "".join(kinds)
        (folder / f"deck-{deck:05}.yaml").write_text(text, "utf-8")
    return decks


def write_proven(path: Path, questions: int) -> None:
    """Write one deck of choices that a typical program proves."""
    proof = "\n      ".join(TYPICAL)
    text = HEAD.format(deck=0, rank=1) + "".join(PROVEN.format(n=n, proof=proof) for n in range(questions))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
