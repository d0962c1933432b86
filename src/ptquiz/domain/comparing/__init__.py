"""Compare what was answered with what came out of a run."""
