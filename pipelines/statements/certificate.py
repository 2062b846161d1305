"""The certificate that nothing is owed (справка об отсутствии задолженности), made at once."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.russian import day, rubles
from pipelines.typesetting import typeset

TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificate_pdf(
    account: Mapping[str, Any], advance_kopecks: int, on_day: dt.date, payee: Mapping[str, str]
) -> bytes:
    """The page for an account that owes nothing on a day; what it has in advance is said too."""
    advance = f" Переплата на эту дату: {rubles(advance_kopecks)}." if advance_kopecks else ""
    return typeset(
        TEMPLATE,
        {
            "title": f"Справка об отсутствии задолженности, лицевой счёт {account['account_number']}",
            "payee": payee["Name"],
            "inn": payee["PayeeINN"],
            "account": str(account["account_number"]),
            "holder": account["holder_name"],
            "address": f"{account['district']}, {account['address']}",
            "day": day(on_day),
            "advance": advance,
        },
    )
