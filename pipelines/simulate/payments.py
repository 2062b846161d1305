"""A month's payments, and the registries, reports and lists in which they arrive."""

import datetime as dt

import numpy as np
import polars as pl

from pipelines.simulate.households import Households, Ints
from pipelines.simulate.writing import Inbox, Registry, rubles

AGENTS = ("sber", "centrinvest", "vtb", "card", "post", "cash")
AGENT_SHARES = (0.34, 0.13, 0.08, 0.27, 0.11, 0.07)
BANKS = frozenset({"sber", "centrinvest", "vtb"})
ON_TIME, LATE, HARDLY, MORE, NAMED = range(5)
PAYS = (0.995, 0.6, 0.1, 0.99, 0.99)
"""Chance that a payer of each kind pays in a month."""
WHOLE = 1000
"""Kopecks: those on time pay whole tens of rubles of each bill and leave the change on the account."""
BEFORE_DUE = 0.9
"""Share of those not late who pay by the 9th; the others by the 20th."""
MISTYPED = (0.2, 0.2004)
REFUNDED_FROM = 0.997
"""Chances between and above which money goes to a wrong account, and is asked back: it is owed again."""


def payments(people: Households, owed: Ints, asked: Ints, first: dt.date, random: np.random.Generator) -> pl.DataFrame:
    """Who pays how much when, and through whom; `owed` (kopecks), of it `asked` by the last bill, is settled by it.

    Columns: account, account_number, day, second, agent, kopecks, named_period, chance.
    """
    chance = random.random(len(owed))
    wanted = np.where(people.payer == ON_TIME, -(-np.maximum(owed, asked) // WHOLE) * WHOLE, owed)
    index = np.flatnonzero((wanted > 1000) & (chance < np.array(PAYS)[people.payer]))
    kind = people.payer[index]
    amount = wanted[index]
    amount = np.where(kind == MORE, (amount // 100_000 + 1) * 100_000, amount)
    amount = np.where((kind == LATE) & (random.random(len(index)) < 0.3), amount // 2, amount)
    agent = random.choice(len(AGENTS), len(index), p=AGENT_SHARES)
    mistake = random.random(len(index))
    comes_back = (mistake > MISTYPED[0]) & (mistake < MISTYPED[1])
    comes_back |= (agent == AGENTS.index("card")) & (mistake > REFUNDED_FROM)
    owed[index] -= np.where(comes_back, 0, amount)
    in_time = np.where(
        random.random(len(index)) < BEFORE_DUE, random.integers(2, 10, len(index)), random.integers(10, 21, len(index))
    )
    previous = first - dt.timedelta(days=1)
    return pl.DataFrame(
        {
            "account": index,
            "account_number": people.number[index],
            "day": np.where(kind == LATE, random.integers(12, 29, len(index)), in_time),
            "second": random.integers(8 * 3600, 21 * 3600, len(index)),
            "agent": np.array(AGENTS)[agent],
            "kopecks": amount,
            "is_named": kind == NAMED,
            "chance": mistake,
        }
    ).with_columns(
        pl.when(pl.col("is_named")).then(pl.lit(previous.replace(day=1))).alias("named_period"),
        # A digit wrong in the account number: the money waits in suspense.
        pl.when((pl.col("chance") > MISTYPED[0]) & (pl.col("chance") < MISTYPED[1]))
        .then(pl.col("account_number") + 80_000_000)
        .otherwise(pl.col("account_number"))
        .alias("account_number"),
        (pl.lit(first).dt.offset_by("-1d") + pl.duration(days=pl.col("day"))).alias("paid_on"),
        pl.concat_str(pl.lit(f"{first:%y%m}"), pl.int_range(pl.len()).cast(pl.String).str.zfill(8)).alias("operation"),
    )


def write_payments(inbox: Inbox, day: dt.date, paid: pl.DataFrame, readings: pl.DataFrame) -> None:
    """One file an agent; `readings` of channel bank travel with a payment of the same account."""
    paid = paid.sort("paid_on", "second", "account")
    for agent in AGENTS:
        mine = paid.filter(pl.col("agent") == agent)
        if mine.is_empty():
            continue
        if agent in BANKS:
            _bank(inbox, day, agent, mine, readings)
        elif agent == "card":
            _card(inbox, day, mine)
        elif agent == "post":
            _post(inbox, day, mine)
        else:
            _cash(inbox, day, mine)


def _clock(separator: str) -> pl.Expr:
    second = pl.col("second")
    parts = (second // 3600, second // 60 % 60, second % 60)
    return pl.concat_str([part.cast(pl.String).str.zfill(2) for part in parts], separator=separator)


def _bank(inbox: Inbox, day: dt.date, agent: str, mine: pl.DataFrame, readings: pl.DataFrame) -> None:
    """A registry without a header: a line a payment, meter readings at its end, totals in the last line."""
    counters = (
        readings.with_columns(
            pl.concat_str(
                pl.lit("CounterVal:"),
                "meter_serial",
                pl.lit(":"),
                "zone",
                pl.lit(":"),
                (pl.col("value") // 1000).cast(pl.String),
            ).alias("counter")
        )
        .group_by("account_number", maintain_order=True)
        .agg(pl.col("counter").str.join(";"))
    )
    mine = mine.join(counters, on="account_number", how="left", maintain_order="left").with_columns(
        (pl.col("kopecks") * 12 // 1000).alias("commission")
    )
    line = pl.concat_str(
        pl.col("paid_on").dt.to_string("%d-%m-%Y"),
        _clock("-"),
        pl.lit("5221"),
        pl.lit("T042"),
        pl.concat_str(pl.lit(agent.upper()), "operation"),
        pl.col("account_number").cast(pl.String),
        pl.lit("ПЛАТЕЛЬЩИК"),
        pl.lit("РОСТОВСКАЯ ОБЛ"),
        pl.col("named_period").dt.to_string("%m%y").fill_null(""),
        rubles("kopecks"),
        rubles(pl.col("kopecks") - pl.col("commission")),
        rubles("commission"),
        separator=";",
    )
    line = pl.when(pl.col("counter").is_null()).then(line).otherwise(pl.concat_str(line, "counter", separator=";"))
    lines = mine.select(line.alias("line"))["line"].to_list()
    amount, commission = int(mine["kopecks"].sum()), int(mine["commission"].sum())
    sums = f"{_plain(amount)};{_plain(amount - commission)};{_plain(commission)}"
    footer = f"={len(lines)};{sums};{day:%y%m%d};{day:%d-%m-%Y}\n"
    inbox.registries.append(Registry(day, agent, f"{day:%y%m%d}", f"{day:%y%m%d}", amount - commission))
    inbox.text(day, "bank", f"{agent}_{day:%y%m%d}_{day:%Y%m%d}.txt", lines, footer)


def _plain(kopecks: int) -> str:
    return f"{kopecks // 100},{kopecks % 100:02d}"


def _card(inbox: Inbox, day: dt.date, mine: pl.DataFrame) -> None:
    """An acquiring report: payments, and a few refunds of payments made by mistake."""
    refunds = mine.filter(pl.col("chance") > REFUNDED_FROM).with_columns(
        (-pl.col("kopecks")).alias("kopecks"),
        pl.col("operation").alias("parent"),
        pl.concat_str(pl.lit("R"), "operation").alias("operation"),
    )
    rows = pl.concat([mine.with_columns(pl.lit("").alias("parent")), refunds.select([*mine.columns, "parent"])])
    shown = rows.select(
        pl.concat_str(pl.col("paid_on").dt.to_string("%Y-%m-%d"), pl.lit(" "), _clock(":")).alias("TRANS_DATE"),
        pl.concat_str(pl.lit("C"), "operation").alias("TRANSACTION_ID"),
        rubles("kopecks").alias("SUM"),
        pl.lit("0,00").alias("COMMISSION"),
        pl.col("account_number").alias("USER_INFO"),
        pl.when(pl.col("account") % 2 == 0)
        .then(pl.lit("cabinet"))
        .otherwise(pl.lit("mobile"))
        .alias("MERCHANT_SITE_NAME"),
        pl.when(pl.col("parent") == "")
        .then(pl.lit(""))
        .otherwise(pl.concat_str(pl.lit("C"), "parent"))
        .alias("PARENT_TRANSACTION_ID"),
        pl.when(pl.col("kopecks") < 0).then(pl.lit("REFUND")).otherwise(pl.lit("PAYMENT")).alias("TRANSACTION_TYPE"),
        pl.when(pl.col("account") % 3 == 0).then(pl.lit("SBP")).otherwise(pl.lit("CARD")).alias("PAYMENT_METHOD_TYPE"),
        pl.concat_str(pl.lit("63"), "operation").alias("RRN"),
        pl.concat_str(pl.lit("order-"), "operation").alias("ORDER_UID"),
        pl.col("named_period").dt.to_string("%m%Y").fill_null("").alias("PAYM_PERIOD"),
    )
    inbox.write(day, "card", f"acquiring_{day:%Y%m%d}.csv", shown)


def _post(inbox: Inbox, day: dt.date, mine: pl.DataFrame) -> None:
    shown = mine.select(
        pl.concat_str(pl.lit("P"), "operation").alias("Номер перевода"),
        pl.col("paid_on").dt.to_string("%d.%m.%Y").alias("Дата"),
        pl.col("account_number").alias("Лицевой счёт"),
        pl.col("named_period").dt.to_string("%m.%Y").fill_null("").alias("Период"),
        rubles("kopecks").alias("Сумма"),
        pl.concat_str(pl.lit("34"), (pl.col("account") % 9000 + 1000).cast(pl.String)).alias("Отделение"),
    )
    amount = int(mine["kopecks"].sum())
    inbox.registries.append(Registry(day, "post", f"{day:%y%m%d}", "", amount))
    footer = f"ИТОГО;{shown.height};{_plain(amount)}\n"
    inbox.write(day, "post", f"post_{day:%Y%m%d}.csv", shown, cp1251=True, footer=footer)


def _cash(inbox: Inbox, day: dt.date, mine: pl.DataFrame) -> None:
    shown = mine.select(
        pl.concat_str(pl.lit("K"), "operation").alias("receipt_number"),
        pl.concat_str(pl.col("paid_on").dt.to_string("%Y-%m-%d"), pl.lit("T"), _clock(":")).alias("paid_at"),
        "account_number",
        pl.col("named_period").dt.to_string("%Y-%m").fill_null("").alias("period"),
        rubles("kopecks", ".").alias("amount"),
        pl.concat_str(pl.lit("касса "), (pl.col("account") % 46 + 1).cast(pl.String)).alias("desk"),
    )
    inbox.write(day, "cash", f"cash_{day:%Y%m%d}.csv", shown, separator=",")
