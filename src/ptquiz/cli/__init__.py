"""The command line: signatures, wiring, and the one place that prints errors and picks exit codes."""
