"""What the invented snapshot says of businesses: five contracts, two points each, two months; every sum follows from its lines."""

import duckdb

CONTRACT = """
create table business_contract as
select
    '61-' || lpad(number::varchar, 6, '0') as contract_number, date '2025-01-01' as valid_from, date '9999-12-31' as valid_until,
    case when number = 5 then date '2026-10-31' end as ended_on, (6164000000 + number)::varchar as inn,
    case when number <> 4 then '616401001' end as kpp, 'ООО «Мельница *' || number || '*»' as name,
    ['general', 'uk', 'tszh', 'general', 'heat_water'][number]::customer_kind as customer_kind,
    case when number < 3 then 'Мельник И. П.' end as representative, null::varchar as position, 'устав' as authority,
    null::varchar as email, null::varchar as phone, case when number = 2 then 'single' else 'thirds' end::payment_schedule as payment_schedule,
    1::integer as source_file_id, number::bigint as source_line
from range(1, $contracts) as numbers (number)
"""

POINT = """
create table business_point as
select
    contract_number, contract_number || '-' || point as point_code, date '2025-01-01' as from_period, date '9999-12-01' as to_period,
    date '2025-01-01' as supplied_from, ended_on as supplied_to, date '2025-01-01' as valid_from, 'ул. Промышленная, ' || point as address,
    'sn2'::voltage as voltage, 'to_10_mw'::power_group as power_group, 900::decimal(12, 3) as max_power_kw,
    (case when point = 1 then 5 else 1 end)::tinyint as price_category, 'one_rate'::network_variant as network_variant,
    'one_rate'::zone_plan as zone_plan, 1::integer as source_file_id, source_line
from business_contract cross join range(1, 3) as points (point)
"""

POINT_DAY = """
create table point_day as
select
    point_code, day::date as day, list_transform(range(24), lambda hour: (10000 + 500 * hour + day(day) * 10)::bigint) as wh,
    list_transform(range(24), lambda hour: case when hour = 3 and day(day) = 5 then 'last_year' else 'measured' end::hour_basis) as basis,
    (case when day(day) = 5 then 1 else 0 end)::smallint as hours_filled, 0::smallint as hours_unknown
from business_point
cross join generate_series(date '2026-09-01', date '2026-10-31', interval 1 day) as days (day)
where price_category = 5
"""

DEVIATION_DAY = """
create table deviation_day as
select
    contract_number, point_code, day, timezone('Europe/Moscow', day::timestamp) as submitted_at,
    list_transform(wh, lambda energy, hour: energy + case when hour % 2 = 0 then 300 else -500 end) as plan_wh, wh as fact_wh,
    list_transform(wh, lambda energy, hour: (case when hour % 2 = 0 then -300 else 500 end)::bigint) as deviation_wh,
    list_transform(wh, lambda energy, hour: (case when hour % 2 = 0 then 45 else 120 end)::bigint) as cost_kopecks
from point_day inner join business_point using (point_code)
"""

VOLUME = """
create table business_volume as
select
    contract_number, points.point_code, months.period as service_period, months.period as closing, price_category,
    case when price_category = 5 then hours.kwh else 4200 end as kwh, 0::bigint as act_kwh,
    case when price_category = 5 then 'hours' else 'register' end::volume_basis as basis, day(last_day(months.period)) * 24 as hours_expected,
    case when price_category = 5 then day(last_day(months.period)) * 24 - 1 else 0 end::bigint as hours_measured,
    case when price_category = 5 then hours.kwh end as hours_kwh,
    case when price_category = 5 then hours.kwh - 12 else 4200 end as register_kwh,
    case when price_category = 5 then 12::bigint end as difference_kwh
from business_point as points
cross join (select unnest([date '2026-09-01', date '2026-10-01']) as period) as months
left join (
    select point_code, date_trunc('month', day)::date as period, (sum(list_sum(wh)) // 1000)::bigint as kwh from point_day group by all
) as hours on hours.point_code = points.point_code and hours.period = months.period
"""

