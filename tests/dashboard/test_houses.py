"""From a district to its streets, houses and accounts: each level sums to the one above."""

import pytest

from dashboard import queries
from dashboard.queries import Place
from dashboard.store import Snapshot
from tests.dashboard.conftest import Facts, Open


@pytest.fixture
def district(facts: Facts) -> str:
    [(name,)] = facts("select district from account_month group by district order by count(*) desc, district limit 1")
    return str(name)


def test_streets_sum_to_the_district_and_houses_to_their_street(small: Snapshot, district: str) -> None:
    period = queries.month_to_show(small)
    whole = queries.month_totals(small, Place(district=district), period).tail(1).row(0, named=True)
    streets = queries.houses(small, district, period, None)
    for column in ("accounts", "charged_kopecks", "paid_kopecks", "debt_kopecks", "kwh"):
        assert streets[column].sum() == whole[column], column
    for street in streets.iter_rows(named=True):
        houses = queries.houses(small, district, period, street["name"])
        assert houses.height == street["houses"]
        for column in ("accounts", "charged_kopecks", "debt_kopecks"):
            assert houses[column].sum() == street[column], column
        assert all(name.startswith(f"{street['name']}, д. ") for name in houses["name"])


def test_the_accounts_of_a_house_are_those_whose_address_it_is(small: Snapshot, district: str, facts: Facts) -> None:
    period = queries.month_to_show(small)
    street = queries.houses(small, district, period, None)["name"][0]
    for house in queries.houses(small, district, period, street).iter_rows(named=True):
        accounts = queries.house_accounts(small, district, period, house["name"])
        expected = {
            number
            for number, address in facts(
                f"select account_number, arg_max(address, valid_from) from account where district = '{district}' group by all"
            )
            if address == house["name"] or address.startswith(house["name"] + ", кв.")
        }
        assert set(accounts["account_number"]) == expected
        assert accounts.height == house["accounts"]


def test_the_address_names_the_level_that_is_shown(
    small_home: object, small: Snapshot, district: str, open_page: Open
) -> None:
    period = queries.month_to_show(small)
    street = queries.houses(small, district, period, None)["name"][0]
    house = queries.houses(small, district, period, street)["name"][0]
    for filters, column in (
        ({}, "houses"),
        ({"street": street}, "name"),
        ({"street": street, "house": house}, "holder_name"),
        ({"street": "ул. Которой Нет"}, "houses"),
    ):
        app = open_page(small_home, "district", district=district, **filters)
        assert any(column in table.value.columns for table in app.dataframe), filters
