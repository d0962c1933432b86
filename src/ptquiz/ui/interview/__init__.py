"""The mock interview: at a terminal, from a script, and its report."""
