"""The house that homes of a random region share: who is told what about it, and when."""

import datetime as dt
from decimal import Decimal
from random import Random

from tests.oracle.delivery import UNSENT, Outbox
from tests.oracle.facts import HouseFact, HouseVolumeFact
from tests.oracle.life import Home, some_day
from tests.oracle.periods import plus_months


def tell_about_house(random: Random, outbox: Outbox, homes: list[Home], months: list[dt.date]) -> None:
    """Send how the house is, also late and corrected, and what its meter measured, if it has one."""
    house_id = homes[0].house_id
    if house_id is None:
        return
    for _ in range(random.choice([1, 1, 2, 3])):
        valid_from = random.choice([plus_months(months[0], -3), some_day(random, random.choice(months))])
        fact = HouseFact(
            house_id, valid_from, random.choice(["direct", "direct", "managed"]),
            random.choice([Decimal("240.00"), Decimal("333.33"), Decimal("51.70")]),
            random.choice([Decimal(0), Decimal("60.50"), Decimal("400.00")]), *UNSENT,
        )  # fmt: skip
        outbox.send(valid_from + dt.timedelta(days=random.choice([-5, 0, 40, 130])), "customers", fact)
    habit = random.random()
    usual = sum(home.appetite for home in homes)
    for month in months:
        if random.random() < habit:
            send_volume(random, outbox, house_id, month, usual)


def send_volume(random: Random, outbox: Outbox, house_id: str, month: dt.date, usual: int) -> None:
    """Send what the house used in a month: now and then late, and now and then put right later."""
    told_on = month + dt.timedelta(days=random.choice([20, 27, 27, 33, 100]))
    for _ in range(random.choice([1, 1, 1, 2])):
        metered = int(usual * random.choice([0.7, 1.0, 1.1, 1.4, 3.0])) + random.randint(0, 99)
        fact = HouseVolumeFact(house_id, month, metered, random.choice([0, 0, metered // 9]), *UNSENT)
        outbox.send(told_on, "customers", fact)
        told_on += dt.timedelta(days=random.choice([0, 5, 70]))
