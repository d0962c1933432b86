"""The command line: signatures, wiring, and the one place that prints errors and picks exit codes."""


def run() -> None:
    """Run the program and end the process."""
    import gc
    import sys

    # What a start loads stays; to search it for garbage again and again takes longer than to draw a question.
    gc.set_threshold(100_000, 10, 10)
    from ptquiz.cli.main import main

    raise SystemExit(main(sys.argv[1:]))
