"""What a cabinet can hold: accounts of households and contracts of businesses, and what may be done with each.

Both are added, lent, taken back and removed by the same `relations`; here stands wherein they differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy.orm import InstrumentedAttribute

from dashboard.cabinet.store.tables import InCabinet, OneTimeToken, OwnedAccount, Representative

Access = Literal["read", "readings", "owner"]
RIGHTS_OF_ACCOUNT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "read": frozenset({"read"}),
        "readings": frozenset({"read", "readings"}),
        "owner": frozenset({"read", "readings", "owner"}),
    }
)
"""What each access contains: whoever may send readings may look, an owner may do everything."""

Right = Literal["view", "consumption", "documents", "manage", "owner"]
LENDABLE: tuple[Right, ...] = ("consumption", "documents", "manage")
"""Beside looking, which everybody let in may: sending volumes and plans, documents both ways, inviting others."""


def rights_of_contract(access: str) -> frozenset[str]:
    """What a representative may do: an owner everything, an employee looks and does what was let."""
    return frozenset({"view", *LENDABLE, "owner"} if access == "owner" else {"view", *access.split()})


@dataclass(frozen=True)
class Holding:
    """One kind of thing in a cabinet: its table, its number there and in a link, and what an access contains."""

    table: type[InCabinet]
    key: InstrumentedAttribute[int]
    number: InstrumentedAttribute[Any]
    number_in_link: InstrumentedAttribute[Any]
    invitation: Literal["invite", "employ"]
    """The purpose of a link that lends it, and its letter."""
    rights: Callable[[str], frozenset[str]]


ACCOUNTS = Holding(
    OwnedAccount,
    OwnedAccount.owned_account_id,
    OwnedAccount.account_number,
    OneTimeToken.account_number,
    "invite",
    RIGHTS_OF_ACCOUNT.__getitem__,
)
CONTRACTS = Holding(
    Representative,
    Representative.representative_id,
    Representative.contract_number,
    OneTimeToken.contract_number,
    "employ",
    rights_of_contract,
)
HOLDINGS: Mapping[str, Holding] = MappingProxyType({one.invitation: one for one in (ACCOUNTS, CONTRACTS)})
"""By the purpose of the link that lends them."""
