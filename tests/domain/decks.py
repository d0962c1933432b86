"""Short ways to make questions for tests."""

from __future__ import annotations

from pathlib import Path

from ptquiz.banks.reader import parse_deck
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import Question

HEAD = """\
format: 1
deck: sample
title: Sample
setup: |
  import torch
  from torch import nn
  import torch.nn.functional as F
"""

QUESTIONS = {
    "choice": """\
  - id: s-choice
    kind: choice
    level: answer
    ask: What is `1 / (1 - p)` for p = 0.2?
    explain: It keeps the mean.
    hints: [It is more than 1., Divide by 0.8.]
    options:
      - {text: "1.25", right: true, why: Divided by 0.8.}
      - {text: "0.8", why: That is 1 - p., misconception: scales-by-keep}
      - {text: "1.2", why: That is 1 + p.}
    value: 1 / (1 - 0.2)
""",
    "choices": """\
  - id: s-choices
    kind: choices
    level: follow-up
    ask: Which layers change with the mode?
    explain: Those that read the flag.
    options:
      - {text: Dropout, right: true, why: It drops., holds: "(nn.Dropout()(torch.ones(99)) == 0).any()"}
      - {text: Linear, right: false, why: It is affine., misconception: all-layers, holds: "False"}
      - {text: BatchNorm, right: true, why: It averages., holds: "True"}
""",
    "true-false": """\
  - id: s-claim
    kind: true-false
    level: answer
    ask: eval() turns gradients off.
    answer: false
    misconception: eval-is-no-grad
    explain: It sets one flag.
    proof: |
      y = nn.Linear(2, 1).eval()(torch.ones(2))
      print(y.requires_grad)
      assert y.requires_grad
""",
    "predict": """\
  - id: s-predict
    kind: predict
    level: answer
    ask: What does it print?
    explain: The batch comes first.
    code: |
      x = torch.zeros(2, 3)
      print(x.shape)
      print(x.sum().item())
""",
    "number": """\
  - id: s-number
    kind: number
    level: answer
    ask: How many parameters has `nn.Linear(3, 4)`?
    explain: Weights and biases.
    value: sum(p.numel() for p in nn.Linear(3, 4).parameters())
""",
    "flashcard": """\
  - id: s-flashcard
    kind: flashcard
    level: source
    ask: What is eval()?
    answer: "`self.train(False)`"
    explain: One line.
""",
    "fill": """\
  - id: s-fill
    kind: fill
    level: follow-up
    ask: Fill the blanks so that evaluation is right.
    explain: The flag and the recording are two things.
    code: |
      model = nn.Sequential(nn.Linear(2, 2), nn.Dropout())
      model.{{1}}()
      with torch.{{2}}():
          y = model(torch.ones(1, 2))
    blanks:
      - {answer: eval}
      - {answer: no_grad, accept: [inference_mode]}
    proof: assert not model.training and not y.requires_grad
""",
    "short": """\
  - id: s-short
    kind: short
    level: answer
    ask: What does eval() do?
    explain: One flag.
    answer: It sets training to False on every submodule; gradients are still computed.
    points:
      - {text: one flag, accept: [flag, training + false, 标志]}
      - {text: every submodule, accept: [submodule, recursive, children]}
      - {text: not autograd, accept: [gradients are still, autograd + not]}
""",
    "order": """\
  - id: s-order
    kind: order
    level: answer
    ask: Put one training step in order.
    explain: Forward, backward, step.
    setup: |
      w = torch.ones(1, requires_grad=True)
      opt = torch.optim.SGD([w], lr=0.1)
    steps:
      - loss = (w * 3).sum()
      - loss.backward()
      - opt.step()
    proof: assert w.item() < 1
""",
    "fix": """\
  - id: s-fix
    kind: fix
    level: answer
    ask: This softmax is over the wrong dimension. Mend it.
    explain: The last one.
    forbid: [torch.softmax]
    starter: |
      def soft(x):
          return x.softmax(0)
    solution: |
      def soft(x):
          return x.softmax(-1)
    checks:
      - name: values
        given: x = torch.randn(2, 3)
        call: soft(x)
        like: torch.softmax(x, -1)
""",
    "write": """\
  - id: s-write
    kind: write
    level: follow-up
    ask: Write `soft(x)`.
    explain: Over the last dimension.
    starter: |
      def soft(x):
          ...
    solution: |
      def soft(x):
          return x.softmax(-1)
    wrong:
      - {code: "def soft(x): return x.softmax(0)", why: Another dimension.}
    checks:
      - name: values
        given: x = torch.randn(2, 3)
        call: soft(x)
        like: torch.softmax(x, -1)
      - name: rows sum to one
        given: x = torch.randn(4, 5)
        observe: total = soft(x).sum(-1)
        expect: assert torch.allclose(got.total, torch.ones(4)), f"the rows sum to {got.total.tolist()}"
""",
}


def deck(*kinds: str, head: str = HEAD, extra: str = "") -> str:
    """Return the text of a deck with one question of each of these kinds, or of all."""
    return head + "questions:\n" + "".join(QUESTIONS[kind] for kind in kinds or QUESTIONS) + extra


def read(text: str, file: str = "sample.yaml") -> Deck:
    """Read a deck that must be well-formed."""
    reading = parse_deck(text.encode(), Path(file))
    assert reading.deck is not None, [str(problem) for problem in reading.problems]
    return reading.deck


def question(kind: str, **replaced: str) -> Question:
    """Return the sample question of a kind, with pieces of its text replaced."""
    text = deck(kind)
    for old, new in replaced.items():
        text = text.replace(old, new)
    return read(text).questions[0]
