"""Issuing a month's documents: each once, numbered without gaps; what is issued is written again, never changed.

Files are written before their row is committed: a run killed in between leaves files without a number of their own,
which the next run overwrites with the same documents.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.documents.draft import CORRECTION, TAX, drafts
from pipelines.documents.ledger import read_ledger
from pipelines.documents.page import render
from pipelines.documents.register import Issued, find, keep, key_of, number, read, record, take_back
from pipelines.documents.ukd import has_ukd, ukd_name, ukd_xml
from pipelines.documents.upd import upd_name, upd_xml
from pipelines.statements.payee import read_payee
from pipelines.warehouse.connection import transaction

PAYEE_KEYS = ("KPP", "Address", "SignerLast", "SignerFirst", "SignerMiddle", "SignerPosition")
"""What documents of businesses need of `payee.csv` beside the requisites of a payment."""


class DocumentError(RuntimeError):
    """No document can be issued; the message says why, in Russian."""


@dataclass(frozen=True)
class DocumentReport:
    """What was done: documents issued now and before, where they are, and whether the month is closed."""

    issued: int
    stood: int
    folder: Path
    is_closed: bool


def issue_documents(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    period: dt.date,
    *,
    reference: Path,
    contracts: Sequence[str] = (),
    kinds: Sequence[str] = (),
) -> DocumentReport:
    """Issue what the month calls for and is not issued yet, and write the files of all of it to `<out>/<YYYY-MM>`.

    Args:
        connection: the warehouse, open for writing, its tables of businesses derived.
        out: folder of documents.
        period: the month, its first day.
        reference: where `payee.csv` is.
        contracts: only these contracts.
        kinds: only these kinds of documents.

    Raises:
        DocumentError: a contract is not known, or a file that was issued cannot be made again as it was.
    """
    payee = _payee(reference)
    ledger = read_ledger(connection, period, contracts)
    missing = sorted(set(contracts) - ledger.contracts.keys())
    if missing:
        raise DocumentError(f"Договора {missing[0]} за {period:%m.%Y} нет: проверьте номер.")
    folder = out / f"{period:%Y-%m}"
    folder.mkdir(parents=True, exist_ok=True)
    take_back(connection, out)
    known = {one.key: one for one in read(connection, period, contracts)}
    new = [
        draft for draft in drafts(ledger, payee) if key_of(draft) not in known and (not kinds or draft.kind in kinds)
    ]
    with transaction(connection):
        for issued in number(connection, new):
            record(connection, issued, {name: _write(folder / name, file) for name, file in _files(issued).items()})
    keep(connection, out)
    stood = [one for one in known.values() if not kinds or one.kind in kinds]
    for one in stood:
        _restore(folder, one)
    return DocumentReport(len(new), len(stood), folder, ledger.is_closed)


def _payee(reference: Path) -> Mapping[str, str]:
    payee = read_payee(reference)
    missing = [key for key in PAYEE_KEYS if not payee.get(key)]
    if missing:
        raise DocumentError(f"{reference / 'payee.csv'}: нет строки {missing[0]}, без неё документ не составить.")
    return payee


def _files(one: Issued) -> dict[str, bytes]:
    """The files of a document by name, made of its content."""
    own = str(one.number)
    files = {
        f"{one.kind}-{one.year}-{one.number:06d}.pdf": render(
            one.kind, own, one.drawn_on, one.service_period, one.content
        )
    }
    if one.kind == TAX:
        name = upd_name(one.content, own, one.drawn_on)
        files[f"{name}.xml"] = upd_xml(one.content, own, one.drawn_on, one.service_period)
    if one.kind == CORRECTION and has_ukd(one.content):
        name = ukd_name(one.content, own, one.drawn_on)
        files[f"{name}.xml"] = ukd_xml(one.content, own, one.drawn_on, one.service_period)
    return files


def _write(path: Path, content: bytes) -> str:
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return hashlib.sha256(content).hexdigest()


def _restore(folder: Path, one: Issued) -> None:
    """Write what was issued again where it is not as it was.

    Raises:
        DocumentError: what is made of its content now is something else than was issued.
    """
    if all(_sha256(folder / name) == sha256 for name, sha256 in one.files.items()):
        return
    for name, content in _files(one).items():
        if hashlib.sha256(content).hexdigest() != one.files.get(name):
            raise DocumentError(
                f"{name}: другой набор шрифтов или другая версия программы даёт другие байты. Возьмите файл из архива;"
                " документ не перевыпущен."
            )
        _write(folder / name, content)


def issued_file(out: Path, period: dt.date, key: tuple[str, int, int], name: str, sha256: str) -> bytes:
    """A file of an issued document as it was issued: out of the archive, else made again of what the document says.

    Args:
        out: folder of documents.
        period: the month the document was issued for.
        key: kind, year and number.
        name: the file's, as the register has it.
        sha256: of its bytes, as the register has it.

    Raises:
        DocumentError: neither the file nor what it would be made of is there, or other bytes come of it.
    """
    path = out / f"{period:%Y-%m}" / name
    if _sha256(path) == sha256:
        return path.read_bytes()
    issued = find(out, *key)
    content = _files(issued).get(name, b"") if issued else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentError(f"{name}: файла в архиве документов нет, и составить его таким же нельзя.")
    return content


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
