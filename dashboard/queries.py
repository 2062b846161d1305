"""One function per question a page asks: which file of `sql/dashboard` answers it, with which parameters.

Frames come back as the SQL declares them: money in whole kopecks, rates in tenths of a percent, periods as the
first of a month.
"""

import calendar
from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from dashboard.store import Snapshot, ask
from pipelines.settings import MOSCOW

ACCOUNT_DIGITS = 12
FOUND_AT_MOST = 50
"""What a search returns at most; the limit stands in the SQL."""

SEARCH_WORDS = 4
"""Words of a search that count; more are ignored."""

LOWER_CASE_WORDS = frozenset(
    {"ул", "пер", "пр", "пл", "кв", "дом", "корп", "стр", "район", "пос", "хутор", "станица", "село"}
)
"""Words that addresses write with a small letter."""

BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True)
class Place:
    """What part of the region and of its households is looked at; None: not narrowed, all None: the whole region."""

    branch: str | None = None
    site: str | None = None
    district: str | None = None
    category: str | None = None


REGION = Place()


def run_shown(snapshot: Snapshot) -> pl.DataFrame:
    """The run behind the snapshot: one row, none when the run table does not know it."""
    return ask(snapshot, "run_shown", run_id=snapshot.run_id)


def periods(snapshot: Snapshot) -> list[date]:
    """Months with balances, newest first; the open month when there are none yet."""
    return ask(snapshot, "periods")["period"].to_list() or [snapshot.open_period]


def month_to_show(snapshot: Snapshot) -> date:
    """The newest closed month, for the open one is only beginning; the open one when no other has balances."""
    return next((period for period in periods(snapshot) if period < snapshot.open_period), snapshot.open_period)


