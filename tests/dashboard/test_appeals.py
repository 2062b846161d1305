"""The operators' page of appeals: what is due stands first, an answer goes out, what people wrote stays text."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Work

from dashboard.cabinet import appeals
from dashboard.cabinet.appeals import Asked
from dashboard.cabinet.card import payments
from dashboard.cabinet.card.provider import Notice
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import Person, Representative, SecurityEvent
from tests.dashboard.conftest import Open, said

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def home(small_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_home, tmp_path / "home"))


@pytest.fixture
def store(home: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.delenv("ENERGOSBYT_STORE", raising=False)
    monkeypatch.setenv("ENERGOSBYT_SMTP_PORT", "1")  # Nobody listens: an answer stands all the same.
    store = open_store(f"sqlite:///{home / 'store' / 'store.sqlite'}")
    with Work(store) as work:
        work.add(
            Person(
                person_id=1,
                email="a@example.org",
                password_hash="",
                consented_at=NOW,
                created_at=NOW,
                password_changed_at=NOW,
            )
        )
        work.commit()
    return store


def write(store: Engine, body: str = "Был в отъезде", due: dt.date = dt.date(2020, 1, 1)) -> str:
    asked = Asked(610000000001, "absence_recalculation", {"from_day": "2026-10-01"}, body, (), due, body + str(due))
    return appeals.open_appeal(store, 1, asked, NOW)


def test_without_a_cabinet_there_are_no_appeals_and_no_store_is_made(home: Path, open_page: Open) -> None:
    assert "Обращений нет." in said(open_page(home, "appeals"))
    assert not (home / "store").exists()


def test_an_operator_answers_and_closes(home: Path, store: Engine, open_page: Open) -> None:
    number = write(store)
    app = open_page(home, "appeals")
    metrics = {card.label: card.value for card in app.metric}
    assert (metrics["В работе"], metrics["Просрочено"]) == ("1", "1")
    assert [text.value for text in app.text] == ["Был в отъезде"]
    app.button(key=f"FormSubmitter:answer_{number}-Отправить ответ").click().run()
    assert [error.value for error in app.error] == ["Нужны имя и текст ответа."]
    app.text_input(key="appeal_operator_name").set_value("Петрова")
    app.text_area(key=f"body_{number}_0").set_value("Пересчитано")
    app.button(key=f"FormSubmitter:answer_{number}-Отправить ответ").click().run()
    assert not app.exception
    one = appeals.read(store, number)
    assert one is not None
    assert (one.status, one.said[-1].operator, one.said[-1].body) == ("closed", "Петрова", "Пересчитано")


def test_an_operator_takes_or_refuses_what_a_business_hands_in(home: Path, store: Engine, open_page: Open) -> None:
    asked = Asked("61-000001", "document", {"document_kind": "act"}, "Акт", (), dt.date(2026, 12, 1), "f")
    number = appeals.open_appeal(store, 1, asked, NOW)
    app = open_page(home, "appeals")
    assert "61-000001 · подписанный акт" in said(app)
    assert app.selectbox(key=f"next_{number}").options[2:4] == ["принято", "отклонено"]
    app.text_input(key="appeal_operator_name").set_value("Петрова")
    app.text_area(key=f"body_{number}_0").set_value("Нет подписи")
    app.selectbox(key=f"next_{number}").select("refused")
    app.button(key=f"FormSubmitter:answer_{number}-Отправить ответ").click().run()
    assert not app.exception
    one = appeals.read(store, number)
    assert one is not None
    assert (one.status, one.is_closed, one.said[-1].status) == ("refused", True, "refused")


def test_what_a_customer_writes_is_no_markdown_of_ours(home: Path, store: Engine, open_page: Open) -> None:
    write(store, "<script>alert(1)</script> [x](javascript:1)")
    app = open_page(home, "appeals")
    assert "<script>" not in said(app)
    assert [text.value for text in app.text] == ["<script>alert(1)</script> [x](javascript:1)"]


def test_a_payment_the_bank_disputes_is_shown(home: Path, store: Engine, open_page: Open) -> None:
    order = payments.begin(store, 1, 610000000001, 94_050, "card", "form", NOW)
    payments.take(store, Notice(order, "op-1", 93_950, is_paid=True, at=NOW, rrn=""), "", NOW)
    app = open_page(home, "appeals")
    assert [frame.value["Что не так"].tolist() for frame in app.dataframe if "Что не так" in frame.value] or [
        frame.value["outcome"].tolist() for frame in app.dataframe if "outcome" in frame.value
    ] == [["другая сумма"]]


def test_access_is_restored_only_for_who_showed_a_passport(home: Path, store: Engine, open_page: Open) -> None:
    write(store)
    app = open_page(home, "appeals")
    app.text_input(key="restore_account").set_value("610000000001")
    app.text_input(key="restore_email").set_value("new@example.org")
    app.text_input(key="restore_basis").set_value("паспорт")
    app.button(key="FormSubmitter:restore-Отправить ссылку").click().run()
    assert "Не получилось" in app.error[0].value


def test_an_operator_restores_a_business_with_the_basis_written_down(
    home: Path, store: Engine, open_page: Open
) -> None:
    with Work(store) as work:
        work.add(Representative(person_id=1, contract_number="61-000001", added_at=NOW))
        work.commit()
    app = open_page(home, "appeals")
    app.text_input(key="appeal_operator_name").set_value("Петрова")
    app.text_input(key="restore_account").set_value("61-000001")
    app.text_input(key="restore_email").set_value("new@example.org")
    app.checkbox(key="restore_seen").check()
    app.button(key="FormSubmitter:restore-Отправить ссылку").click().run()
    assert "Не получилось" in app.error[0].value
    app.text_input(key="restore_basis").set_value("доверенность № 12")
    app.button(key="FormSubmitter:restore-Отправить ссылку").click().run()
    assert "Ссылка отправлена" in app.success[-1].value
    with Work(store) as work:
        assert work.scalars(select(SecurityEvent.detail)).all() == ["operator Петрова: доверенность № 12"]


def test_an_operator_takes_an_owner_off_and_sees_the_contract_left_without_one(
    home: Path, store: Engine, open_page: Open
) -> None:
    with Work(store) as work:
        work.add(Representative(person_id=1, contract_number="61-000001", added_at=NOW))
        work.commit()
    app = open_page(home, "appeals")
    app.text_input(key="appeal_operator_name").set_value("Петрова")
    app.text_input(key="owner_off_contract").set_value("61-000001")
    app.text_input(key="owner_off_email").set_value("a@example.org")
    app.text_input(key="owner_off_basis").set_value("приказ № 3")
    app.button(key="FormSubmitter:owner_off-Убрать").click().run()
    assert "Не получилось" in app.error[0].value
    app.checkbox(key="owner_off_seen").check()
    app.button(key="FormSubmitter:owner_off-Убрать").click().run()
    assert "Владелец убран" in app.success[-1].value
    assert "Договоры, у которых не осталось владельца" in said(app)
    assert "61-000001" in [number for frame in app.dataframe for number in frame.value.iloc[:, 0]]
