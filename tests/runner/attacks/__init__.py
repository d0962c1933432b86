"""Attacks by snippets on the machine, the runner and its verdicts. All of them must be contained."""
