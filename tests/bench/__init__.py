"""Timings, run by `make bench` and never by a test."""
