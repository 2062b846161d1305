"""What the supplier tells everybody: questions and answers, services with their dated prices, partners.

Rows of `data/reference`, each with its source and how sure it is; nothing here is about an account.
"""

import datetime as dt
from pathlib import Path

import polars as pl

AUDIENCES = ("household", "business")
PRICES = ("exact", "at_most")


def questions(reference: Path) -> pl.DataFrame:
    """Questions and answers, topic after topic."""
    return _read(reference, "faq")


def services(reference: Path, audience: str, day: dt.date) -> pl.DataFrame:
    """Services for households or businesses with the price that holds on a day, rubles with VAT."""
    return (
        _read(reference, "service_price")
        .with_columns(
            pl.col("valid_from", "valid_to").str.to_date(),
            pl.col("price_rub").cast(pl.Decimal(12, 2)),
        )
        .filter(pl.col("audience") == audience, pl.col("valid_from") <= day, pl.col("valid_to") > day)
    )


def partners(reference: Path) -> pl.DataFrame:
    """Whom the supplier works with, and what for."""
    return _read(reference, "partner")


def _read(reference: Path, table: str) -> pl.DataFrame:
    return pl.read_csv(reference / f"{table}.csv", infer_schema=False).with_columns(pl.all().fill_null(""))
