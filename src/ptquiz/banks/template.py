"""The deck that `ptquiz deck new` writes: small, commented, and everything in it holds."""

from __future__ import annotations

PLACEHOLDER = "NEW-DECK"

TEMPLATE = """\
# A deck: one topic, its explanation and its questions. Prove it after every change:
#
#     ptquiz check NEW-DECK.yaml
#
# An editor that knows the deck language completes keys and marks mistakes:
#
#     ptquiz schema > deck.schema.json
#
# and this as the first line of the file:
#
#     # yaml-language-server: $schema=deck.schema.json

format: 1                 # of the language; stays as it is
deck: NEW-DECK            # the deck's id, and what you type after "practice -t"; lower-case words and hyphens
title: My new topic
about: One line that describes the topic in lists
language: en              # en or zh

# Runs before every snippet of the deck, and is not shown.
setup: |
  import torch
  from torch import nn
  import torch.nn.functional as F

# What "ptquiz explain NEW-DECK" shows: a ladder, as in an interview.
explain:
  - level: answer         # answer, then follow-up, then source
    title: The simple answer
    text: |
      Two or three sentences that you would say first. `code`, **bold** and lists are shown as such.
    # Executed while the reader reads; its output stands below it.
    run: |
      print(F.relu(torch.tensor([-1.0, 0.0, 2.0])))
    # The output it must have. Leave it out, and whatever it prints is right.
    shows: |
      tensor([0., 0., 2.])

  - level: source
    title: How torch does it
    text: |
      Name something in torch, and the code of the installed version is shown.
    source: torch.nn.ReLU.forward

questions:

  # Some of the kinds; docs/reference/deck.md has all of them and every key.
  # Pick one. Options are shuffled; each says why it is right, or what is wrong with it. `value` is an expression:
  # the right option is the one whose text it prints. Without it nothing but you ties `right: true` to the proof.
  - id: NEW-DECK-negative # never change an id once it was practised: the history hangs on it
    kind: choice
    level: answer
    difficulty: 1         # 1 to 5
    ask: What does ReLU make of a negative number?
    options:
      - text: "0"         # quotes are not needed, but YAML signs such as : # [ want them
        right: true
        why: It is `max(x, 0)`.
      - text: the same number
        why: That is what it does with positive numbers.
        misconception: relu-keeps-everything   # a name for the wrong belief; the summary shows it
      - text: its absolute value
        why: That would be `abs(x)`.
    hints:
      - It compares each number with one constant.
    value: int(F.relu(torch.tensor(-3.0)))
    # Runs when the question is answered, and is shown: print what convinces, then assert it.
    proof: |
      y = F.relu(torch.tensor([-3.0, -0.5]))
      print(y)
      assert torch.equal(y, torch.zeros(2))
    explain: ReLU keeps what is positive and sets everything else to zero.
    source: [torch.nn.ReLU]
    follows: [NEW-DECK-gradient]               # what an interviewer would ask next

  # A claim. The proof asserts the truth, also when the claim is false. `holds` says the claim as an expression, and
  # its value must be the `answer`. Without it nothing but you ties the answer to the proof.
  - id: NEW-DECK-gradient
    kind: true-false
    level: follow-up
    ask: The gradient of ReLU at a negative input is zero.
    answer: true
    holds: bool(torch.func.grad(F.relu)(torch.tensor(-2.0)) == 0)
    proof: |
      x = torch.tensor(-2.0, requires_grad=True)
      F.relu(x).backward()
      print(x.grad)
      assert x.grad == 0
    explain: The output does not depend on the input there, so nothing flows back.

  # The learner types what the code prints. Nothing is recorded: the live run is the answer.
  - id: NEW-DECK-shape
    kind: predict
    level: answer
    ask: What does this print?
    code: |
      print(F.relu(torch.zeros(2, 3)).shape)
    explain: ReLU works element by element, so the shape stays.

  # A number, or a formula for it; the expression is evaluated live.
  - id: NEW-DECK-parameters
    kind: number
    level: answer
    ask: How many parameters has `nn.ReLU()`?
    value: sum(p.numel() for p in nn.ReLU().parameters())
    explain: There is nothing to learn in it.

  # Recall, turn over, rate yourself.
  - id: NEW-DECK-why
    kind: flashcard
    level: follow-up
    ask: Why is there a non-linearity between two linear layers?
    answer: Without one, the two layers together are a single linear layer.
    explain: "`W2 (W1 x) = (W2 W1) x`."

  # Code. The starter must fail, the solution must pass, and every wrong solution must fail.
  - id: NEW-DECK-write
    kind: write
    level: source
    difficulty: 2
    ask: Write `my_relu(x)` without calling ReLU.
    starter: |
      def my_relu(x):
          ...
    solution: |
      def my_relu(x):
          return x.clamp(min=0)
    wrong:
      - code: |
          def my_relu(x):
              return x.abs()
        why: That keeps the size of negative numbers.
    checks:
      - name: values
        given: x = torch.randn(4, 5)           # seeded; the same for both sides
        call: my_relu(x)                       # may use the answer
        like: F.relu(x)                        # the oracle never sees the answer
    explain: "`clamp` with a lower bound is the same as the maximum with it."
"""


def fill_template(deck: str) -> str:
    """Return the text of a new deck with this id."""
    return TEMPLATE.replace(PLACEHOLDER, deck)
