"""Bank statements (банковские выписки) as rows of facts: taken whole, or refused with the line that breaks them."""

from pathlib import Path

import pyarrow as pa

from pipelines.channels.exchange import BrokenStatementError, Pair, encoding_of
from pipelines.channels.layout import Identity
from pipelines.channels.statement import Balance, Document, read_statement
from pipelines.channels.whole import RAW_LIMIT, Parsed, Refusal, WholeFormat, WholeRows

DOCUMENTS, BALANCES = "intake.bank_document_fact", "intake.bank_balance_fact"
_HEAD = 1 << 16
_OTHER = pa.list_(pa.struct([("key", pa.string()), ("value", pa.string())]))
_DOCUMENT = pa.schema(
    [
        ("source_line", pa.int64()),
        ("kind", pa.string()),
        ("number", pa.string()),
        ("drawn_on", pa.date32()),
        ("amount_kopecks", pa.int64()),
        ("received_on", pa.date32()),
        ("spent_on", pa.date32()),
        ("direction", pa.string()),
        ("own_account", pa.string()),
        *(
            (f"{side}_{field}", pa.string())
            for side in ("payer", "payee")
            for field in ("account", "inn", "kpp", "name", "bic")
        ),
        ("purpose", pa.string()),
        ("other", _OTHER),
    ]
)
_BALANCE = pa.schema(
    [
        ("source_line", pa.int64()),
        ("account", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("opening_kopecks", pa.int64()),
        ("received_kopecks", pa.int64()),
        ("spent_kopecks", pa.int64()),
        ("closing_kopecks", pa.int64()),
        ("other", _OTHER),
    ]
)
_BALANCE_IDENTITY = tuple(name for name in _BALANCE.names if name not in {"source_line", "other"})
_DOCUMENT_IDENTITY = ("payer_account", "payee_account", "drawn_on", "number", "amount_kopecks", "purpose")


def read(path: Path, name: str) -> Parsed | Refusal:
    """What a statement says, or the line that breaks it.

    Raises:
        OSError: the file cannot be read.
    """
    documents: list[Document] = []
    balances: list[Balance] = []
    with path.open("rb") as file:
        encoding = encoding_of(file.read(_HEAD))
        file.seek(0)
        try:
            for item in read_statement(file, encoding):
                if isinstance(item, Document):
                    documents.append(item)
                elif isinstance(item, Balance):
                    balances.append(item)
        except BrokenStatementError as broken:
            message = f"Файл «{name}». {broken} Выписка не принята целиком: запросите её у банка заново."
            taken = len(documents) + len(balances)
            return Refusal(broken.rule_id, broken.line, message, broken.raw_text[:RAW_LIMIT], taken)
    return Parsed(
        {
            DOCUMENTS: pa.Table.from_pylist([_document(one) for one in documents], _DOCUMENT),
            BALANCES: pa.Table.from_pylist([_balance(one) for one in balances], _BALANCE),
        }
    )


def _document(one: Document) -> dict[str, object]:
    sides = {
        f"{side}_{field}": getattr(party, field)
        for side, party in (("payer", one.payer), ("payee", one.payee))
        for field in ("account", "inn", "kpp", "name", "bic")
    }
    return {
        "source_line": one.line,
        "kind": one.kind,
        "number": one.number,
        "drawn_on": one.drawn_on,
        "amount_kopecks": one.kopecks,
        "received_on": one.received_on,
        "spent_on": one.spent_on,
        "direction": one.direction,
        "own_account": one.own_account,
        **sides,
        "purpose": one.purpose,
        "other": _pairs(one.other),
    }


def _balance(one: Balance) -> dict[str, object]:
    return {
        "source_line": one.line,
        "account": one.account,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "opening_kopecks": one.opening_kopecks,
        "received_kopecks": one.received_kopecks,
        "spent_kopecks": one.spent_kopecks,
        "closing_kopecks": one.closing_kopecks,
        "other": _pairs(one.other),
    }


def _pairs(pairs: tuple[Pair, ...]) -> list[dict[str, str]]:
    return [{"key": pair.key, "value": pair.value} for pair in pairs]


def _identity(table: str, columns: tuple[str, ...], nullable: frozenset[str]) -> Identity:
    return Identity(
        columns=columns,
        nullable=nullable,
        known=f"select {', '.join(columns)}, source_file_id, source_line from {table}",
    )


BANK_STATEMENT = WholeFormat(
    kind="bank_statement",
    rows=(
        WholeRows(DOCUMENTS, _identity(DOCUMENTS, _DOCUMENT_IDENTITY, frozenset({"payer_account", "payee_account"}))),
        WholeRows(
            BALANCES,
            _identity(BALANCES, _BALANCE_IDENTITY, frozenset({"received_kopecks", "spent_kopecks", "closing_kopecks"})),
        ),
    ),
    read=read,
)
"""The format 1CClientBankExchange (FORMATS 2), versions 1.01 to 1.03."""
