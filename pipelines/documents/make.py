"""Issuing a month's documents: each once, numbered without gaps; what is issued is written again, never changed.

The register is the table `intake.document_fact`. Files are written before their row is committed: a run killed in
between leaves files without a number of their own, which the next run overwrites with the same documents.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.documents.draft import CORRECTION, TAX, Draft, drafts
from pipelines.documents.ledger import read_ledger
from pipelines.documents.page import render
from pipelines.documents.upd import upd_name, upd_xml
from pipelines.statements.payee import read_payee
from pipelines.warehouse.connection import transaction

Key = tuple[str, str, dt.date, dt.date, int]
"""Kind, contract, month, month spoken of, part: there is one document for each."""

PAYEE_KEYS = ("KPP", "Address", "SignerLast", "SignerFirst", "SignerMiddle", "SignerPosition")
"""What documents of businesses need of `payee.csv` beside the requisites of a payment."""


class DocumentError(RuntimeError):
    """No document can be issued; the message says why, in Russian."""


@dataclass(frozen=True)
class Issued:
    """A document of the register."""

    kind: str
    year: int
    number: int
    contract_number: str
    period: dt.date
    service_period: dt.date
    part: int
    drawn_on: dt.date
    content: Mapping[str, Any]
    files: Mapping[str, str]

    @property
    def key(self) -> Key:
        """What it is the only document for."""
        return (self.kind, self.contract_number, self.period, self.service_period, self.part)


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
    known = {one.key: one for one in _register(connection, period, contracts)}
    new = [draft for draft in drafts(ledger, payee) if _key(draft) not in known and (not kinds or draft.kind in kinds)]
    with transaction(connection):
        for issued in _number(connection, new):
            files = {name: _write(folder / name, content) for name, content in _files(issued).items()}
            _record(connection, issued, files)
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


def _key(draft: Draft) -> Key:
    return (draft.kind, draft.contract_number, draft.period, draft.service_period, draft.part)


def _register(connection: duckdb.DuckDBPyConnection, period: dt.date, contracts: Sequence[str]) -> Iterator[Issued]:
    rows = connection.execute(
        """
        select kind::varchar, year, number, contract_number, period, service_period, part, drawn_on, content, files
        from intake.document_fact
        where
            period = $period
            and (len($contracts::varchar[]) = 0 or list_contains($contracts::varchar[], contract_number))
        order by kind, year, number
        """,
        {"period": period, "contracts": list(contracts)},
    ).fetchall()
    for *names, content, files in rows:
        yield Issued(*names, json.loads(content), {file["name"]: file["sha256"] for file in files})


def _number(connection: duckdb.DuckDBPyConnection, new: Sequence[Draft]) -> Iterator[Issued]:
    """Give each draft the next number of its kind and year, in the order in which they come."""
    last = {
        (kind, year): number
        for kind, year, number in connection.execute(
            "select kind::varchar, year, max(number) from intake.document_fact group by kind, year"
        ).fetchall()
    }
    for draft in new:
        year = draft.drawn_on.year
        number = last[draft.kind, year] = last.get((draft.kind, year), 0) + 1
        content = draft.content
        if draft.kind == CORRECTION:
            content = {**content, "original": _original(connection, draft)}
        yield Issued(
            draft.kind,
            year,
            number,
            draft.contract_number,
            draft.period,
            draft.service_period,
            draft.part,
            draft.drawn_on,
            content,
            {},
        )


def _original(connection: duckdb.DuckDBPyConnection, draft: Draft) -> str:
    """The tax invoice that a correction is about, in words; empty when none was issued here."""
    rows = connection.execute(
        """
        select number, drawn_on from intake.document_fact
        where kind = ?::document_kind and contract_number = ? and service_period = ?
        order by period limit 1
        """,
        [TAX, draft.contract_number, draft.service_period],
    ).fetchall()
    return f"№ {rows[0][0]} от {rows[0][1]:%d.%m.%Y}" if rows else ""


def _files(one: Issued) -> dict[str, bytes]:
    """The files of a document by name, made of its content."""
    number = str(one.number)
    stem = f"{one.kind}-{one.year}-{one.number:06d}"
    files = {f"{stem}.pdf": render(one.kind, number, one.drawn_on, one.service_period, one.content)}
    if one.kind == TAX:
        name = upd_name(one.content, number, one.drawn_on)
        files[f"{name}.xml"] = upd_xml(one.content, number, one.drawn_on, one.service_period)
    return files


def _write(path: Path, content: bytes) -> str:
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return hashlib.sha256(content).hexdigest()


def _record(connection: duckdb.DuckDBPyConnection, one: Issued, files: Mapping[str, str]) -> None:
    connection.execute(
        """
        insert into intake.document_fact by name
        select
            $kind::document_kind as kind, $year as year, $number as number, $contract as contract_number,
            $period as period, $service_period as service_period, $part as part, $drawn_on as drawn_on,
            $total as total_kopecks, $content as content, $files as files, now() as issued_at
        """,
        {
            "kind": one.kind,
            "year": one.year,
            "number": one.number,
            "contract": one.contract_number,
            "period": one.period,
            "service_period": one.service_period,
            "part": one.part,
            "drawn_on": one.drawn_on,
            "total": total_of(one.content),
            "content": json.dumps(one.content, ensure_ascii=False, sort_keys=True),
            "files": [{"name": name, "sha256": sha256} for name, sha256 in files.items()],
        },
    )


def total_of(content: Mapping[str, Any]) -> int:
    """What a document asks for or says, kopecks with VAT: nothing for one about volumes."""
    if "total_kopecks" in content:
        return int(content["total_kopecks"])
    if "closing_kopecks" in content:
        return int(content["closing_kopecks"])
    sums = content.get("change", content)
    return int(sums.get("net_kopecks", 0)) + int(sums.get("vat_kopecks", 0))


def _restore(folder: Path, one: Issued) -> None:
    """Write what was issued again where it is not as it was.

    Raises:
        DocumentError: what is made of its content now is something else than was issued.
    """
    changed = [name for name, sha256 in one.files.items() if _sha256(folder / name) != sha256]
    if not changed:
        return
    for name, content in _files(one).items():
        if hashlib.sha256(content).hexdigest() != one.files.get(name):
            raise DocumentError(
                f"{name}: другой набор шрифтов или другая версия программы даёт другие байты. Возьмите файл из архива;"
                " документ не перевыпущен."
            )
        _write(folder / name, content)


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
