"""Every call answers what was published, in the fields clients read."""

import base64
import datetime as dt
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.cabinet import outbox
from dashboard.cabinet.mobile.answers import Exact, rubles, to_json
from dashboard.store import Snapshot, ask
from pipelines.explain import SentReading, preview
from pipelines.intake.ingest import ingest
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.publish import publish
from pipelines.warehouse.replay import replay
from tests.cabinet.mobile.conftest import EMAIL, NOW, Api, Telephone

BEGINNING = dt.date(2014, 1, 1)


def test_everybody_may_ask_for_the_version_and_the_regions(api: Api) -> None:
    stranger = api.telephone()
    assert stranger.get("/app/version", version="3.0.12")["data"] == {"status": 1}
    assert [one["code"] for one in stranger.get("/contacts/regions")["data"]] == ["rostov"]


def test_the_accounts_are_those_owned(telephone: Telephone, accounts: list[int], snapshot: Snapshot) -> None:
    [one] = telephone.get("/accounts")["data"]
    card = ask(
        snapshot, "account_card", account_number=accounts[0], on_day=NOW.date(), period=snapshot.open_period
    ).row(0, named=True)
    assert (one["id"], one["number"], one["address"]) == (accounts[0], str(accounts[0]), card["address"])
    assert one["initial_year"] == 2025
    assert one["isueAvaliable"] in {True, False}
    full = telephone.get(f"/accounts/{one['id']}")["data"]
    assert full["numberPersons"] == card["persons"]
    [meter] = ask(snapshot, "account_meters", account_number=accounts[0]).rows(named=True)
    assert full["countersInfo"] == [
        {"number": meter["meter_serial"], "place": "", "checkingDate": f"{meter['verified_until']:%d.%m.%Y}"}
    ]
    assert telephone.get("/user")["data"] == {"id": 1, "email": EMAIL, "region": "rostov"}
    assert telephone.get("/main-page/debt/info")["data"] == []
    assert telephone.get("/information", account=accounts[0])["data"] == []


def kopecks(number: float) -> int:
    return int(Decimal(str(number)).scaleb(2))


def test_the_balance_is_the_published_one_to_the_kopeck(
    telephone: Telephone, accounts: list[int], snapshot: Snapshot
) -> None:
    told = telephone.get("/payments/new-balance", account=accounts[0])["data"]
    row = ask(snapshot, "cabinet/balance", account_number=accounts[0], open_period=snapshot.open_period).row(
        0, named=True
    )
    assert kopecks(told["sumToPayRaw"]) == row["balance_kopecks"]
    assert kopecks(told["sumToPay"]) == max(row["balance_kopecks"], 0)
    assert kopecks(told["debt"]) + kopecks(told["peniDebt"]) == row["balance_kopecks"]
    assert kopecks(told["debtAbs"]) == abs(kopecks(told["debt"]))
    assert told["closedMonth"] == f"{row['period']:%d.%m.%y}"
    assert list(told) == [
        "sumToPay", "sumToPayRaw", "debt", "debtAbs", "peniDebt", "closedMonth", "sumWithoutCheckbox", "sumWithCheckbox",
        "hasAvans", "avansTotal", "avansType", "avansMain", "hasRecalc", "recalc", "hasLosses", "losses", "hasOdn", "odn",
        "hasPeniForecast", "peniForecast", "hasOtherServicesDebt", "otherServicesDebt",
    ]  # fmt: skip


