"""What holds unless the settings or an option say otherwise."""

from __future__ import annotations

NEW_PER_DAY = 10
"""New questions on a study day."""

REVIEWS_PER_DAY = 200
"""Reviews on a study day."""

RETENTION = 0.9
"""The desired retention: the probability of recall at which a question returns."""

RUN_SECONDS = 10
"""How long code may run, where its question sets no limit of its own."""
