"""Properties are judged by their result and never by their speed."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("ptquiz", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ptquiz")
