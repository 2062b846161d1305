"""Nobody sees or does anything of a contract that is not theirs, by whatever route, nor more than was let."""

import ast
import datetime as dt
import inspect
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
import zxingcpp
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as Work
from streamlit.testing.v1 import AppTest

from dashboard.cabinet.access import sessions
from dashboard.cabinet.access.people import Caller
from dashboard.cabinet.appeals import Asked
from dashboard.cabinet.own_contracts import ForeignContractError, OwnContracts, has_contract_paid
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import OwnedAccount, Person, Representative, SecurityEvent
from dashboard.store import Parameter, Snapshot, ask, current
from pipelines.documents import DocumentError
from pipelines.settings import ROOT, SQL
from tests.dashboard.test_queries import header, placeholders

NOW = dt.datetime(2026, 4, 13, 9, 0, tzinfo=dt.UTC)
OWN, FOREIGN, UNKNOWN = "61-000003", "61-000002", "61-999999"
VIEWS = sorted((ROOT / "dashboard" / "cabinet" / "views" / "contract").glob("*.py"))
QUESTIONS = sorted((SQL / "dashboard" / "contract").glob("*.sql"))
PAGES = ["contract", "energy", "bills", "use", "papers", "chat"]
EVER = dt.date(2014, 1, 1)
NEEDS: Mapping[str, str] = {
    "ask": "view",
    "check": "view",
    "employees": "manage",
    "invite": "manage",
    "leaves_somebody": "view",
    "make_owner": "owner",
    "may": "view",
    "name_contract": "view",
    "open_appeal": "documents",
    "owners": "owner",
    "paper": "documents",
    "payment_code": "view",
    "remove_contract": "view",
    "revoke": "manage",
    "take_owner_off": "owner",
}
"""Way to a contract -> the right it takes."""
GIVEN: Mapping[str, object] = {
    "question": "contract/months",
    "since": EVER,
    "need": "view",
    "alias": "Склад",
    "email": "employee@example.org",
    "rights": ["documents"],
    "caller": Caller("203.0.113.5", "", NOW),
    "grant_id": 1,
    "representative_id": 1,
    "period": dt.date(2026, 3, 1),
    "kopecks": 100,
    "name": "invoice-2026-000003.pdf",
    "asked": Asked("", "chat", {}, "Вопрос", (), NOW.date(), "form"),
}


@pytest.fixture(scope="module")
def snapshot(business_home: Path) -> Snapshot:
    found = current(business_home / "published")
    assert found is not None
    return found


