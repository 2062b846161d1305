"""What customers of a random region send: readings good, late and odd; payments; and plain nonsense."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.oracle.delivery import UNSENT, Outbox
from tests.oracle.facts import PaymentDecisionFact, PaymentFact, ReadingFact
from tests.oracle.life import Home, Meter, some_day
from tests.oracle.periods import MOSCOW, plus_months

CHANNELS = (
    "cabinet", "mobile", "site", "site", "office", "phone", "controller", "smart_meter", "bank", "specialist",
)  # fmt: skip
AGENTS = (("bank", "sber"), ("card", "card"), ("post", "post"), ("cash", "cash"))


@dataclass(frozen=True)
class Submission:
    """Values of the registers of one meter, sent at once."""

    number: int
    serial: str
    read_on: dt.date
    received_at: dt.datetime
    channel: str
    values: tuple[tuple[str, Decimal], ...]

    def post(self, outbox: Outbox, day: dt.date) -> None:
        """Send it in one file of that day."""
        outbox.send(day, self.channel, *[self._reading(zone, value) for zone, value in self.values])

    def _reading(self, zone: str, value: Decimal) -> ReadingFact:
        return ReadingFact(
            0, self.number, self.serial, zone, self.read_on, self.received_at, value, self.channel, *UNSENT
        )  # fmt: skip


def shown(register: int, meter: Meter, tenths: int) -> Decimal:
    """What the dial shows of a register that has passed zero so often."""
    return Decimal(f"{register % 10**meter.digits}.{tenths}")


def instant(random: Random, day: dt.date) -> dt.datetime:
    """A Moscow wall time of the day, now and then its very first or last second."""
    time = random.choice([dt.time(0, 0), dt.time(23, 59, 59), dt.time(random.randint(1, 22), random.randint(0, 59))])
    return dt.datetime.combine(day, time, MOSCOW)


def grow(random: Random, home: Home, meter: Meter, channel: str) -> None:
    """A month of use on every register, sometimes exactly at a limit of the rules."""
    for zone in meter.registers:
        month = home.appetite if home.is_even else random.randint(0, 2 * home.appetite)
        use = month // (len(meter.registers) * len(home.meters))
        if not home.is_even and random.random() < 0.06:
            use = random.choice([1000, 1001]) if channel == "site" else random.choice([1999, 2000, 2001, 2002])
        meter.registers[zone] += -(-use // meter.ratio)


def send_readings(random: Random, outbox: Outbox, home: Home, months: list[dt.date]) -> None:
    """Month after month, most months, every meter in its turn."""
    for month in months:
        for meter in home.meters:
            for _ in range(random.choice([0, 1, 1, 1, 1, 2])):
                channel = random.choice(CHANNELS)
                grow(random, home, meter, channel)
                day = some_day(random, month)
                tenths = random.randint(0, 9)
                values = tuple((zone, shown(value, meter, tenths)) for zone, value in meter.registers.items())
                sent = Submission(
                    home.number, meter.serial, day - dt.timedelta(days=random.choice([0, 0, 0, 1, 9])),
                    instant(random, day), channel, values,
                )  # fmt: skip
                send_one(random, outbox, sent, meter)


def delivery_day(random: Random, day: dt.date) -> dt.date:
    """Mostly the same or the next day, at times months later."""
    delay = random.choice([0, 0, 0, 0, 1, 1, 4, 8, 40, 95]) if random.random() < 0.6 else 0
    return day + dt.timedelta(days=delay)


def send_one(random: Random, outbox: Outbox, sent: Submission, meter: Meter) -> None:
    """Send a submission, whole or spoilt, and perhaps once more."""
    day = sent.received_at.date()
    if random.random() < 0.25:
        sent = spoilt(random, sent, meter)
    sent.post(outbox, delivery_day(random, day))
    if random.random() < 0.12:
        again = replace(sent, channel=random.choice(CHANNELS), received_at=instant(random, day))
        again.post(outbox, delivery_day(random, day))
    if random.random() < 0.06:
        other = tuple((zone, max(Decimal(0), value + random.randint(-3, 9))) for zone, value in sent.values)
        replace(sent, values=other, received_at=instant(random, day)).post(outbox, delivery_day(random, day))


def spoilt(random: Random, sent: Submission, meter: Meter) -> Submission:
    """The same submission with one thing wrong."""
    far = dt.timedelta(days=random.choice([1, 2, 45]))
    lower = tuple((zone, max(Decimal(0), value - random.choice([1, 40, 900]))) for zone, value in sent.values)
    longer = tuple((zone, value + 10**meter.digits) for zone, value in sent.values)
    return random.choice(
        [
            replace(sent, values=sent.values[:-1] or sent.values),
            replace(
                sent, values=(*sent.values, (random.choice(["all", "day", "peak"]), Decimal(random.randint(0, 99))))
            ),
            replace(sent, values=(*sent.values[1:], ("half_peak" if len(sent.values) < 3 else "day", Decimal(5)))),
            replace(sent, values=lower),
            replace(sent, values=lower, channel="controller"),
            replace(sent, values=longer),
            replace(sent, read_on=sent.received_at.date() + far),
            replace(sent, read_on=meter.installed_on - far),
            replace(sent, read_on=max(dt.date(2013, 12, 31), sent.read_on - 30 * far)),
            replace(sent, serial="NOBODYS"),
            replace(sent, number=sent.number + 500),
        ]
    )


def send_payments(random: Random, outbox: Outbox, home: Home, months: list[dt.date]) -> None:
    """Payments and refunds, some with a named period, some before anybody knows the account."""
    for month in [plus_months(months[0], -1), *months]:
        if random.random() < 0.4:
            continue
        paid_on = some_day(random, month)
        amount = random.randint(-30_000, -1) if random.random() < 0.08 else random.randint(1, 900_000)
        named = plus_months(month, random.choice([-4, -1, -1, -1, 0, 2])) if random.random() < 0.3 else None
        number = home.number + 500 if random.random() < 0.05 else home.number
        written = random.random() >= 0.05
        send_payment(random, outbox, number if written else None, paid_on, amount, named)


def send_payment(
    random: Random, outbox: Outbox, number: int | None, paid_on: dt.date, amount: int, named: dt.date | None
) -> None:
    """Send one payment by some agent."""
    channel, agent = random.choice(AGENTS)
    operation_id = str(random.getrandbits(60))
    if number and random.random() < 0.2:
        send_decisions(random, outbox, number, agent, operation_id, paid_on)
    outbox.send(
        delivery_day(random, paid_on),
        channel,
        PaymentFact(
            0, number, str(number or "12-34"), paid_on, amount, channel, agent, operation_id, named,
            *UNSENT,
        ),
    )  # fmt: skip


def send_decisions(
    random: Random, outbox: Outbox, number: int, agent: str, operation_id: str, paid_on: dt.date
) -> None:
    """Up to four decisions about a payment, sensible or not, some of them twice or before the payment is known."""
    for _ in range(random.randint(1, 4)):
        decision = random.choice(["assign", "move", "move", "reverse", "name_period"])
        other = number + random.choice([-500, -1, 0, 1, 500]) if decision in ("assign", "move") else None
        is_named = decision == "name_period" or (other is not None and random.random() < 0.3)
        named = plus_months(dt.date(paid_on.year, paid_on.month, 1), random.randint(-2, 0)) if is_named else None
        day = paid_on + dt.timedelta(days=random.choice([-3, 0, 1, 9, 40, 95]))
        fact = PaymentDecisionFact(agent, operation_id, decision, other, named, "И. И. Решающая", "", *UNSENT)
        for _ in range(random.choice([1, 1, 1, 2])):
            outbox.send(delivery_day(random, day), "customers", fact)


def send_nonsense(random: Random, outbox: Outbox, homes: list[Home], months: list[dt.date]) -> None:
    """Readings of a neighbour's meter."""
    for home in homes:
        meter = random.choice(random.choice(homes).meters)
        day = some_day(random, random.choice(months))
        values = tuple((zone, shown(value, meter, 0)) for zone, value in meter.registers.items())
        sent = Submission(home.number, meter.serial, day, instant(random, day), random.choice(CHANNELS), values)
        sent.post(outbox, delivery_day(random, day))
