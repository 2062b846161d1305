"""Facts of an invented region that keeps to the subset, put straight into a warehouse; deterministic in its size."""

import datetime as dt

import duckdb

from tests.bench.measure import LAST_MONTH


def insert_facts(connection: duckdb.DuckDBPyConnection, accounts: int, months: int) -> None:
    """Accounts, tenants, meters, a reading of every register and a payment every month through October 2026."""
    first = LAST_MONTH.year * 12 + LAST_MONTH.month - months
    parameters = {"accounts": accounts, "first": dt.date(first // 12, first % 12 + 1, 1), "last": LAST_MONTH}
    for statement in _STATEMENTS.split(";\n"):
        used = {name: value for name, value in parameters.items() if f"${name}" in statement}
        connection.execute(statement, used)


_STATEMENTS = """
create temp table homes as
select
    600000000000 + number as account_number,
    hash(number) as dice,
    case when dice % 10 < 7 then 'urban' else 'rural' end::settlement as settlement,
    case when dice // 10 % 10 < 3 then 'electric' else 'gas' end::stove as stove,
    case when dice // 100 % 20 = 0 then 'electric' else 'none' end::heating as heating,
    (1 + dice // 10000 % 6)::integer as persons,
    case when dice // 100000 % 10 < 7 then 'one_rate' when dice // 100000 % 10 < 9 then 'two_zone' else 'three_zone' end::zone_plan
        as zone_plan,
    -- One in forty uses forty times as much: every band is met.
    case when dice // 1000000 % 40 = 0 then 40 else 1 end as appetite
from range($accounts::bigint) as numbers(number);
create temp table months as
select unnest(generate_series($first::date, $last::date, interval 1 month))::date as period;
create temp table registers as
select homes.*, zones.zone::zone as zone, 1000 + hash(account_number, zones.zone) % 50000 as opening
from homes
inner join (
    values ('one_rate', 'all'), ('two_zone', 'day'), ('two_zone', 'night'), ('three_zone', 'peak'), ('three_zone', 'half_peak'),
        ('three_zone', 'night')
) as zones(zone_plan, zone) on zones.zone_plan = homes.zone_plan::varchar;
insert into intake.source_file by name
select
    1 as source_file_id, 'customers'::channel as channel, 'accounts' as kind, 'accounts' as name, 'accounts' as sha256, 1 as size_bytes,
    ($first::date + time '00:00')::timestamp at time zone 'Europe/Moscow' as known_at, $first::date as known_period, 1 as run_id, 'accepted' as status,
    0 as rows_received, 0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate;
insert into intake.source_file by name
select
    (2 + 2 * row_number() over (order by period, kinds.kind) - kinds.kind)::integer as source_file_id,
    case kinds.kind when 1 then 'cash' else 'office' end::channel as channel, 'kind' as kind,
    'file' || source_file_id as name, name as sha256, 1 as size_bytes,
    (period + case kinds.kind when 1 then 12 else 20 end + time '23:59')::timestamp at time zone 'Europe/Moscow' as known_at,
    period as known_period, 1 as run_id, 'accepted' as status, 0 as rows_received, 0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate
from months cross join (values (1), (2)) as kinds(kind);
insert into intake.account_fact by name
select
    account_number, $first::date as valid_from, 'Азов' as district, 'Абонент' as holder_name, 'Адрес' as address, settlement, stove, heating,
    files.known_at, files.known_period, 1 as source_file_id, account_number as source_line
from homes cross join (select known_at, known_period from intake.source_file where source_file_id = 1) as files;
insert into intake.tenant_fact by name
select account_number, $first::date as valid_from, persons, files.known_at, files.known_period, 1 as source_file_id, account_number as source_line
from homes cross join (select known_at, known_period from intake.source_file where source_file_id = 1) as files;
insert into intake.meter_fact by name
select
    registers.account_number, 'M' || registers.account_number as meter_serial, registers.zone_plan, 9 as whole_digits, 0 as fraction_digits,
    1 as transformer_ratio, $first::date as installed_on, date '2040-01-01' as verified_until,
    max(opening) filter (zone in ('all', 'day', 'peak')) as opening_t1,
    coalesce(max(opening) filter (zone = 'half_peak'), max(opening) filter (zone = 'night' and zone_plan = 'two_zone')) as opening_t2,
    max(opening) filter (zone = 'night' and zone_plan = 'three_zone') as opening_t3,
    any_value(files.known_at) as known_at, any_value(files.known_period) as known_period,
    1 as source_file_id, registers.account_number as source_line
from registers cross join (select known_at, known_period from intake.source_file where source_file_id = 1) as files
group by registers.account_number, registers.zone_plan;
insert into intake.reading_fact by name
select
    files.source_file_id::bigint * 68719476736 + row_number() over (partition by files.source_file_id order by account_number, zone) * 16
        as reading_id,
    registers.account_number, 'M' || registers.account_number as meter_serial, registers.zone,
    months.period + 19 as read_on, (months.period + 19 + time '10:00')::timestamp at time zone 'Europe/Moscow' as received_at,
    opening + sum(appetite * (20 + hash(registers.account_number, registers.zone, months.period) % 250)::bigint) over (
        partition by registers.account_number, registers.zone order by months.period
    ) as value,
    files.channel, files.known_at, files.known_period, files.source_file_id, 1 as source_line
from registers
cross join months
inner join intake.source_file as files on files.known_period = months.period and files.channel = 'office'
order by files.source_file_id, hash(registers.account_number);
insert into intake.payment_fact by name
select
    files.source_file_id::bigint * 68719476736 + row_number() over (partition by files.source_file_id order by account_number) * 16 as payment_id,
    account_number, account_number::varchar as account_as_written, months.period + 11 as paid_on,
    -- More than any month costs: nobody is ever in debt, so no penalty touches the balance.
    (60000000 + hash(account_number, months.period) % 10000000)::bigint as amount_kopecks,
    files.channel, 'cash' as agent, 'B-' || account_number || '-' || months.period as operation_id, files.known_at, files.known_period,
    files.source_file_id, 1 as source_line
from homes
cross join months
inner join intake.source_file as files on files.known_period = months.period and files.channel = 'cash'
order by files.source_file_id, hash(account_number)
"""
