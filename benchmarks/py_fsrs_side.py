"""The same fit as `tune.py` with py-fsrs, run by an interpreter that has `fsrs[optimizer]`.

It imports nothing of ptquiz, which need not be there. Reviews come on standard input as JSON: question, instant and
rating.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime

from fsrs import Optimizer, Rating, ReviewLog

from benchmarks.processes import memory


def fit(reviews: list[tuple[int, str, int]]) -> dict[str, object]:
    """Fit weights; return them with the seconds that took and the megabytes that the process has."""
    logs = [ReviewLog(card, Rating(rating), datetime.fromisoformat(at), None) for card, at, rating in reviews]
    began = time.perf_counter()
    weights = Optimizer(logs).compute_optimal_parameters()
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "weights": list(map(float, weights)), "resident": memory().resident}


if __name__ == "__main__":
    print(json.dumps(fit(json.load(sys.stdin))))
