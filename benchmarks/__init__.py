"""Measure the speed and the memory of ptquiz beside other programs: `python -m benchmarks --help`."""