@pytest.fixture
def people(business_home: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A store where person 1 owns one contract and person 2 another."""
    url = f"sqlite:///{business_home / 'store.sqlite'}"
    monkeypatch.setenv("ENERGOSBYT_HOME", str(business_home))
    monkeypatch.setenv("ENERGOSBYT_STORE", url)
    (business_home / "store.sqlite").unlink(missing_ok=True)
    open_store.cache_clear()
    store = open_store(url)
    with Work(store) as work:
        for number, contract in enumerate((OWN, FOREIGN), 1):
            person = Person(person_id=number, email=f"{number}@example.org", password_hash="", consented_at=NOW)
            person.created_at = person.password_changed_at = NOW
            work.add(person)
            work.flush()
            work.add(Representative(person_id=number, contract_number=contract, added_at=NOW))
        work.commit()
    return store


@pytest.fixture
def own(people: Engine, snapshot: Snapshot) -> OwnContracts:
    return OwnContracts(people, snapshot, 1, NOW)


def employee(own: OwnContracts, access: str) -> OwnContracts:
    """The visitor, who is let do so much with his contract from now on."""
    with Work(own.store) as work:
        work.execute(update(Representative).where(Representative.person_id == 1).values(access=access, granted_by=2))
        work.commit()
    return own


def ways() -> list[str]:
    return [
        name
        for name, method in inspect.getmembers(OwnContracts, inspect.isfunction)
        if "contract_number" in inspect.signature(method).parameters and not name.startswith("_")
    ]


def go(own: OwnContracts, name: str, contract_number: str) -> object:
    method = getattr(own, name)
    asked = {one: GIVEN[one] for one in inspect.signature(method).parameters if one in GIVEN}
    if name == "ask":
        asked["since"] = EVER
    return method(contract_number=contract_number, **asked)


def test_the_ways_to_a_contract_are_those_tested() -> None:
    assert set(ways()) == NEEDS.keys()


@pytest.mark.parametrize("foreign", [FOREIGN, UNKNOWN])
@pytest.mark.parametrize("name", ways())
def test_no_way_leads_to_a_foreign_contract(name: str, foreign: str, own: OwnContracts) -> None:
    if name == "may":
        assert not own.may(foreign, "view")
        return
    with pytest.raises(ForeignContractError):
        go(own, name, foreign)
    with Work(own.store) as work:
        assert list(work.scalars(select(SecurityEvent.kind))) == ["foreign_contract"]
        rows = work.execute(select(Representative.person_id, Representative.access, Representative.alias)).all()
        assert [tuple(row) for row in rows] == [(1, "owner", ""), (2, "owner", "")]


@pytest.mark.parametrize("name", sorted(NEEDS.keys() - {"may", "check"}))
def test_every_way_takes_its_right_and_no_other(name: str, own: OwnContracts) -> None:
    for right in ("", "consumption", "documents", "manage"):
        employee(own, right)
        if NEEDS[name] in {"view", right}:
            go(own, name, OWN)
            with Work(own.store) as work:
                work.execute(update(Representative).values(removed_at=None))
                work.commit()
        else:
            with pytest.raises(ForeignContractError):
                go(own, name, OWN)


def test_a_contract_taken_away_is_gone_at_once(own: OwnContracts) -> None:
    own.check(OWN)
    with Work(own.store) as work:
        work.execute(update(Representative).where(Representative.person_id == 1).values(removed_at=NOW))
        work.commit()
    with pytest.raises(ForeignContractError):
        own.check(OWN)


def test_a_document_of_another_contract_is_not_got_under_ones_own(own: OwnContracts) -> None:
    assert own.paper(OWN, "invoice-2026-000003.pdf").startswith(b"%PDF")
    for name in ("invoice-2026-000002.pdf", "../register.jsonl", "register.jsonl", "invoice-2026-999999.pdf"):
        with pytest.raises(ForeignContractError):
            own.paper(OWN, name)


def test_a_document_lost_from_the_archive_is_made_again_byte_for_byte_or_not_at_all(
    own: OwnContracts, business_home: Path
) -> None:
    name = "act-2026-000003.pdf"
    path, register = business_home / "documents" / "2026-01" / name, business_home / "documents" / "register.jsonl"
    content, lines = path.read_bytes(), register.read_bytes()
    try:
        path.write_bytes(b"somebody wrote here")
        assert own.paper(OWN, name) == content
        register.unlink()
        with pytest.raises(DocumentError):
            own.paper(OWN, name)
    finally:
        path.write_bytes(content)
        register.write_bytes(lines)


def test_pages_reach_rows_only_through_what_their_visitor_acts_for() -> None:
    allowed = {"dashboard.cabinet.texts", "dashboard.cabinet.views.visit", "dashboard.cabinet.views.contract.parts"}
    allowed |= {
        "dashboard.cabinet.front.forms",
        "dashboard.tables",
        "dashboard.text",
        "dashboard",
        "pipelines.documents",
        "dashboard.palette",
        "dashboard.views.parts",
        "dashboard.cabinet.chat",
        "dashboard.cabinet.energy",
        "dashboard.cabinet.energy.own",
        "dashboard.cabinet.uploads",
        "dashboard.cabinet.views.contract",
        "pipelines.explain",
    }
    for path in VIEWS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        ours = {name for name in imported if name and name.split(".")[0] in {"dashboard", "pipelines", "duckdb"}}
        assert ours <= allowed, path.name


def shown(page: str, contract: str) -> str:
    """What a page says to person 1 when it is asked for a contract."""

    def script(page: str, contract: str) -> None:
        import datetime as dt
        import importlib
        import os

        import streamlit as st

        from dashboard.cabinet.own_contracts import ForeignContractError, OwnContracts
        from dashboard.cabinet.store import open_store
        from dashboard.cabinet.texts import CabinetWords
        from dashboard.cabinet.views.visit import ContractVisit
        from dashboard.store import current, published

        snapshot = current(published())
        assert snapshot is not None
        now = dt.datetime(2026, 4, 13, 9, 0, tzinfo=dt.UTC)
        own = OwnContracts(open_store(os.environ["ENERGOSBYT_STORE"]), snapshot, 1, now)
        try:
            importlib.import_module(f"dashboard.cabinet.views.contract.{page}").page(
                ContractVisit(own, contract, CabinetWords("ru"))
            )
        except ForeignContractError:
            st.error("foreign")

    app = AppTest.from_function(script, kwargs={"page": page, "contract": contract}, default_timeout=20).run()
    assert not app.exception, app.exception[0].stack_trace
    kinds = (app.header, app.subheader, app.markdown, app.caption, app.info, app.error)
    said = "\n".join(str(element.value) for elements in kinds for element in elements)
    return f"{said} {len(app.dataframe)} {len(app.get('download_button'))}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("people")
def test_a_page_asked_for_a_foreign_contract_shows_nothing_of_it(page: str, snapshot: Snapshot) -> None:
    card = ask(snapshot, "contract_card", contract=FOREIGN, on_day=NOW.date()).row(0, named=True)
    foreign = shown(page, FOREIGN)
    assert foreign.endswith("foreign 0 0")
    for told in (FOREIGN, card["name"], card["inn"], "₽"):
        assert told not in foreign
    assert "foreign" not in shown(page, OWN)


def test_who_has_a_household_and_a_contract_chooses_between_the_pages_of_each(
    people: Engine, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{snapshot.path}' as looked_at (read_only)")
        [(account,)] = connection.execute("select min(account_number) from looked_at.account").fetchall()
    with Work(people) as work:
        work.add(OwnedAccount(person_id=1, account_number=account, added_at=NOW))
        work.commit()
    monkeypatch.setattr(sessions, "visitor", lambda *_: sessions.Visitor(1, 1))
    app = AppTest.from_file(str(ROOT / "dashboard" / "cabinet" / "app.py"), default_timeout=20).run()
    assert [one.value for one in app.header] == [f"Лицевой счёт {account}"]
    assert app.selectbox(key="chosen").options == [str(account), f"договор {OWN}"]
    app.selectbox(key="chosen").select(OWN).run()
    assert [one.value for one in app.header] == [f"Договор {OWN}"]
    app.selectbox(key="chosen").select(account).run()
    assert [one.value for one in app.header] == [f"Лицевой счёт {account}"]
    app.query_params["contract"] = FOREIGN
    app.run()
    assert not app.header
    assert "не открыт" in app.error[0].value


def test_who_may_only_look_is_offered_no_document(own: OwnContracts) -> None:
    assert not shown("papers", OWN).endswith(" 0")
    employee(own, "consumption")
    assert shown("papers", OWN).endswith(" 0")


# What is asked, and of what it is made


def a_hash(snapshot: Snapshot) -> str:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{snapshot.path}' as looked_at (read_only)")
        [(sha256,)] = connection.execute("select any_value(sha256) from looked_at.source_file").fetchall()
    return str(sha256)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_names_its_parameters_and_its_grain_is_unique(path: Path, snapshot: Snapshot) -> None:
    named = set(re.findall(r"\w+", header(path, "params")))
    assert named == placeholders(path)
    [inn] = ask(snapshot, "contract_card", contract=OWN, on_day=NOW.date())["inn"]
    given: dict[str, Parameter] = {
        "contract": OWN, "inn": inn, "period": snapshot.open_period, "since": EVER, "on_day": NOW.date(),
        "from_day": NOW.date(), "to_day": NOW.date(), "hashes": a_hash(snapshot),
    }  # fmt: skip
    answer = ask(snapshot, f"contract/{path.stem}", **{name: given[name] for name in named})
    assert answer.height
    grain = re.findall(r"\w+", header(path, "grain"))
    assert answer.select(grain).is_duplicated().sum() == 0


@pytest.mark.parametrize("contract", ["61-000001", "61-000002", "61-000003"])
def test_a_balance_is_made_of_bills_penalty_advance_and_money_that_waits(contract: str, own: OwnContracts) -> None:
    parts = ask(own.snapshot, "contract/parts", contract=contract, since=EVER)
    receipts = ask(own.snapshot, "contract/receipts", contract=contract, since=EVER)
    [balance] = ask(own.snapshot, "contract/balance", contract=contract, on_day=NOW.date()).rows(named=True)
    assert balance["unused_kopecks"] == receipts["unused_kopecks"].sum()
    billed = parts.filter(parts["is_billed"])
    assert balance["billed_kopecks"] == billed["open_kopecks"].sum()
    late = parts.filter(parts["due_on"] < NOW.date())
    assert balance["overdue_kopecks"] == late.filter(pl.col("is_billed"))["open_kopecks"].sum()
    assert balance["late_advance_kopecks"] == late.filter(~pl.col("is_billed"))["open_kopecks"].sum()


def test_what_is_credited_is_what_parts_say_is_paid(own: OwnContracts) -> None:
    parts = own.ask("contract/parts", OWN, since=EVER)
    credited = own.ask("contract/crediting", OWN, since=EVER)
    paid = parts.filter(parts["paid_kopecks"] > 0).select("period", "part", "paid_kopecks").sort("period", "part")
    assert credited.group_by("period", "part").agg(pl.col("kopecks").sum()).sort("period", "part").rows() == paid.rows()
    assert set(parts["state"]) == {"paid", "partly", "unpaid"}
    # January is asked for by its bill alone, which is issued; nothing of later months is.
    numbered = parts.filter(pl.col("document_number").is_not_null())
    assert numbered.select("period", "part", "document_number").rows() == [(dt.date(2026, 1, 1), 3, 3)]


@pytest.mark.usefixtures("people")
def test_only_number_inn_and_last_payment_together_open_a_contract(snapshot: Snapshot) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{snapshot.path}' as looked_at (read_only)")
        rows = connection.execute(
            """
            select contract_number, any_value(inn), arg_max(amount_kopecks, paid_on), arg_min(amount_kopecks, paid_on)
            from looked_at.receipt inner join looked_at.business_contract using (contract_number, inn)
            where status = 'credited' group by contract_number having count(*) > 2 order by 1
            """
        ).fetchall()
    (contract, inn, last, first), (other, other_inn, *_), *_ = rows
    assert has_contract_paid(contract, inn, last)
    assert not has_contract_paid(contract, inn, first)
    assert not has_contract_paid(contract, inn, last + 1)
    assert not has_contract_paid(contract, other_inn, last)
    assert not has_contract_paid(other, inn, last)
    assert not has_contract_paid(UNKNOWN, inn, last)


def test_the_payment_code_names_the_contract_and_the_month(own: OwnContracts) -> None:
    modules = own.payment_code(OWN, dt.date(2026, 3, 1), 123_456)
    [found] = zxingcpp.read_barcodes(np.kron(1 - np.array(modules, np.uint8), np.ones((4, 4), np.uint8)) * 255)
    fields = found.bytes.decode().split("|")
    assert fields[0] == "ST00012"
    assert {"Sum=123456", f"Contract={OWN}"} <= set(fields)
    assert f"Purpose=Оплата за электроэнергию за 03.2026 по договору № {OWN}, в т.ч. НДС" in fields