CHARGE_LINE = """
create table business_charge_line as
with lines as (
    select
        contract_number, point_code, service_period, component, basis, kwh, price,
        case component when 'capacity' then 120::decimal(15, 3) end as kw
    from business_volume
    cross join (values ('energy', 2100), ('capacity', 900), ('network', 1700), ('markup', 210), ('other', 4)) as prices (component, price)
)
select
    contract_number, point_code, service_period as posting_period, service_period, component::component as component, 'all'::zone as zone,
    basis, case when component = 'capacity' then 0 else kwh end as kwh, kw, price::decimal(18, 5) as price,
    (kwh * price // 10)::bigint as amount_kopecks, 22::integer as vat_pct, (kwh * price // 10 * 22 // 100)::bigint as vat_kopecks,
    'charge'::line_kind as line_kind, '2026.1' as rules_version
from lines
union all
select
    contract_number, point_code, date '2026-10-01', date '2026-09-01', 'energy'::component, 'all'::zone, 'hours'::volume_basis, 10, null, 2100, 2100, 22, 462,
    'correction'::line_kind, '2026.1'
from business_point where price_category = 5 and contract_number < '61-000003'
"""

BILL = """
create table business_bill as
select
    contract_number, posting_period as period, coalesce(sum(kwh) filter (where component = 'energy'), 0)::bigint as kwh,
    sum(amount_kopecks)::bigint as net_kopecks, sum(vat_kopecks)::bigint as vat_kopecks,
    sum(amount_kopecks + vat_kopecks)::bigint as total_kopecks,
    coalesce(sum(amount_kopecks + vat_kopecks) filter (where line_kind <> 'charge'), 0)::bigint as corrected_kopecks
from business_charge_line group by contract_number, posting_period
"""

ADVANCE = """
create table business_advance as
select
    contract_number, period, part::tinyint as part, (period + to_days(due - 1))::date as due_on,
    (total_kopecks * pct // 100)::bigint as amount_kopecks, share_pct::integer as share_pct, total_kopecks as base_kopecks, period as base_period
from business_bill
cross join (values (1, 10, 30, 30), (2, 25, 40, 40), (3, 48, 30, null)) as parts (part, due, pct, share_pct)
"""

PENALTY_LINE = """
create table business_penalty_line as
select
    contract_number, date '2026-10-01' as posting_period, period, due_on, customer_kind, due_on + 1 as day_from, date '2026-10-31' as day_to,
    (date '2026-10-31' - due_on)::integer as days, amount_kopecks as base_kopecks, 130::integer as fraction_divisor,
    16.00::decimal(5, 2) as rate_pct, (amount_kopecks * 16 * (date '2026-10-31' - due_on) // 13000)::bigint as amount_kopecks,
    '2026.1' as rules_version
from business_advance inner join business_contract using (contract_number)
where period = date '2026-09-01' and part = 3 and contract_number < '61-000003'
"""

DEBT = """
create table business_debt as
select
    contract_number, period, part::integer as part, customer_kind, due_on, true as is_billed, amount_kopecks as kopecks,
    (case when contract_number < '61-000003' and part > 1 then 0 else amount_kopecks end)::bigint as paid_kopecks,
    due_on as paid_on,
    (case when contract_number < '61-000003' and part > 1 then amount_kopecks else 0 end)::bigint as open_kopecks,
    greatest(date_diff('day', due_on, date '2026-11-22'), 0) as days_overdue
from business_advance inner join business_contract using (contract_number)
"""

BALANCE = """
create table business_balance as
select
    contract_number, period, 0::bigint as opening_kopecks, total_kopecks as charged_kopecks, 0::bigint as penalty_kopecks,
    total_kopecks as paid_kopecks, 0::bigint as closing_kopecks
from business_bill
"""


def write_businesses(connection: duckdb.DuckDBPyConnection, *, is_empty: bool) -> None:
    """Add the tables about contracts; `is_empty`: without a row."""
    connection.execute(CONTRACT, {"contracts": 1 if is_empty else 6})
    for statement in (POINT, POINT_DAY, DEVIATION_DAY, VOLUME, CHARGE_LINE, BILL, ADVANCE, PENALTY_LINE, DEBT, BALANCE):
        connection.execute(statement)
