"""A warehouse in memory with contracts, bills and advances made up in the test, and the models of businesses over them."""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.warehouse.models import Model, load_models
from pipelines.warehouse.replay import replay_model, set_as_of
from tests.intake.deliveries import Deliveries, deliveries

OWN = "40702810000000000001"
MADE_UP = frozenset({"business.bill", "business.advance"})
"""Tables that the tests fill themselves."""


RESULTS = (
    "business.balance",
    "business.debt",
    "business.crediting",
    "business.disagreement",
    "business.registry_transfer",
)


@functools.cache
def money_models() -> tuple[Model, ...]:
    """The models that lead from facts, bills and advances to the money of contracts, in their order."""
    models = {model.name: model for model in load_models()}
    wanted: set[str] = set()
    left = list(RESULTS)
    while left:
        name = left.pop()
        if name not in wanted and name not in MADE_UP:
            wanted.add(name)
            left += models[name].inputs
    return tuple(model for model in models.values() if model.name in wanted and model.kind != "fact")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


@dataclass
class Business:
    """Contracts and their money: put facts in, replay, ask."""

    inbox: Deliveries

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.inbox.connection

    def query(self, select: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self.inbox.query(select, parameters)

    def contract(self, number: str, inn: str, *, kind: str = "general", known: str = "2024-01-01") -> None:
        """A contract known since the night of a day."""
        self.inbox.put(
            f"{known}/contracts/{number.replace('/', '-')}-{inn}.csv",
            "contract_number;valid_from;valid_to;inn;kpp;name;customer_kind;representative;position;authority;email;phone;"
            f"payment_schedule\n{number};2014-01-01;;{inn};;ООО {number};{kind};;;;;;thirds\n",
        )

    def bill(self, number: str, period: str, kopecks: int, due: str, advances: Sequence[tuple[str, int]] = ()) -> None:
        """A bill, the due day of its rest, and advances before it as (due day, kopecks)."""
        self.connection.execute(
            "insert into business.bill (contract_number, period, net_kopecks, vat_kopecks, total_kopecks)"
            " values ($1, $2, $3, 0, $3)",
            [number, month(period), kopecks],
        )
        parts = [*advances, (due, kopecks - sum(part for _, part in advances))]
        for part, (due_on, amount) in enumerate(parts, 1):
            self.advance(number, period, part, due_on, amount)

    def advance(self, number: str, period: str, part: int, due: str, kopecks: int) -> None:
        self.connection.execute(
            "insert into business.advance (contract_number, period, part, due_on, amount_kopecks) values (?, ?, ?, ?, ?)",
            [number, month(period), part, day(due), kopecks],
        )

    def decide(self, on: str, *lines: str) -> None:
        header = (
            "drawn_on;document_number;amount;payer_account;decision;contract_number;named_period;decided_by;comment\n"
        )
        self.inbox.put(f"{on}/specialist/receipts.csv", header + "".join(f"{line};Петрова А. С.;\n" for line in lines))

    def replay(self, as_of: str = "", run_id: int = 1) -> None:
        """Take in what was put and derive the tables of businesses; months before `as_of` are closed."""
        self.inbox.ingest(run_id)
        set_as_of(self.connection, dt.datetime.fromisoformat(f"{as_of}T00:00:00+03:00") if as_of else None)
        for model in money_models():
            replay_model(self.connection, model)

    def close(self, open_period: str, run_id: int = 1) -> None:
        """Record a run, so that the months before its open one are closed for good."""
        self.connection.execute(
            "insert into replay.run select ?, now(), now(), timezone('Europe/Moscow', ?::timestamp), ?, '', 0, 0, 0, 0, 0, ''",
            [run_id, month(open_period), month(open_period)],
        )


@dataclass
class Statement:
    """A bank statement of one account, made line by line."""

    on: str
    lines: list[str]

    @classmethod
    def of(cls, on: str) -> "Statement":
        written = f"{day(on):%d.%m.%Y}"
        return cls(
            on,
            [
                "1CClientBankExchange",
                "ВерсияФормата=1.03",
                f"ДатаНачала={written}",
                f"ДатаКонца={written}",
                f"РасчСчет={OWN}",
            ],
        )

    def document(
        self,
        rubles: str,
        purpose: str,
        *,
        inn: str = "",
        number: str = "1",
        account: str = "40702810000000000777",
        on: str = "",
        outgoing: bool = False,
        drawn_on: str = "",
    ) -> "Statement":
        """Add a document: what came in, or with `outgoing` what went out."""
        us, other = ("Плательщик", "Получатель") if outgoing else ("Получатель", "Плательщик")
        paid_on = f"{day(on or self.on):%d.%m.%Y}"
        self.lines += [
            "СекцияДокумент=Платежное поручение",
            f"Номер={number}",
            f"Дата={day(drawn_on or on or self.on):%d.%m.%Y}",
            f"Сумма={rubles}",
            f"{'ДатаСписано' if outgoing else 'ДатаПоступило'}={paid_on}",
            f"{us}Счет={OWN}",
            f"{other}Счет={account}",
            f"{other}ИНН={inn}",
            f"{other}1=ООО {inn}",
            f"НазначениеПлатежа={purpose}",
            "КонецДокумента",
        ]
        return self

    def put(self, business: Business, name: str = "kl_to_1c.txt") -> None:
        business.inbox.put(f"{self.on}/bank_statement/{name}", "\n".join([*self.lines, "КонецФайла"]) + "\n", "cp1251")


def prepared(home: Path, connection: duckdb.DuckDBPyConnection) -> Business:
    """A warehouse whose bills and advances are there, and empty."""
    connection.execute(
        """
        create or replace table business.bill as
        select '' as contract_number, date '2026-01-01' as period, 0::bigint as net_kopecks, 0::bigint as vat_kopecks,
            0::bigint as total_kopecks
        limit 0
        """
    )
    connection.execute(
        """
        create or replace table business.advance as
        select '' as contract_number, date '2026-01-01' as period, 0::tinyint as part, date '2026-01-01' as due_on,
            0::bigint as amount_kopecks
        limit 0
        """
    )
    return Business(deliveries(home, connection))


@pytest.fixture
def business(tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection) -> Business:
    return prepared(tmp_path, empty_warehouse)
