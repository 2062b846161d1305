"""From a month's ledger to the documents it calls for: what each of them says, before it has a number.

A content is plain JSON: text, whole kopecks and kWh, days as ISO text. It is stored as it was issued; page
and XML are made of it and of nothing else.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.documents.ledger import Ledger, Row

Content = dict[str, Any]
ADVANCE, INVOICE, ACT, TAX, CORRECTION, VOLUMES, RECONCILIATION, PENALTY = (
    "advance_invoice", "invoice", "act", "tax_invoice", "correction", "volumes", "reconciliation", "penalty_invoice",
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A document without its number: what names it among all, and what it says."""

    kind: str
    contract_number: str
    period: dt.date
    service_period: dt.date
    part: int
    drawn_on: dt.date
    content: Content


def drafts(ledger: Ledger, payee: Mapping[str, str]) -> Iterator[Draft]:
    """Every document that a month calls for, by contract; of a month that is not closed, advance invoices alone."""
    for number, contract in ledger.contracts.items():
        common = {"seller": dict(payee), "buyer": _buyer(contract)}
        yield from _advances(ledger, number, common)
        if ledger.is_closed:
            yield from _charged(ledger, number, common)
            yield from _corrected(ledger, number, common)
            yield from _volumes(ledger, number, common)
            yield from _reconciled(ledger, number, common)
            yield from _penalised(ledger, number, common)


