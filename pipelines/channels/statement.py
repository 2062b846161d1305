"""What a bank statement says (банковская выписка): days with their balances, and documents in both directions."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.channels.exchange import BALANCE, VERSIONS, BrokenStatementError, Pair, Section, read_sections

_DATE = re.compile(r"([0-9]{2})\.([0-9]{2})\.((?:19|20)[0-9]{2})")
_SUM = re.compile(r"(-?)([0-9]{1,13})(?:\.([0-9]{1,2}))?")
_DOCUMENT_KEYS = frozenset(
    {
        "Номер", "Дата", "Сумма", "ДатаПоступило", "ДатаСписано", "НазначениеПлатежа",
        "ПлательщикСчет", "ПлательщикИНН", "ПлательщикКПП", "Плательщик1", "ПлательщикБИК",
        "ПолучательСчет", "ПолучательИНН", "ПолучательКПП", "Получатель1", "ПолучательБИК",
    }
)  # fmt: skip
"""Keys that have a column of their own; all others are kept as pairs."""

_BALANCE_KEYS = frozenset(
    {"ДатаНачала", "ДатаКонца", "РасчСчет", "НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток"}
)


@dataclass(frozen=True)
class Header:
    """Whose statement it is: the format's version, the stretch of days, our accounts in it, and every line."""

    version: str
    first_day: dt.date
    last_day: dt.date
    accounts: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Balance:
    """One account from one day to another: what it held, received and spent; None where the bank does not say."""

    line: int
    account: str
    first_day: dt.date
    last_day: dt.date
    opening_kopecks: int
    received_kopecks: int | None
    spent_kopecks: int | None
    closing_kopecks: int | None
    other: tuple[Pair, ...]


@dataclass(frozen=True)
class Party:
    """One side of a document, as the bank writes it."""

    account: str | None
    inn: str | None
    kpp: str | None
    name: str | None
    bic: str | None


@dataclass(frozen=True)
class Document:
    """One document (платёжный документ); `direction` is incoming, outgoing, internal or unknown."""

    line: int
    kind: str
    number: str
    drawn_on: dt.date
    kopecks: int
    received_on: dt.date | None
    spent_on: dt.date | None
    payer: Party
    payee: Party
    purpose: str
    direction: str
    other: tuple[Pair, ...]

    @property
    def own_account(self) -> str | None:
        """Our account; of a transfer between our own ones, the one it reached."""
        if self.direction == "unknown":
            return None
        return self.payer.account if self.direction == "outgoing" else self.payee.account

    @property
    def other_account(self) -> str | None:
        """The account on the other side; None where we cannot tell which side that is."""
        if self.direction == "unknown":
            return None
        return self.payee.account if self.direction == "outgoing" else self.payer.account


def read_statement(lines: Iterable[bytes], encoding: str | None) -> Iterator[Header | Balance | Document]:
    """The header, then balances and documents in the order of the file, one at a time.

    Raises:
        BrokenStatementError: at the first line that breaks the format.
    """
    header: Header | None = None
    for section in read_sections(lines, encoding):
        if header is None:
            header = _header(section)
            yield header
        elif section.name == BALANCE:
            yield _balance(section)
        else:
            yield _document(section, frozenset(header.accounts))


def _header(section: Section) -> Header:
    version = _required(section, "ВерсияФормата")
    if version.value.strip() not in VERSIONS:
        raise BrokenStatementError(
            version.line, f"ВерсияФормата {', '.join(VERSIONS)}", f"«{version.value.strip()[:100]}»"
        )
    _required(section, "РасчСчет")
    accounts = tuple(pair.value.strip() for pair in section.pairs if pair.key == "РасчСчет" and pair.value.strip())
    first_day, last_day = _date(_required(section, "ДатаНачала")), _date(_required(section, "ДатаКонца"))
    return Header(version.value.strip(), first_day, last_day, accounts, section.pairs)


def _balance(section: Section) -> Balance:
    first_day = _date(_required(section, "ДатаНачала"))
    last_day = section.find("ДатаКонца")
    return Balance(
        section.line,
        _required(section, "РасчСчет").value.strip(),
        first_day,
        _date(last_day) if last_day else first_day,
        _kopecks(_required(section, "НачальныйОстаток"), may_be_negative=True),
        _optional_kopecks(section, "ВсегоПоступило"),
        _optional_kopecks(section, "ВсегоСписано"),
        _optional_kopecks(section, "КонечныйОстаток"),
        tuple(pair for pair in section.pairs if pair.key not in _BALANCE_KEYS),
    )


def _document(section: Section, own: frozenset[str]) -> Document:
    payer, payee = _party(section, "Плательщик"), _party(section, "Получатель")
    is_payer, is_payee = payer.account in own, payee.account in own
    received, spent = section.find("ДатаПоступило"), section.find("ДатаСписано")
    parts = (section.text(f"НазначениеПлатежа{number}") for number in range(1, 7))
    return Document(
        section.line,
        section.kind,
        _required(section, "Номер").value.strip(),
        _date(_required(section, "Дата")),
        _kopecks(_required(section, "Сумма")),
        _date(received) if received else None,
        _date(spent) if spent else None,
        payer,
        payee,
        section.text("НазначениеПлатежа") or " ".join(part for part in parts if part),
        {(True, True): "internal", (True, False): "outgoing", (False, True): "incoming"}.get(
            (is_payer, is_payee), "unknown"
        ),
        tuple(pair for pair in section.pairs if pair.key not in _DOCUMENT_KEYS),
    )


def _party(section: Section, side: str) -> Party:
    return Party(
        section.text(f"{side}Счет", f"{side}РасчСчет"),
        section.text(f"{side}ИНН"),
        section.text(f"{side}КПП"),
        section.text(f"{side}1", side),
        section.text(f"{side}БИК"),
    )


def _required(section: Section, key: str) -> Pair:
    found = section.find(key)
    if found is None:
        where = f"{section.name} этой строки" if section.name else "заголовке"
        raise BrokenStatementError(section.line, f"{key} в {where}", "ключа нет или он пуст")
    return found


def _date(pair: Pair) -> dt.date:
    match = _DATE.fullmatch(pair.value.strip())
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1])) if match else _refuse_date(pair)
    except ValueError as error:
        if isinstance(error, BrokenStatementError):
            raise
        return _refuse_date(pair)


def _refuse_date(pair: Pair) -> dt.date:
    raise BrokenStatementError(pair.line, f"{pair.key}: дата вида ДД.ММ.ГГГГ", f"«{pair.value.strip()[:100]}»")


def _kopecks(pair: Pair, *, may_be_negative: bool = False) -> int:
    match = _SUM.fullmatch(pair.value.strip())
    if not match or (match[1] and not may_be_negative):
        expected = f"{pair.key}: рубли с копейками через точку, например 100.50"
        raise BrokenStatementError(pair.line, expected, f"«{pair.value.strip()[:100]}»")
    kopecks = int(match[2]) * 100 + int((match[3] or "").ljust(2, "0"))
    return -kopecks if match[1] else kopecks


def _optional_kopecks(section: Section, key: str) -> int | None:
    found = section.find(key)
    return _kopecks(found, may_be_negative=key == "КонечныйОстаток") if found else None
