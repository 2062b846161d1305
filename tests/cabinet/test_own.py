"""Nobody sees or sends anything of an account that is not theirs, by whatever route."""

import ast
import datetime as dt
import inspect
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import pytest
import zxingcpp
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as Work
from streamlit.testing.v1 import AppTest

from dashboard.cabinet.access import sessions
from dashboard.cabinet.access.people import Caller
from dashboard.cabinet.own import ForeignAccountError, Own, has_paid, has_paid_lately
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import OwnedAccount, Person, SecurityEvent, Submission
from dashboard.store import Parameter, Snapshot, ask
from pipelines.settings import MOSCOW, ROOT, SQL
from tests.dashboard.test_queries import header, placeholders

NOW = dt.datetime(2026, 4, 1, 9, 0, tzinfo=dt.UTC)
VIEWS = sorted((ROOT / "dashboard" / "cabinet" / "views").glob("*.py"))
PAGES = ["account", "readings", "payments", "tariffs", "consumption", "receipts", "guide"]
QUESTIONS = sorted((SQL / "dashboard" / "cabinet").glob("*.sql"))
WAYS = {
    "ask", "begin_payment", "card_payments", "certificate", "check", "open_appeal", "invite", "may", "name_account", "payment_code", "preview", "remove_account", "send", "sent", "statement",
    "forecast", "plans", "prices", "receipt_subscription", "subscribe",
}  # fmt: skip
GIVEN: Mapping[str, object] = {
    "question": "account_card",
    "meter_serial": "1",
    "values": {"all": 1000},
    "form": "1",
    "period": dt.date(2026, 2, 1),
    "kopecks": 100,
    "night_percent": 30,
    "is_on": True,
    "need": "read",
    "asked": None,
    "method": "card",
    "alias": "Дача",
    "email": "relative@example.org",
    "access": "read",
    "caller": Caller("203.0.113.5", "", NOW),
}


@pytest.fixture(scope="module")
def home(published_home: Path) -> Path:
    return published_home