def test_penalty_owed_is_all_of_it_where_no_payment_reached_it(snapshot: Snapshot, tmp_path: Path) -> None:
    copy = shutil.copy(snapshot.path, tmp_path / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        rows = connection.execute(
            """
            select account_number, sum(amount_kopecks)::bigint from penalty_line
            semi join (select account_number from debt where period < $open) using (account_number)
            where posting_period < $open group by account_number having sum(amount_kopecks) > 0
            """,
            {"open": snapshot.open_period},
        ).fetchall()
    assert rows
    told = {
        account: ask(snapshot, "cabinet/app_balance", account_number=account, open_period=snapshot.open_period)
        for account, _ in rows
    }
    assert {account: row["penalty_kopecks"].item() for account, row in told.items()} == dict(rows)


def test_amounts_are_numbers_with_two_decimals_and_never_floats(telephone: Telephone, accounts: list[int]) -> None:
    text = telephone.client.get(
        "/api/v1/payments/new-balance",
        params={"account": accounts[0]},
        headers={"authorizationtest": f"Bearer {telephone.tokens['accessToken']}"},
    ).text
    assert re.fullmatch(r"-?\d+\.\d\d", re.findall(r'"sumToPayRaw":([^,]+)', text)[0])
    assert (
        to_json({"a": [rubles(-5), Exact(Decimal("65.50")), None, True, 'п"']})
        == '{"a":[-0.05,65.50,null,true,"п\\""]}'
    )
    with pytest.raises(TypeError):
        to_json(0.1)


def test_counters_and_their_readings_are_the_accepted_ones(
    telephone: Telephone, accounts: list[int], snapshot: Snapshot
) -> None:
    [counter] = telephone.get("/counters", account=accounts[0])["data"]
    registers = ask(snapshot, "cabinet/registers", account_number=accounts[0]).rows(named=True)
    assert counter["tariff"] == 2
    assert [(one["name"], Decimal(one["value"]), one["date"]) for one in counter["lastReadings"]] == [
        ({"day": "День", "night": "Ночь"}[row["zone"]], row["last_value"], f"{row['last_read_on']:%d.%m.%y}")
        for row in registers
    ]
    read = telephone.get(f"/counters/{counter['counterId']}/readings", account=accounts[0])["data"]
    accepted = ask(snapshot, "account_readings", account_number=accounts[0], since=BEGINNING)
    accepted = accepted.filter(accepted["verdict"] == "accepted")
    assert sum(len(one["readings"]) for one in read) == accepted.height
    assert sum(line["consumption"] for one in read for line in one["readings"]) == accepted["consumption_kwh"].sum()
    assert read[0]["readings"][0]["title"] == f"День ПУ {counter['counterId']}"
    days = [one["date"].split(".")[::-1] for one in read]
    assert days == sorted(days, reverse=True)


def test_receipts_are_listed_by_year_and_made_on_demand(telephone: Telephone, accounts: list[int]) -> None:
    listed = telephone.get("/invoices", account=accounts[0], year=2026)["data"]
    assert [(one["type"], one["title"], one["date"]) for one in listed] == [
        (3, "Квитанция за Март 2026", "01.03.2026"),
        (3, "Квитанция за Февраль 2026", "01.02.2026"),
        (3, "Квитанция за Январь 2026", "01.01.2026"),
    ]
    assert len(telephone.get("/invoices", account=accounts[0], year=2025)["data"]) == 3
    made = telephone.get("/invoices/get-file", account=accounts[0], date=listed[0]["date"])["data"]["file"]
    assert base64.b64decode(made).startswith(b"%PDF")
    for date, status in (("01.04.2026", 404), ("01.01.2013", 404), ("2026-02-01", 400), ("", 400)):
        assert telephone.get("/invoices/get-file", account=accounts[0], date=date)["statusCode"] == status
    assert telephone.get("/invoices/settings", account=accounts[0])["data"] == {"email": EMAIL, "status": False}


def test_receipts_asked_for_at_once_are_all_made(telephone: Telephone, accounts: list[int]) -> None:
    def made(_: int) -> str:
        return str(telephone.get("/invoices/get-file", account=accounts[0], date="01.02.2026")["data"]["file"])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(made, range(16)))) == 1


def test_the_history_of_a_month_has_its_payments_readings_and_receipt(
    telephone: Telephone, accounts: list[int], snapshot: Snapshot
) -> None:
    told = telephone.get("/history", account=accounts[0], year=2026, month=2)["data"]
    assert [one["title"] for one in told["filters"]] == ["Платежи", "Показания", "Квитанции"]
    items = told["items"]
    paid = ask(snapshot, "account_payments", account_number=accounts[0], since=BEGINNING)
    paid = paid.filter(paid["paid_on"].dt.truncate("1mo") == dt.date(2026, 2, 1))
    assert sorted(kopecks(one["amount"]) for one in items if one["type"] == 1) == sorted(paid["amount_kopecks"])
    assert [one["date"] for one in items if one["type"] == 3] == ["01.02.26"]
    assert all(
        re.fullmatch(r"(День|Ночь) ПУ \S+", line["title"])
        for one in items
        if one["type"] == 2
        for line in one["indications"]
    )
    for year, month in (("x", 1), (2026, 13), (2026, 0), ("99999", 1)):
        assert telephone.get("/history", account=accounts[0], year=year, month=month)["statusCode"] == 400


