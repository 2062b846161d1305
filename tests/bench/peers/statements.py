"""The subset as set-based SQL, for engines that speak it: DuckDB by hand, PostgreSQL, Spark. Dialects differ in whole division alone."""

from collections.abc import Callable

Division = Callable[[str, str], str]
"""Writes the whole quotient of two whole expressions that are not below zero."""


def lines(quotient: Division) -> str:
    """Rows of `line`, from reading, register, account, limits and price."""
    first, second = (f"{name}_kwh * use_kwh" for name in ("first", "second"))
    return f"""
    with used as (
        select
            reading.account_number, reading.period, reading.zone,
            reading.value - lag(reading.value, 1, register.opening) over (
                partition by reading.account_number, reading.zone order by reading.period
            ) as use_kwh
        from reading
        inner join register on register.account_number = reading.account_number and register.zone = reading.zone
    ),
    limited as (
        select
            used.*, account.category, account.zone_plan, limits.first_kwh, limits.second_kwh,
            cast(sum(used.use_kwh) over (partition by used.account_number, used.period) as bigint) as volume
        from used
        inner join account on account.account_number = used.account_number
        inner join limits
            on limits.period = used.period and limits.settlement = account.settlement and limits.stove = account.stove
            and limits.heating = account.heating and limits.persons = account.persons
    ),
    whole as (
        select
            *, {quotient(first, "volume")} as first_floor, {quotient(second, "volume")} as second_floor,
            {first} % volume as first_rest, {second} % volume as second_rest
        from limited
    ),
    ranked as (
        select
            *,
            cast(sum(first_floor) over (partition by account_number, period) as bigint) as first_floors,
            cast(sum(second_floor) over (partition by account_number, period) as bigint) as second_floors,
            row_number() over (partition by account_number, period order by first_rest desc, zone) as first_rank,
            row_number() over (partition by account_number, period order by second_rest desc, zone) as second_rank
        from whole
    ),
    shared as (
        select
            *,
            case
                when first_kwh < volume
                    then first_floor + case when first_rank <= first_kwh - first_floors then 1 else 0 end
                else use_kwh
            end as first_share,
            case
                when second_kwh < volume
                    then second_floor + case when second_rank <= second_kwh - second_floors then 1 else 0 end
                else use_kwh
            end as second_share
        from ranked
    ),
    banded as (
        select account_number, period, zone, category, zone_plan, 1 as place, first_share as kwh from shared
        union all
        select account_number, period, zone, category, zone_plan, 2 as place, second_share - first_share as kwh from shared
        union all
        select account_number, period, zone, category, zone_plan, 3 as place, use_kwh - second_share as kwh from shared
    )
    select
        banded.account_number, banded.period, banded.zone, cast(banded.place as smallint) as place, cast(banded.kwh as bigint) as kwh,
        cast({quotient("(banded.kwh * price.price_e4 + 50)", "100")} as bigint) as kopecks
    from banded
    inner join price
        on price.period = banded.period and price.category = banded.category and price.zone_plan = banded.zone_plan
        and price.zone = banded.zone and price.place = banded.place
    where banded.kwh > 0
    """


MONTHS = """
    with charged as (
        select account_number, period, sum(kopecks) as charged from line group by account_number, period
    ),
    paid as (
        select account_number, period, sum(kopecks) as paid from payment group by account_number, period
    )
    select
        charged.account_number, charged.period, cast(charged.charged as bigint) as charged, cast(paid.paid as bigint) as paid,
        cast(sum(charged.charged - paid.paid) over (partition by charged.account_number order by charged.period) as bigint) as closing
    from charged
    inner join paid on paid.account_number = charged.account_number and paid.period = charged.period
"""
"""Rows of `month`, from `line` and payment; every account has both in every month."""