@pytest.fixture(scope="module")
def accounts(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """Two accounts with a meter, readings and payments."""
    copy = shutil.copy(snapshot.path, tmp_path_factory.mktemp("facts") / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        rows = connection.execute(
            "select distinct account_number from meter semi join reading using (account_number)"
            " semi join payment using (account_number) where removed_on is null order by 1 limit 2"
        ).fetchall()
    return [int(number) for (number,) in rows]


@pytest.fixture
def people(home: Path, accounts: list[int], monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A store where person 1 owns the first account and person 2 the second."""
    monkeypatch.setenv("ENERGOSBYT_HOME", str(home))
    monkeypatch.setenv("ENERGOSBYT_STORE", f"sqlite:///{home / 'store.sqlite'}")
    (home / "store.sqlite").unlink(missing_ok=True)
    open_store.cache_clear()
    store = open_store(f"sqlite:///{home / 'store.sqlite'}")
    with Work(store) as work:
        for number, account in enumerate(accounts, 1):
            work.add(
                Person(
                    person_id=number,
                    email=f"{number}@example.org",
                    password_hash="",
                    consented_at=NOW,
                    created_at=NOW,
                    password_changed_at=NOW,
                )
            )
            work.flush()
            work.add(OwnedAccount(person_id=number, account_number=account, added_at=NOW))
        work.commit()
    return store


@pytest.fixture
def own(people: Engine, snapshot: Snapshot) -> Own:
    return Own(people, snapshot, 1, NOW)


def methods() -> list[str]:
    return [
        name
        for name, method in inspect.getmembers(Own, inspect.isfunction)
        if "account_number" in inspect.signature(method).parameters
    ]


def test_the_ways_to_an_account_are_those_tested() -> None:
    assert set(methods()) == WAYS


@pytest.mark.parametrize("name", methods())
def test_no_way_leads_to_a_foreign_account(name: str, own: Own, accounts: list[int]) -> None:
    method = getattr(own, name)
    asked = {one: GIVEN[one] for one in inspect.signature(method).parameters if one in GIVEN}
    for foreign in (accounts[1], 619999999999):
        if name == "may":
            assert not own.may(foreign, "read")
            own.check(accounts[0])
            continue
        with pytest.raises(ForeignAccountError):
            method(account_number=foreign, **asked)
    with Work(own.store) as work:
        kinds = list(work.scalars(select(SecurityEvent.kind)))
        assert kinds == (["foreign_account"] * 2 if name != "may" else [])
        assert not work.scalars(select(Submission)).all()


def test_an_account_taken_away_is_gone_at_once(own: Own, accounts: list[int]) -> None:
    own.check(accounts[0])
    with Work(own.store) as work:
        work.execute(update(OwnedAccount).where(OwnedAccount.person_id == 1).values(removed_at=NOW))
        work.commit()
    with pytest.raises(ForeignAccountError):
        own.check(accounts[0])


@pytest.mark.parametrize("access", ["read", "readings"])
def test_a_relative_may_do_what_was_let_and_no_more(access: str, own: Own, accounts: list[int]) -> None:
    with Work(own.store) as work:
        work.add(OwnedAccount(person_id=1, account_number=accounts[1], added_at=NOW, access=access, granted_by=2))
        work.commit()
    given = {name: GIVEN[name] for name in ("meter_serial", "values", "form")}
    assert own.ask("cabinet/registers", accounts[1]).height
    assert own.statement(accounts[1], dt.date(2026, 2, 1)).startswith(b"%PDF")
    if access == "readings":
        own.send(accounts[1], **given)  # type: ignore[arg-type]
    else:
        with pytest.raises(ForeignAccountError):
            own.send(accounts[1], **given)  # type: ignore[arg-type]
    with pytest.raises(ForeignAccountError):
        own.invite(accounts[1], "third@example.org", "read", Caller("203.0.113.5", "", NOW))


@pytest.mark.usefixtures("people")
def test_any_payment_of_the_last_year_proves_an_account_and_older_ones_do_not(
    snapshot: Snapshot, accounts: list[int]
) -> None:
    paid = ask(snapshot, "cabinet/payments_since", account_number=accounts[0], since=dt.date(2014, 1, 1))
    oldest = paid.sort("paid_on").row(0, named=True)
    after = oldest["paid_on"] + dt.timedelta(days=1)
    since = ask(snapshot, "cabinet/payments_since", account_number=accounts[0], since=after)
    assert oldest["payment_id"] not in since["payment_id"].to_list()
    assert 0 < since.height < paid.height
    assert not has_paid_lately(accounts[0], 1)


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_pages_reach_rows_only_through_what_their_visitor_owns(path: Path) -> None:
    forbidden = (
        "dashboard.store",
        "dashboard.queries",
        "dashboard.cabinet.store",
        "dashboard.cabinet.submissions",
        "duckdb",
        "sqlalchemy",
        "pipelines.statements",
    )
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        assert not [name for name in names if name.startswith(forbidden)], path


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asked_for_a_foreign_account_shows_nothing_of_it(
    page: str,
    accounts: list[int],
    snapshot: Snapshot,
    people: Engine,  # noqa: ARG001
) -> None:
    def shown(account: int) -> str:
        def script(page: str, account: int) -> None:
            import datetime as dt
            import importlib
            import os

            import streamlit as st

            from dashboard.cabinet.own import ForeignAccountError, Own
            from dashboard.cabinet.store import open_store
            from dashboard.cabinet.texts import CabinetWords
            from dashboard.cabinet.views.visit import Visit
            from dashboard.store import current, published

            snapshot = current(published())
            assert snapshot is not None
            now = dt.datetime(2026, 4, 1, 9, 0, tzinfo=dt.UTC)
            own = Own(open_store(os.environ["ENERGOSBYT_STORE"]), snapshot, 1, now)
            try:
                importlib.import_module(f"dashboard.cabinet.views.{page}").page(Visit(own, account, CabinetWords("ru")))
            except ForeignAccountError:
                st.error("foreign")

        app = AppTest.from_function(script, kwargs={"page": page, "account": account}, default_timeout=20).run()
        assert not app.exception, app.exception[0].stack_trace
        kinds = (app.header, app.subheader, app.markdown, app.caption, app.info, app.error)
        return "\n".join(str(element.value) for elements in kinds for element in elements) + str(len(app.dataframe))

    foreign = shown(accounts[1])
    card = ask(snapshot, "account_card", account_number=accounts[1], on_day=NOW.date(), period=snapshot.open_period)
    assert "foreign" in foreign
    assert foreign.endswith("0")
    for told in (str(accounts[1]), card["holder_name"].item(0), card["address"].item(0), "₽"):
        assert told not in foreign
    assert "foreign" not in shown(accounts[0])


def test_a_page_whose_session_has_ended_shows_nothing(people: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Engine] = []
    monkeypatch.setattr(sessions, "visitor", lambda store, *_: asked.append(store))
    app = AppTest.from_file(str(ROOT / "dashboard" / "cabinet" / "app.py"), default_timeout=20).run()
    assert [str(store.url) for store in asked] == [str(people.url)]
    assert [header.value for header in app.header] == ["Вы вышли из кабинета."]
    assert not app.dataframe
    assert not app.markdown[1:]


# Questions


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_names_its_parameters_and_its_grain_is_unique(
    path: Path, snapshot: Snapshot, accounts: list[int]
) -> None:
    named = set(re.findall(r"\w+", header(path, "params")))
    assert named == placeholders(path)
    given: dict[str, Parameter] = {
        "account_number": accounts[0],
        "period": snapshot.open_period,
        "open_period": snapshot.open_period,
        "since": dt.date(2014, 1, 1),
        "on_day": NOW.date(),
        "customer": "household",
    }
    answer = ask(snapshot, f"cabinet/{path.stem}", **{name: given[name] for name in named})
    # Nothing where fewer than twenty households are alike, as in this small region.
    assert answer.height or path.stem == "similar_use"
    grain = [column for column in re.findall(r"\w+", header(path, "grain")) if column in answer.columns]
    if grain:
        assert answer.select(grain).is_duplicated().sum() == 0


@pytest.mark.parametrize(
    ("day", "month", "ends_on", "left"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 3, 1), dt.date(2026, 3, 25), 24),
        (dt.date(2026, 3, 25), dt.date(2026, 3, 1), dt.date(2026, 3, 25), 0),
        (dt.date(2026, 3, 26), dt.date(2026, 4, 1), dt.date(2026, 4, 25), 30),
        (dt.date(2019, 2, 28), dt.date(2019, 2, 1), dt.date(2019, 2, 28), 0),
    ],
)
def test_the_window_is_that_of_the_night(
    day: dt.date, month: dt.date, ends_on: dt.date, left: int, snapshot: Snapshot
) -> None:
    assert ask(snapshot, "cabinet/window", on_day=day).rows() == [(month, ends_on, left)]


@pytest.mark.usefixtures("people")
def test_only_the_sum_of_the_last_payment_opens_a_cabinet(snapshot: Snapshot, accounts: list[int]) -> None:
    paid = ask(snapshot, "account_payments", account_number=accounts[0], since=dt.date(2014, 1, 1))
    last = paid.filter(paid["paid_on"] == paid["paid_on"].max())["amount_kopecks"].to_list()
    assert all(has_paid(accounts[0], kopecks) for kopecks in last)
    assert not has_paid(accounts[0], last[0] + 1)
    assert not has_paid(accounts[1], 1)
    assert not has_paid(619999999999, last[0])


# What an owner does


def test_an_owner_checks_sends_and_sees_a_reading(own: Own, accounts: list[int]) -> None:
    register = own.ask("cabinet/registers", accounts[0])
    serial = register["meter_serial"].item(0)
    zones = register.filter(register["meter_serial"] == serial)
    values = {row["zone"]: int((row["last_value"] or 0) * 1000) + 20_000 for row in zones.iter_rows(named=True)}
    seen = own.preview(accounts[0], serial, values)
    assert seen.is_accepted, seen.readings
    receipt = own.send(accounts[0], serial, values, "form")
    assert own.send(accounts[0], serial, values, "form") == receipt
    [sent] = own.sent(accounts[0])
    assert (sent.receipt, sent.status, dict(sent.values)) == (receipt, "waiting", values)
    assert sent.read_on == NOW.astimezone(MOSCOW).date()


def test_an_owner_downloads_a_statement_and_gets_a_payment_code(own: Own, accounts: list[int]) -> None:
    assert own.statement(accounts[0], dt.date(2026, 2, 1)).startswith(b"%PDF")
    modules = own.payment_code(accounts[0], dt.date(2026, 2, 1), 123_456)
    [found] = zxingcpp.read_barcodes(np.kron(1 - np.array(modules, np.uint8), np.ones((4, 4), np.uint8)) * 255)
    assert found.text.startswith("ST00012|")
    assert {"Sum=123456", f"PersAcc={accounts[0]}"} <= set(found.text.split("|"))
