"""Invented bank statements are written to the letter by their seed, agree with themselves, and mostly find their contract."""

import datetime as dt
from pathlib import Path

import duckdb

from pipelines.simulate import simulate
from pipelines.simulate.bank_statements import write_bank_statements
from pipelines.simulate.contracts import write_contracts
from pipelines.simulate.writing import Inbox
from tests.bank.conftest import prepared
from tests.simulate.test_simulate import contents

FIRST = dt.date(2025, 11, 1)


def write(out: Path, seed: int = 7) -> None:
    inbox = Inbox(out)
    write_bank_statements(inbox, write_contracts(inbox, 60, FIRST, 3, seed), FIRST, 3)


def test_the_same_seed_writes_the_same_statements(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("same", 7), ("other", 8)):
        write(tmp_path / name, seed)
    assert contents(tmp_path / "one") == contents(tmp_path / "same")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


def test_every_statement_is_taken_agrees_with_itself_and_mostly_finds_its_contract(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    business = prepared(tmp_path, empty_warehouse)
    write(business.inbox.settings.inbox)
    business.replay("2026-02-05")
    assert business.query(
        "select distinct status, rows_rejected, rows_duplicate from intake.source_file where channel = 'bank_statement'"
    ) == [("accepted", 0, 0)]
    assert business.query("select count(*) from business.disagreement") == [(0,)]
    shares = dict(
        business.query(
            "select coalesce(rule::varchar, reason::varchar), count(*) / sum(count(*)) over () from business.receipt group by all"
        )
    )
    assert shares["contract_and_inn"] > 0.7
    assert {"inn", "contract_of_another", "unknown_payer"} <= shares.keys()
    assert shares["unknown_payer"] < 0.05


def test_the_registries_of_households_are_paid_in_the_statements(
    tmp_path: Path, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    business = prepared(tmp_path, empty_warehouse)
    simulate(business.inbox.settings.inbox, 60, FIRST, dt.date(2025, 12, 1), 7, contracts=12)
    business.replay("2026-02-05")
    found = business.query(
        "select agent, status::varchar, rule::varchar from business.registry_transfer"
        " where coalesce(handed_on, paid_on) < date '2025-12-30'"
    )
    assert {status for _, status, _ in found} == {"matched"}
    assert {agent: rule for agent, _, rule in found} == {
        "sber": "order", "centrinvest": "order", "vtb": "order", "post": "sum",
    }  # fmt: skip
