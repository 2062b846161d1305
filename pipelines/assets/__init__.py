"""Dagster glue: a few lines each, no rule lives here."""
