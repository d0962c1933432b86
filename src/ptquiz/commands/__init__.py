"""One use case a file: each takes its dependencies, returns a result and prints nothing."""