def last_day(period: dt.date) -> dt.date:
    """The last day of a month: what it charges is dated so."""
    return (period.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _buyer(contract: Row) -> Content:
    return {
        "contract": contract["contract_number"],
        "signed_on": contract["signed_on"].isoformat(),
        "name": contract["name"],
        "inn": contract["inn"],
        "kpp": contract["kpp"] or "",
        "address": contract["address"],
        "person": contract["representative"] or "",
        "position": contract["position"] or "",
        "authority": contract["authority"] or "",
    }


def _advances(ledger: Ledger, number: str, common: Content) -> Iterator[Draft]:
    for part in ledger.parts.get(number, []):
        kopecks = int(part["amount_kopecks"])
        if not part["is_rest"] and kopecks > 0:
            content = {
                **common,
                "due_on": part["due_on"].isoformat(),
                "part": int(part["part"]),
                "total_kopecks": kopecks,
            }
            yield Draft(ADVANCE, number, ledger.period, ledger.period, int(part["part"]), ledger.period, content)


def _charged(ledger: Ledger, number: str, common: Content) -> Iterator[Draft]:
    lines = ledger.lines.get(number, [])
    drawn_on = last_day(ledger.period)
    if lines:
        total = _total(lines)
        rest = [part for part in ledger.parts.get(number, []) if part["is_rest"]]
        content = {
            **common,
            "rows": _by_component(lines),
            **_sums(lines),
            "to_pay_kopecks": int(rest[0]["amount_kopecks"]) if rest else total,
            "due_on": rest[0]["due_on"].isoformat() if rest else "",
        }
        yield Draft(INVOICE, number, ledger.period, ledger.period, 0, drawn_on, content)
    charges = [line for line in lines if line["is_charge"]]
    for period in sorted({line["service_period"] for line in charges}):
        own = [line for line in charges if line["service_period"] == period]
        content = {**common, "rows": _by_point(own), **_sums(own)}
        yield Draft(ACT, number, ledger.period, period, 0, drawn_on, content)
        if content["net_kopecks"] > 0:
            yield Draft(TAX, number, ledger.period, period, 0, drawn_on, content)


def _corrected(ledger: Ledger, number: str, common: Content) -> Iterator[Draft]:
    differences = [line for line in ledger.lines.get(number, []) if not line["is_charge"]]
    earlier = ledger.before.get(number, [])
    for period in sorted({line["service_period"] for line in differences}):
        own = [line for line in differences if line["service_period"] == period]
        if _sums(own) == _sums([]):
            continue
        known = [row for row in earlier if row["service_period"] == period]
        content = {**common, **_change(known, own), "rows": _changed_points(known, own)}
        yield Draft(CORRECTION, number, ledger.period, period, 0, last_day(ledger.period), content)


def _change(before: Iterable[Row], differences: Iterable[Row]) -> Content:
    was, change = _sums(before), _sums(differences)
    return {"before": was, "change": change, "after": {key: was[key] + change[key] for key in was}}


def _changed_points(before: list[Row], differences: list[Row]) -> list[Content]:
    """A row for each point and rate that the month changed, as `_by_point` would show it before and after."""

    def rows(name: Callable[[Row], tuple[str, int]]) -> list[Content]:
        found = []
        for point, vat_pct in sorted({name(row) for row in differences}):
            was, changes = ([row for row in rows if name(row) == (point, vat_pct)] for rows in (before, differences))
            row = {"point": point, "vat_pct": vat_pct, **_change(was, changes)}
            if row["before"] != row["after"]:
                found.append(row)
        return found

    found = rows(lambda row: (row["point_code"], int(row["vat_pct"])))
    if all(state[key] >= 0 for row in found for state in (row["before"], row["after"]) for key in state):
        return found
    return rows(lambda row: ("", int(row["vat_pct"])))


def _volumes(ledger: Ledger, number: str, common: Content) -> Iterator[Draft]:
    rows = [
        {
            "point": row["point_code"],
            "category": int(row["price_category"]),
            "kwh": int(row["kwh"]),
            "basis": row["basis"],
            "hours_measured": int(row["hours_measured"]),
            "hours_expected": int(row["hours_expected"]),
            "register_kwh": None if row["register_kwh"] is None else int(row["register_kwh"]),
        }
        for row in ledger.volumes.get(number, [])
    ]
    if rows:
        content = {**common, "rows": rows, "kwh": sum(int(row["kwh"] or 0) for row in rows)}
        yield Draft(VOLUMES, number, ledger.period, ledger.period, 0, last_day(ledger.period), content)


def _reconciled(ledger: Ledger, number: str, common: Content) -> Iterator[Draft]:
    for balance in ledger.balances.get(number, []):
        content = {
            **common,
            "from": ledger.period.replace(month=1).isoformat(),
            "opening_kopecks": int(balance["opening_kopecks"]),
            "rows": [
                {
                    "day": row["day"].isoformat(),
                    "kind": row["kind"],
                    "document": row["document_number"],
                    "kopecks": int(row["kopecks"]),
                }
                for row in ledger.movements.get(number, [])
            ],
            "closing_kopecks": int(balance["closing_kopecks"]),
        }
        yield Draft(
            RECONCILIATION,
            number,
            ledger.period,
            ledger.period,
            0,
            last_day(ledger.period),
            content,
        )


def _penalised(ledger: Ledger, number: str, common: Content) -> Iterator[Draft]:
    lines = ledger.penalties.get(number, [])
    if lines:
        rows = [
            {
                "service_period": line["period"].isoformat(),
                "due_on": line["due_on"].isoformat(),
                "day_from": line["day_from"].isoformat(),
                "day_to": line["day_to"].isoformat(),
                "days": int(line["days"]),
                "base_kopecks": int(line["base_kopecks"]),
                "fraction_divisor": int(line["fraction_divisor"]),
                "rate_pct": str(line["rate_pct"]),
                "kopecks": int(line["amount_kopecks"]),
            }
            for line in lines
        ]
        content = {**common, "rows": rows, "total_kopecks": int(lines[0]["asked_kopecks"])}
        yield Draft(PENALTY, number, ledger.period, ledger.period, 0, last_day(ledger.period), content)


def _sums(lines: Iterable[Row]) -> Content:
    rows = list(lines)
    return {
        "kwh": sum(int(row["kwh"]) for row in rows),
        "net_kopecks": sum(int(row["net_kopecks"]) for row in rows),
        "vat_kopecks": sum(int(row["vat_kopecks"]) for row in rows),
    }


def _total(lines: Iterable[Row]) -> int:
    sums = _sums(lines)
    return int(sums["net_kopecks"]) + int(sums["vat_kopecks"])


def _by_component(lines: Iterable[Row]) -> list[Content]:
    """Charges by component, then differences of earlier months, each month a row."""
    rows = list(lines)
    keys = sorted(
        {(not row["is_charge"], row["service_period"], row["component"], int(row["vat_pct"])) for row in rows}
    )
    return [
        {
            "component": component,
            "service_period": period.isoformat(),
            "is_correction": is_correction,
            "vat_pct": vat_pct,
            **_sums(
                row
                for row in rows
                if (not row["is_charge"], row["service_period"], row["component"], int(row["vat_pct"]))
                == (is_correction, period, component, vat_pct)
            ),
        }
        for is_correction, period, component, vat_pct in keys
    ]


def _by_point(lines: Iterable[Row]) -> list[Content]:
    """A row for each point and rate; one for the contract where a point would be below zero, as deviations can be."""
    rows = list(lines)
    found = [
        {
            "point": point,
            "vat_pct": vat_pct,
            **_sums(row for row in rows if (row["point_code"], int(row["vat_pct"])) == key),
        }
        for key in sorted({(row["point_code"], int(row["vat_pct"])) for row in rows})
        for point, vat_pct in [key]
    ]
    if all(row["net_kopecks"] >= 0 and row["vat_kopecks"] >= 0 for row in found):
        return found
    return [
        {"point": "", "vat_pct": vat_pct, **_sums(row for row in rows if int(row["vat_pct"]) == vat_pct)}
        for vat_pct in sorted({int(row["vat_pct"]) for row in rows})
    ]
