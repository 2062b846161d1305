"""Sentences of the pages of contracts and of the front's for businesses, Russian and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType

CONTRACT_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page_contract": ("Договор", "Contract"),
        "contract_title": ("Договор {contract}", "Contract {contract}"),
        "contract_of": ("договор {contract}", "contract {contract}"),
        "choose_holding": ("Лицевой счёт или договор", "Account or contract"),
        "foreign_contract": (
            "Этот договор не открыт в вашем кабинете, или на это действие у вас нет прав.",
            "This contract is not in your cabinet, or you may not do this.",
        ),
    }
)
