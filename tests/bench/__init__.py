"""Timings, run by `make bench` and never by a test. A module of `tests.bench.parts` is a part, found by its name."""
