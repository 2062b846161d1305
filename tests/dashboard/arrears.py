"""What the invented snapshot says of debts, penalty, candidates, waiting money and decisions: a shape, told from postings."""

import duckdb

from pipelines.settings import SQL
from tests.dashboard.invented import AS_OF, OPEN_PERIOD

DUE_DATE = """
create table due_date as
select period::date as service_period, (period + interval 1 month + interval 14 day)::date as due_on
from generate_series(date '2013-01-01', date '2027-12-01', interval 1 month) as months (period)
"""

DEBT = """
create table debt as
with bills as (
    select
        account_number,
        case kind when 'opening' then service_period else posting_period end as period,
        case kind when 'opening' then 'opening' else 'bill' end::debt_kind as kind,
        sum(amount_kopecks) as kopecks
    from posting where kind <> 'payment' group by all having kopecks > 0
), balances as (
    select account_number, sum(amount_kopecks) as owed from posting group by all having owed > 0
), stacked as (
    select bills.*, owed, sum(kopecks) over (partition by account_number order by period desc, kind desc rows unbounded preceding) - kopecks as newer
    from bills join balances using (account_number)
)
select
    account_number, period, kind, due_on, kopecks::bigint as amount_kopecks,
    (kopecks - least(kopecks, owed - newer))::bigint as paid_kopecks, least(kopecks, owed - newer)::bigint as open_kopecks
from stacked join due_date on service_period = period
where newer < owed
"""

PENALTY_LINE = """
create table penalty_line as
select
    account_number, posting_period, period as debt_period, kind as debt_kind, due_on, due_on + 31 as day_from, due_on + 40 as day_to,
    10 * sign::integer as days, open_kopecks as base_kopecks, 300::integer as fraction_divisor, 9.5::decimal(5, 2) as rate_pct,
    (sign * open_kopecks // 300)::bigint as amount_kopecks, '2026.1' as rules_version
from debt, (values (date '2026-09-01', 1), (date '2026-10-01', 2), (date '2026-10-01', -1)) as postings (posting_period, sign)
where due_on < date '2026-09-01'
"""

CANDIDATE = """
create table restriction_candidate as
select
    account_number, sum(open_kopecks)::bigint as overdue_kopecks, count(*) as debts, min(due_on) as oldest_due_on, 96::bigint as normative_kwh,
    'assumed'::value_status as normative_status, 60000::bigint as month_kopecks, (sum(open_kopecks) // 60000)::bigint as full_months,
    $on_day::date + 20 as may_restrict_from
from debt where due_on < $on_day group by account_number having sum(open_kopecks) > 120000
"""

IN_BALANCE = """
update account_month set penalty_kopecks = sums.kopecks, penalty_taken_back_kopecks = sums.taken_back
from (
    select account_number, posting_period, sum(amount_kopecks)::bigint as kopecks, sum(least(amount_kopecks, 0))::bigint as taken_back
    from penalty_line group by all
) as sums
where sums.account_number = account_month.account_number and sums.posting_period = account_month.period
"""

SUSPENSE = """
create table suspense as
select
    payment_id, paid_on, amount_kopecks, account_as_written, channel, agent, operation_id,
    case when regexp_full_match(account_as_written, '[0-9]{12}') then 'unknown_account' else 'no_account_number' end as reason,
    paid_on as waits_since, date_diff('day', paid_on, $on_day::date) as waits_days, source_file_id, source_line
from payment where status = 'suspense'
"""

DECISION = """
insert into payment_decision by name
select
    agent, operation_id, payment_id, decision::payment_decision as decision, $open::date as known_period, account_number, null::date as named_period,
    refusal::varchar as refusal, message::varchar as message,
    'Решающая А. Б.' as decided_by, null::varchar as comment, source_file_id, source_line
from (select *, row_number() over (order by payment_id) as place from payment where status = 'posted')
join (values (1, 'move', null, null), (2, 'reverse', null, null), (3, 'assign', 'not_waiting', 'Платёж уже зачислен на счёт.'))
    as decisions (place, decision, refusal, message) using (place)
"""

CONTROL = """
update source_file set control_rows = rows_received, control_kopecks = sums.kopecks, received_kopecks = sums.kopecks
from (select source_file_id, sum(amount_kopecks)::bigint as kopecks from payment group by all) as sums
where sums.source_file_id = source_file.source_file_id and source_file.kind = 'bank_registry'
"""


def write_arrears(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the tables that follow from accounts, postings and payments."""
    bound = {"on_day": AS_OF.date(), "open": OPEN_PERIOD}
    for statement in (DUE_DATE, DEBT, PENALTY_LINE, IN_BALANCE, CANDIDATE, SUSPENSE, DECISION, CONTROL):
        connection.execute(statement, {name: value for name, value in bound.items() if f"${name}" in statement})
    ages = (SQL / "published" / "age_class.sql").read_text(encoding="utf-8")
    connection.execute(f"create table age_class as {ages}")