def places(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """District, branch and site: one row per district."""
    return ask(snapshot, "places", period=period)


def month_totals(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Sums of a place by month through `period`, oldest first, each beside the month before (`*_before`)."""
    return ask(snapshot, "month_totals", period=period, **asdict(place))


def latest_months(months: pl.DataFrame, span: int | None) -> pl.DataFrame:
    """The last `span` rows of a frame with one row per month; all of them when `span` is None."""
    return months if span is None else months.tail(span)


def district_totals(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Sums and place on the map: one row per district of the place chosen, with accounts or without."""
    return ask(snapshot, "district_totals", period=period, **asdict(place))


def reading_channels(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Readings of a month by channel: all, accepted, held, rejected."""
    return ask(snapshot, "reading_channels", channel=channel, period=period, **asdict(place))


def reading_reasons(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Rules that held or rejected readings of a month, with counts."""
    return ask(snapshot, "reading_reasons", channel=channel, period=period, **asdict(place))


def files_to_look_at(snapshot: Snapshot, channel: str | None = None) -> pl.DataFrame:
    """Files of the run shown that were refused or hold rejected rows."""
    return ask(snapshot, "files_to_look_at", channel=channel, run_id=snapshot.run_id)


def rejected_rows(snapshot: Snapshot, channel: str | None = None) -> pl.DataFrame:
    """Rejected lines of the run shown, at most 500."""
    return ask(snapshot, "rejected_rows", channel=channel, run_id=snapshot.run_id)


def suspense(snapshot: Snapshot, channel: str | None = None) -> pl.DataFrame:
    """One row: payments without an account, their sum and the oldest day."""
    return ask(snapshot, "suspense", channel=channel)


def suspense_payments(snapshot: Snapshot, channel: str | None = None) -> pl.DataFrame:
    """Payments without an account, of one channel or of all, newest first, at most 500."""
    return ask(snapshot, "suspense_payments", channel=channel)


def top_debtors(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """The 50 accounts that owe most at the end of a month."""
    return ask(snapshot, "top_debtors", period=period, **asdict(place))


def houses(
    snapshot: Snapshot, district: str, period: date, street: str | None, category: str | None = None
) -> pl.DataFrame:
    """Streets and settlements of a district in a month, or the houses of one: those that owe most first."""
    return ask(snapshot, "houses", category=category, district=district, period=period, street=street)


def house_accounts(
    snapshot: Snapshot, district: str, period: date, house: str, category: str | None = None
) -> pl.DataFrame:
    """Accounts of a house in a month, at most 500."""
    return ask(snapshot, "house_accounts", category=category, district=district, house=house, period=period)


def debt_distribution(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Eight classes of balance with accounts and sums; empty classes included."""
    return ask(snapshot, "debt_distribution", period=period, **asdict(place))


def on_day(snapshot: Snapshot) -> date:
    """The day of the snapshot in Moscow: debts are aged as of it."""
    return snapshot.as_of.astimezone(MOSCOW).date()


def debt_ages(snapshot: Snapshot, place: Place) -> pl.DataFrame:
    """Open debts now by class of age, classes without debts included."""
    return ask(
        snapshot,
        "debt_ages",
        **asdict(place),
    )


def debt_ages_by_district(snapshot: Snapshot, place: Place) -> pl.DataFrame:
    """Open debts now, a row per district and a column `age_N_kopecks` per class of age."""
    return ask(
        snapshot,
        "debt_ages_by_district",
        **asdict(place),
    )


def open_debts(snapshot: Snapshot, place: Place, age: int | None) -> pl.DataFrame:
    """Open debts now of one class of age or of all, the greatest first, at most 500."""
    return ask(
        snapshot,
        "open_debts",
        age=age,
        on_day=on_day(snapshot),
        **asdict(place),
    )


def roll_rates(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Accounts by their class of age at the end of the month before and at the end of `period`; -1 owes nothing."""
    return ask(
        snapshot,
        "roll_rates",
        period=period,
        **asdict(place),
    )


def restriction_candidates(snapshot: Snapshot, place: Place) -> pl.DataFrame:
    """Accounts that owe more than two normative months now, at most 500; each row has the count and sum of all."""
    return ask(
        snapshot,
        "restriction_candidates",
        **asdict(place),
    )


def penalty_months(snapshot: Snapshot, place: Place, period: date, span: int | None) -> pl.DataFrame:
    """Penalty posted and taken back by month, oldest first."""
    return ask(
        snapshot,
        "penalty_months",
        since=first_of_span(period, span),
        period=period,
        **asdict(place),
    )


def penalties(snapshot: Snapshot, place: Place, period: date) -> pl.DataFrame:
    """Accounts that penalty was posted to in a month, at most 500."""
    return ask(snapshot, "penalties", period=period, **asdict(place))


def payment_days(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Money posted in a month by day of payment and channel."""
    return ask(snapshot, "payment_days", channel=channel, period=period, **asdict(place))


def payment_channels(snapshot: Snapshot, place: Place, period: date, channel: str | None = None) -> pl.DataFrame:
    """Money posted in a month by channel, the greatest first."""
    return ask(snapshot, "payment_channels", channel=channel, period=period, **asdict(place))


def payments_posted(snapshot: Snapshot, place: Place, period: date, channel: str | None) -> pl.DataFrame:
    """Payments posted in a month, of one channel or of all, at most 500."""
    return ask(snapshot, "payments_posted", channel=channel, period=period, **asdict(place))


def registries(snapshot: Snapshot, period: date, channel: str | None = None) -> pl.DataFrame:
    """Files of payments of a month: rows and sums announced and found, those that differ first."""
    return ask(snapshot, "registries", channel=channel, period=period)


def suspense_waiting(snapshot: Snapshot, channel: str | None = None) -> pl.DataFrame:
    """Payments that wait for an account, with reason and days, at most 500."""
    return ask(snapshot, "suspense_waiting", channel=channel)


def payment_decisions(snapshot: Snapshot, period: date) -> pl.DataFrame:
    """Decisions about payments through a month, refused ones named, at most 500."""
    return ask(snapshot, "payment_decisions", period=period)


def search(snapshot: Snapshot, typed: str) -> pl.DataFrame:
    """Accounts that fit what was typed, at most 50: digits are a number or a meter's serial, else name and address."""
    text = " ".join(typed.split())
    if not text:
        return pl.DataFrame()
    if text.replace(" ", "").isdigit():
        digits = text.replace(" ", "")
        found = _by_number(snapshot, digits)
        return found if found.height else ask(snapshot, "accounts_by_meter", serial=digits)
    found = ask(snapshot, "accounts_by_words", **_words(text, loosely=False))
    if not found.height:
        found = ask(snapshot, "accounts_by_words_loosely", **_words(text, loosely=True))
    return found if found.height else ask(snapshot, "accounts_by_meter", serial=text)


def _by_number(snapshot: Snapshot, digits: str) -> pl.DataFrame:
    """All numbers that begin with the digits lie between the digits filled up with zeros and with nines."""
    if len(digits) > ACCOUNT_DIGITS:
        return pl.DataFrame()
    first, last = int(digits.ljust(ACCOUNT_DIGITS, "0")), int(digits.ljust(ACCOUNT_DIGITS, "9"))
    return ask(snapshot, "accounts_by_number", first=first, last=last)


def _words(text: str, *, loosely: bool) -> dict[str, str | None]:
    typed = [word for word in (word.strip(".,;") for word in text.split()) if word]
    written = [_as_written(word, loosely=loosely) for word in typed[:SEARCH_WORDS]]
    return {f"word{place + 1}": written[place] if place < len(written) else None for place in range(SEARCH_WORDS)}


def _as_written(word: str, *, loosely: bool) -> str:
    """How names and addresses write a word: names with a capital letter, the small words of an address without."""
    small = word.lower()
    if loosely:
        return small.replace("ё", "е")
    return small if small in LOWER_CASE_WORDS else small[0].upper() + small[1:]


def account_card(snapshot: Snapshot, account_number: int) -> pl.DataFrame:
    """The account as it is on the snapshot's day with its balance of the open month: one row, none when unknown."""
    on_day = snapshot.as_of.astimezone(MOSCOW).date()
    return ask(snapshot, "account_card", account_number=account_number, on_day=on_day, period=snapshot.open_period)


def account_versions(snapshot: Snapshot, account_number: int) -> pl.DataFrame:
    """How the account was described over time, newest first."""
    return ask(snapshot, "account_versions", account_number=account_number)


def account_meters(snapshot: Snapshot, account_number: int) -> pl.DataFrame:
    """Meters of the account, those in place first."""
    return ask(snapshot, "account_meters", account_number=account_number)


def account_months(snapshot: Snapshot, account_number: int, since: date) -> pl.DataFrame:
    """How the balance moved, a row a month, oldest first."""
    return ask(snapshot, "account_months", account_number=account_number, since=since)


def account_charges(snapshot: Snapshot, account_number: int, since: date) -> pl.DataFrame:
    """Lines posted since a month, newest first."""
    return ask(snapshot, "account_charges", account_number=account_number, since=since)


def bill_change(snapshot: Snapshot, account_number: int, period: date, before: date) -> pl.DataFrame:
    """Effects, in kopecks, that add up to what the bill of `period` has more than that of `before`."""
    return ask(snapshot, "bill_change", account_number=account_number, period=period, before=before)


def account_payments(snapshot: Snapshot, account_number: int, since: date) -> pl.DataFrame:
    """Payments posted since a month, newest first."""
    return ask(snapshot, "account_payments", account_number=account_number, since=since)


def account_readings(snapshot: Snapshot, account_number: int, since: date) -> pl.DataFrame:
    """Readings that count since a month, newest first, right or wrong."""
    return ask(snapshot, "account_readings", account_number=account_number, since=since)


def last_day(period: date) -> date:
    """The last day of a month."""
    return date(period.year, period.month, calendar.monthrange(period.year, period.month)[1])


def first_of_span(period: date, span: int | None) -> date:
    """The first of `span` months that end with `period`; the beginning of time when `span` is None."""
    if span is None:
        return BEGINNING
    index = period.year * 12 + period.month - span
    return date(index // 12, index % 12 + 1, 1)
