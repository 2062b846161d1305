"""The register of documents issued: `intake.document_fact`, and the same beside the documents, `register.jsonl`.

The file outlives a warehouse that is derived anew: what it has and the table has not is taken back before anything is
issued.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.documents.draft import CORRECTION, TAX, Draft
from pipelines.warehouse.connection import transaction

Key = tuple[str, str, dt.date, dt.date, int]
"""Kind, contract, month, month spoken of, part: there is one document for each."""

FILE = "register.jsonl"
_DAYS = ("period", "service_period", "drawn_on")


@dataclass(frozen=True)
class Issued:
    """A document of the register; `files` are names and hashes."""

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
    issued_at: str

    @property
    def key(self) -> Key:
        """What it is the only document for."""
        return (self.kind, self.contract_number, self.period, self.service_period, self.part)


def key_of(draft: Draft) -> Key:
    """What a draft would be the only document for."""
    return (draft.kind, draft.contract_number, draft.period, draft.service_period, draft.part)


def read(connection: duckdb.DuckDBPyConnection, period: dt.date | None, contracts: Sequence[str] = ()) -> list[Issued]:
    """Documents issued for a month (None: for all of them) and some contracts or all, by kind and number."""
    rows = connection.execute(
        """
        select kind::varchar, year, number, contract_number, period, service_period, part, drawn_on, content, files,
            strftime(timezone('UTC', issued_at), '%Y-%m-%dT%H:%M:%S.%fZ')
        from intake.document_fact
        where
            ($period::date is null or period = $period)
            and (len($contracts::varchar[]) = 0 or list_contains($contracts::varchar[], contract_number))
        order by kind, year, number
        """,
        {"period": period, "contracts": list(contracts)},
    ).fetchall()
    found = []
    for kind, year, own, contract_number, month, service_period, part, drawn_on, content, files, issued_at in rows:
        hashes = {file["name"]: file["sha256"] for file in files}
        told = json.loads(content)
        found.append(
            Issued(kind, year, own, contract_number, month, service_period, part, drawn_on, told, hashes, issued_at)
        )
    return found


def number(connection: duckdb.DuckDBPyConnection, new: Sequence[Draft]) -> Iterator[Issued]:
    """Give each draft the next number of its kind and year, in the order in which they come."""
    now = dt.datetime.now(dt.UTC).isoformat()
    last = {
        (kind, year): number
        for kind, year, number in connection.execute(
            "select kind::varchar, year, max(number) from intake.document_fact group by kind, year"
        ).fetchall()
    }
    for draft in new:
        year = draft.drawn_on.year
        own = last[draft.kind, year] = last.get((draft.kind, year), 0) + 1
        content = _corrective(connection, draft) if draft.kind == CORRECTION else draft.content
        kind, contract_number, period, service_period, part = key_of(draft)
        yield Issued(kind, year, own, contract_number, period, service_period, part, draft.drawn_on, content, {}, now)


def _corrective(connection: duckdb.DuckDBPyConnection, draft: Draft) -> Mapping[str, Any]:
    """What a correction says, with the tax invoice it is about; without that where none was issued here."""
    rows = connection.execute(
        """
        select number, drawn_on, content from intake.document_fact
        where kind = ?::document_kind and contract_number = ? and service_period = ?
        order by period limit 1
        """,
        [TAX, draft.contract_number, draft.service_period],
    ).fetchall()
    if not rows:
        return {**draft.content, "original": ""}
    [(own, drawn_on, content)] = rows
    places = {(row["point"], row["vat_pct"]): place for place, row in enumerate(json.loads(content)["rows"], 1)}
    return {
        **draft.content,
        "original": f"№ {own} от {drawn_on:%d.%m.%Y}",
        "invoice": {"number": own, "drawn_on": drawn_on.isoformat()},
        "rows": [{**row, "line": places.get((row["point"], row["vat_pct"]))} for row in draft.content["rows"]],
    }


def record(connection: duckdb.DuckDBPyConnection, one: Issued, files: Mapping[str, str]) -> None:
    """Append a document; `files` are the names and hashes of what was written of it."""
    connection.execute(
        """
        insert into intake.document_fact by name
        select
            $kind::document_kind as kind, $year as year, $number as number, $contract as contract_number,
            $period as period, $service_period as service_period, $part as part, $drawn_on as drawn_on,
            $total as total_kopecks, $content as content, $files as files, $issued_at::timestamptz as issued_at
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
            "issued_at": one.issued_at,
            "total": _total(one.content),
            "content": json.dumps(one.content, ensure_ascii=False, sort_keys=True),
            "files": [{"name": name, "sha256": sha256} for name, sha256 in files.items()],
        },
    )


def take_back(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Take into the table what the file has and the table has not: the warehouse was derived anew."""
    known = {(one.kind, one.year, one.number) for one in read(connection, None)}
    with transaction(connection):
        for one in _lines(out / FILE):
            if (one.kind, one.year, one.number) not in known:
                record(connection, one, one.files)


def keep(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Append to the file what the table has and the file has not."""
    known = {(one.kind, one.year, one.number) for one in _lines(out / FILE)}
    new = [one for one in read(connection, None) if (one.kind, one.year, one.number) not in known]
    with (out / FILE).open("a+", encoding="utf-8") as file:
        file.seek(0)
        # A line that a kill cut off ends here.
        file.write("" if file.read()[-1:] in {"", "\n"} else "\n")
        file.writelines(json.dumps(vars(one), ensure_ascii=False, sort_keys=True, default=str) + "\n" for one in new)


def find(out: Path, kind: str, year: int, number: int) -> Issued | None:
    """A document as the file beside the documents has it; None where it has none of that number."""
    return next((one for one in _lines(out / FILE) if (one.kind, one.year, one.number) == (kind, year, number)), None)


def _lines(path: Path) -> Iterator[Issued]:
    """Lines of the file; one that a kill cut off counts for nothing, it is written again."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            told = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield Issued(**{**told, **{name: dt.date.fromisoformat(told[name]) for name in _DAYS}})


def _total(content: Mapping[str, Any]) -> int:
    """What a document asks for or says, kopecks with VAT: nothing for one about volumes."""
    if "total_kopecks" in content:
        return int(content["total_kopecks"])
    if "closing_kopecks" in content:
        return int(content["closing_kopecks"])
    sums = content.get("change", content)
    return int(sums.get("net_kopecks", 0)) + int(sums.get("vat_kopecks", 0))