def next_values(telephone: Telephone, account: int) -> tuple[str, list[str]]:
    [counter] = telephone.get("/counters", account=account)["data"]
    return counter["rowId"], [
        str(int(Decimal(one["value"])) + 40 + place) for place, one in enumerate(counter["lastReadings"])
    ]


def send(telephone: Telephone, account: int, row: str, values: list[Any]) -> Any:
    return telephone.post(
        "/counters/send-readings", account=str(account), rowId=row, readings=values, platform="android"
    )


def test_a_reading_sent_is_shown_at_once_and_once(telephone: Telephone, api: Api, accounts: list[int]) -> None:
    row, values = next_values(telephone, accounts[0])
    assert send(telephone, accounts[0], row, values)["data"] == []
    assert send(telephone, accounts[0], row, values)["data"] == []
    [counter] = telephone.get("/counters", account=accounts[0])["data"]
    assert [one["value"] for one in counter["lastReadings"]] == values
    waiting = [one for one in telephone.get("/history", account=accounts[0], year=2026, month=4)["data"]["items"]
               if "ждут" in one["title"]]  # fmt: skip
    assert len(waiting) == 1
    more = [str(int(value) + 5) for value in values]
    assert send(telephone, accounts[0], row, more)["data"] == []
    [counter] = telephone.get("/counters", account=accounts[0])["data"]
    assert [one["value"] for one in counter["lastReadings"]] == more, "what is sent last is what counts"
    assert api.events().count("foreign_account") == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["1"], "Нужны показания: День, Ночь."),
        (["1", "2", "3"], "Нужны показания: День, Ночь."),
        ("12", "Нужны показания: День, Ночь."),
        (["1", "x"], "Показание должно быть числом"),
        ([1, 2], "Показание должно быть числом"),
        (["-1", "2"], "Показание должно быть числом"),
        (["999999999", "999999999"], "В показании больше цифр"),
    ],
)
def test_a_reading_that_will_not_do_is_refused_with_its_reason(
    values: Any, sentence: str, telephone: Telephone, accounts: list[int]
) -> None:
    row, _ = next_values(telephone, accounts[0])
    told = send(telephone, accounts[0], row, values)
    assert told["statusCode"] == 400
    assert told["error"]["type"] == "PROVIDER_ERROR"
    assert told["error"]["description"].startswith(sentence)
    assert not [one for one in telephone.get("/history", account=accounts[0], year=2026, month=4)["data"]["items"]
                if "ждут" in one["title"]]  # fmt: skip


def test_a_reading_sent_by_the_application_is_in_the_next_published_balance(
    installed: Callable[[Path], Api], night: Settings, tmp_path: Path, accounts: list[int], snapshot: Snapshot
) -> None:
    settings = replace(night, home=shutil.copytree(night.home, tmp_path / "home"))
    api = installed(settings.home)
    telephone = api.telephone()
    telephone.sign_in()
    row, values = next_values(telephone, accounts[0])
    sent = [
        SentReading(row, zone, NOW.date(), NOW, Decimal(value))
        for zone, value in zip(("day", "night"), values, strict=True)
    ]
    april = dt.date(2026, 4, 1)
    seen = preview(snapshot.path, settings, accounts[0], "mobile", sent, april)
    send(telephone, accounts[0], row, values)
    assert outbox.deliver(api.store, settings.inbox / "2026-04-11", NOW) == 1
    closed = dt.datetime(2026, 5, 2, tzinfo=dt.UTC)
    with open_warehouse(settings) as connection:
        ingest(connection, settings, 2)
        replay(connection, closed)
        publish(connection, settings, closed)
        taken = connection.execute(
            "select value::bigint, channel::varchar, verdict::varchar from metering.reading where account_number = ?"
            " and channel = 'mobile' and received_at = ? order by zone",
            [accounts[0], NOW],
        ).fetchall()
        [(charged, closing)] = connection.execute(
            "select charged_kopecks + corrected_kopecks, closing_kopecks from marts.account_month"
            " where account_number = ? and period = ?",
            [accounts[0], april],
        ).fetchall()
    assert taken == [(int(value), "mobile", "accepted") for value in values]
    assert charged == sum(line["amount_kopecks"] for line in seen.lines)
    told = telephone.get("/payments/new-balance", account=accounts[0])["data"]
    assert told["closedMonth"] == "01.04.26"
    assert kopecks(told["sumToPayRaw"]) == closing
    [receipt] = [
        one for one in telephone.get("/invoices", account=accounts[0], year=2026)["data"] if "Апрель" in one["title"]
    ]
    assert receipt["date"] == "01.04.2026"
