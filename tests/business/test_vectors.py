"""Published and synthetic vectors of price categories (VECTORS.md), each through the product's SQL."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.oracle.business.calendar import days_of, last_day
from tests.oracle.business.facts import (
    Contract,
    DayPrices,
    Hours,
    Meter,
    MonthPrices,
    Network,
    Plan,
    Point,
    Register,
    World,
)
from tests.oracle.business.load import load, replay_businesses
from tests.oracle.periods import MOSCOW

MARCH = dt.date(2026, 3, 1)
TOLD = dt.datetime(2026, 3, 1, 9, tzinfo=MOSCOW)
AS_OF = dt.datetime(2026, 4, 15, 23, tzinfo=MOSCOW)
ZERO = (Decimal(0),) * 4


def month(**changes: object) -> MonthPrices:
    """March with one working day, the 2nd, whose peak is its first hour."""
    prices = MonthPrices(
        TOLD, MARCH, "final", Decimal(0), Decimal(0), ZERO, ZERO, {}, {"up_to_670": Decimal(0)}, Decimal(0), Decimal(0),
        Decimal(0), {dt.date(2026, 3, 2): 0}, (0,),
    )  # fmt: skip
    return replace(prices, **changes)  # type: ignore[arg-type]


def hours(values: list[str], fill: int = 0) -> tuple[Decimal, ...]:
    return (*map(Decimal, values), *[Decimal(fill)] * (24 - len(values)))


def day_prices(ahead: list[str], up: list[str] | None = None, down: list[str] | None = None) -> list[DayPrices]:
    """Prices of the 2nd of March; every other hour costs nothing."""
    nothing = hours([])
    return [
        DayPrices(
            TOLD,
            "final",
            day,
            hours(ahead) if day.day == 2 else nothing,
            hours(ahead) if day.day == 2 else nothing,
            hours(up or []) if day.day == 2 else nothing,
            hours(down or []) if day.day == 2 else nothing,
        )
        for day in days_of(MARCH, last_day(MARCH))
    ]


def energy(mwh: list[int]) -> list[Hours]:
    """Hours of the 2nd of March, in MWh; nothing else is used that month."""
    return [
        Hours(
            TOLD,
            "p",
            day,
            tuple(value * 10**6 for value in [*mwh, *[0] * (24 - len(mwh))]) if day.day == 2 else (0,) * 24,
        )
        for day in days_of(MARCH, last_day(MARCH))
    ]


def charged(connection: duckdb.DuckDBPyConnection, world: World) -> dict[str, int]:
    """Kopecks of March by component."""
    world.contracts.append(Contract(TOLD, "c", MARCH))
    load(connection, world)
    replay_businesses(connection, AS_OF)
    return dict(
        connection.execute(
            "select component::varchar, sum(amount_kopecks)::bigint from business.charge_line group by all"
        ).fetchall()
    )


@pytest.mark.parametrize(
    ("voltage", "network", "rubles"),
    [
        ("vn", "902.61", "2473.83"),
        ("sn1", "1562.57", "3133.79"),
        ("sn2", "1719.72", "3290.94"),
        ("nn", "2091.43", "3662.65"),
    ],
)
def test_c1_resk_april_2013_a_megawatt_hour_of_the_first_category(
    connection: duckdb.DuckDBPyConnection, voltage: str, network: str, rubles: str
) -> None:
    world = World(
        points=[Point(TOLD, "c", "p", MARCH, voltage=voltage)],
        meters=[Meter(TOLD, "p", "7", "one_rate", 6, 1, MARCH, None, Decimal(0))],
        registers=[Register(TOLD, "p", "7", "all", MARCH, Decimal(1000))],
        months=[month(average=Decimal("1498.97"), markups={"up_to_670": Decimal("69.53")}, other=Decimal("2.72"))],
        days=day_prices([]),
        networks=[Network(TOLD, MARCH, voltage, "one_rate", Decimal(network))],
    )
    assert sum(charged(connection, world).values()) == Decimal(rubles) * 100


@pytest.mark.parametrize(("bought", "alpha"), [("700000", "0.002"), ("550000", "0"), ("500000", "0")])
def test_s1_alpha_is_power_over_energy_of_the_first_category_and_nothing_without_energy(
    connection: duckdb.DuckDBPyConnection, bought: str, alpha: str
) -> None:
    world = World(
        points=[Point(TOLD, "c", "p", MARCH)],
        months=[
            month(
                power=(Decimal(1200), Decimal(0), Decimal(500), Decimal(400)),
                energy=(Decimal(bought), Decimal(0), Decimal(300000), Decimal(250000)),
            )
        ],
    )
    charged(connection, world)
    assert connection.execute("select alpha from business_step.month_price").fetchall() == [(Decimal(alpha),)]


def test_s2_third_category_of_two_hours_and_eleven_megawatts(connection: duckdb.DuckDBPyConnection) -> None:
    """P_cap of 11 MW: the peaks of two working days were 10 and 12."""
    world = World(
        points=[Point(TOLD, "c", "p", MARCH, power_group="to_10_mw", price_category=3)],
        hours=energy([10]),
        months=[
            month(
                capacity=Decimal(900000),
                markups={"to_10_mw": Decimal(300)},
                other=Decimal(5),
                peaks={dt.date(2026, 3, 2): 0, dt.date(2026, 3, 3): 1},
            )
        ],
        days=day_prices(["2000"]),
        networks=[Network(TOLD, MARCH, "nn", "one_rate", Decimal(1500))],
    )
    world.hours[2] = replace(world.hours[2], wh=(0, 12 * 10**6, *[0] * 22))
    world.days[2] = replace(world.days[2], energy=hours(["0", "2500"]))
    found = charged(connection, world)
    assert found == {
        "energy": 5_000_000, "network": 3_300_000, "markup": 660_000, "other": 11_000, "capacity": 990_000_000
    }  # fmt: skip
    assert sum(found.values()) == 998_971_000


def test_s3_energy_and_deviations_of_the_fifth_category(connection: duckdb.DuckDBPyConnection) -> None:
    world = World(
        points=[Point(TOLD, "c", "p", MARCH, price_category=5)],
        hours=energy([10, 12, 9]),
        plans=[Plan(TOLD, "c", "p", dt.date(2026, 3, 2), tuple(mwh * 10**6 for mwh in [11, 11, 9, *[0] * 21]))],
        months=[month(a=Decimal(-3), b=Decimal(4))],
        days=day_prices(["2000", "2500", "1800"], ["2600", "2900", "2300"], ["150", "170", "120"]),
        networks=[Network(TOLD, MARCH, "nn", "one_rate", Decimal(0))],
    )
    found = charged(connection, world)
    wanted = ("energy", "deviation_up", "deviation_down", "deviation_a", "deviation_b")
    assert [found[component] for component in wanted] == [6_620_000, 290_000, 15_000, -9_300, 800]
    assert sum(found.values()) == 6_916_500


def test_s4_capacity_is_the_mean_of_the_published_hours(connection: duckdb.DuckDBPyConnection) -> None:
    peaks = {dt.date(2026, 3, 2): 0, dt.date(2026, 3, 3): 1, dt.date(2026, 3, 4): 2}
    world = World(
        points=[Point(TOLD, "c", "p", MARCH, price_category=3)],
        hours=energy([]),
        months=[month(peaks=peaks, capacity=Decimal(1))],
        days=day_prices([]),
        networks=[Network(TOLD, MARCH, "nn", "one_rate", Decimal(0))],
    )
    for (day, hour), mwh in zip(peaks.items(), (10, 14, 12), strict=True):
        world.hours[day.day - 1] = replace(
            world.hours[day.day - 1], wh=tuple(mwh * 10**6 if at == hour else 0 for at in range(24))
        )
    charged(connection, world)
    assert connection.execute("select kw from business.charge_line where component = 'capacity'").fetchall() == [
        (12000,)
    ]
