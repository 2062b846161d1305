"""What kinds of appeals ask for (`appeal_kind.csv` says which kind asks what), and whether it was written well."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.cabinet.front import forms
from dashboard.cabinet.front.pages import Field
from dashboard.cabinet.texts import CabinetWords

LONGEST_WORDS = 200


def _day(text: str) -> str | None:
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day.isoformat() if dt.date(2000, 1, 1) <= day <= dt.date(2100, 1, 1) else None


def _sum(text: str) -> str | None:
    kopecks = forms.kopecks(text)
    return f"{kopecks // 100},{kopecks % 100:02d}" if kopecks else None


def _words(text: str) -> str | None:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if 0 < len(plain) <= LONGEST_WORDS else None


def _account(text: str) -> str | None:
    number = forms.account(text)
    return None if number is None else str(number)


def _months(text: str) -> str | None:
    plain = text.strip()
    return plain if plain.isascii() and plain.isdecimal() and 1 <= int(plain[:3]) <= 36 and len(plain) <= 2 else None


DOCUMENT_KINDS = ("signed", "authority", "act", "reconciliation", "meter", "letter", "other")


def _document_kind(text: str) -> str | None:
    return text if text in DOCUMENT_KINDS else None


READ: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {
        "from_day": _day,
        "to_day": _day,
        "paid_day": _day,
        "wanted_day": _day,
        "sum": _sum,
        "to_account": _account,
        "meter_serial": forms.serial,
        "months": _months,
        "new_owner": _words,
        "earlier_number": _words,
        "document_kind": _document_kind,
    }
)
"""Field -> how it is read: what was written as it is kept, None where it will not do."""


def asked(name: str, words: CabinetWords) -> Field:
    """A field as it stands in the form."""
    if name == "document_kind":
        choices = [(kind, words(f"document_kind_{kind}")) for kind in DOCUMENT_KINDS]
        return Field(name, "need_document_kind", "choice", choices=choices)
    if READ[name] is _day:
        return Field(name, f"need_{name}", "date")
    return Field(name, f"need_{name}", inputmode="decimal" if name == "sum" else "")


def shown(name: str, value: str, words: CabinetWords) -> str:
    """What was written, as it reads."""
    if name == "document_kind":
        return words(f"document_kind_{value}")
    return words.day(dt.date.fromisoformat(value)) if READ.get(name) is _day else value
