"""The command line: signatures, wiring, and the one place that prints errors and picks exit codes."""


def run() -> None:
    """Run the program and end the process."""
    import sys

    from ptquiz.cli.main import main

    raise SystemExit(main(sys.argv[1:]))
