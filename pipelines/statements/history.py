"""What an account's documents of any stretch of time say: rows of the published snapshot, since January 2014."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pipelines.settings import MOSCOW
from pipelines.statements.month import Row, StatementError, attached_snapshot, rows, table

BEGINNING = dt.date(2014, 1, 1)
"""The first month of balances: what is older came with the accounts as debts."""

END = dt.date(9999, 12, 1)
"""To the newest month, whichever that is."""


CODES = {
    "settlement": "settlement",
    "stove": "stove",
    "heating": "heating",
    "dwelling": "dwelling",
    "category": "category",
    "channel": "channel",
    "verdict": "verdict",
    "kind": "line_kind",
    "basis": "basis",
    "zone": "zone",
    "band": "band",
    "price_status": "value_status",
    "limit_status": "value_status",
    "status": "payment_status",
    "zone_plan": "zone_plan",
}
"""Columns that hold codes, and the set of the vocabulary they are of."""


@dataclass(frozen=True)
class History:
    """One account between two months, both in: who it is now, and the rows of its ledger and readings."""

    account: Row
    known_on: dt.date
    meters: list[Row]
    months: list[Row]
    charges: list[Row]
    penalties: list[Row]
    payments: list[Row]
    readings: list[Row]
    columns: dict[str, list[str]]
    """Names of the columns of each table, also of one without rows."""

    @property
    def first(self) -> dt.date:
        """The first month there is a balance of."""
        first: dt.date = self.months[0]["period"]
        return first

    @property
    def last(self) -> dt.date:
        """The last one."""
        last: dt.date = self.months[-1]["period"]
        return last

    def total(self, column: str) -> int:
        """The sum of a column over the months."""
        return sum(int(month[column]) for month in self.months)


def read_history(snapshot: Path, account: int, first: dt.date, last: dt.date) -> History:
    """The rows of an account between two months, both in; months it has no balance of are left out.

    Raises:
        StatementError: the account or the months are not in the snapshot.
    """
    if last < first:
        raise StatementError(f"Период {first:%m.%Y}–{last:%m.%Y} кончается раньше, чем начинается: поменяйте месяцы.")
    with attached_snapshot(snapshot) as connection:
        found = rows(connection, "history/account", account=account)
        if not found:
            raise StatementError(f"Лицевого счёта {account} нет: проверьте номер, 12 цифр.")
        [known] = rows(connection, "history/known")
        between = {"account": account, "first": first, "last": last}
        tables = {"meters": table(connection, "history/meter", account=account)} | {
            f"{name}s": table(connection, f"history/{name}", **between)
            for name in ("month", "charge", "payment", "reading")
        }
        tables["penalties"] = table(connection, "history/penalty", **between)
    history = History(
        found[0],
        known["as_of"].astimezone(MOSCOW).date(),
        **{name: lines for name, (_, lines) in tables.items()},
        columns={name: header for name, (header, _) in tables.items()},
    )
    if not history.months:
        raise StatementError(f"За {first:%m.%Y}–{last:%m.%Y} по счёту {account} ничего нет: проверьте период.")
    return history
