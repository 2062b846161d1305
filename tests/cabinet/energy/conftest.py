"""A region with businesses after a night, and people who act for its contracts."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session as Work

from dashboard.cabinet.energy.own import Energy
from dashboard.cabinet.own_contracts import OwnContracts
from dashboard.cabinet.store import open_store
from dashboard.cabinet.store.tables import Person, Representative
from dashboard.store import Snapshot, current
from pipelines.settings import Settings

NOW = dt.datetime(2026, 4, 20, 9, 0, 30, 5, tzinfo=dt.UTC)
OURS, THEIRS, PLANNED = "61-000001", "61-000004", "61-000005"
POINT, SERIAL = "610000000100002", "M00100002"
THEIR_POINT = "610000000400007"
PLANNED_POINT = "610000000500010"
MARCH = dt.date(2026, 3, 1)


@pytest.fixture
def installation(business_home: Path) -> Settings:
    """Six contracts after a night, to look at; where another is to pass, a copy takes its place."""
    return replace(Settings(), home=business_home, memory_limit="1GB")


@pytest.fixture
def people(tmp_path: Path, empty_store: Path) -> Engine:
    """Person 1 acts for two contracts, 2 for another; 3 may look at the first, 4 send for it."""
    store = open_store(f"sqlite:///{shutil.copy(empty_store, tmp_path / 'store.sqlite')}")
    times = dict.fromkeys(("consented_at", "created_at", "password_changed_at"), NOW)
    acts = [(1, OURS, "owner"), (1, PLANNED, "owner"), (2, THEIRS, "owner"), (3, OURS, ""), (4, OURS, "consumption")]
    with Work(store) as work:
        work.add_all(
            Person(person_id=number, email=f"{number}@example.org", password_hash="", **times) for number in range(1, 5)
        )
        work.flush()
        work.add_all(
            Representative(person_id=person, contract_number=contract, access=access, added_at=NOW)
            for person, contract, access in acts
        )
        work.commit()
    return store


Acting = Callable[..., Energy]


@pytest.fixture
def acting(people: Engine, installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Acting:
    """The energy of a contract for a person, over what is published now."""
    monkeypatch.setenv("ENERGOSBYT_HOME", str(installation.home))

    def energy(contract: str = OURS, person: int = 1, now: dt.datetime = NOW) -> Energy:
        return Energy(OwnContracts(people, published(installation), person, now), contract)

    return energy


def published(settings: Settings) -> Snapshot:
    found = current(settings.published)
    assert found is not None
    return found
