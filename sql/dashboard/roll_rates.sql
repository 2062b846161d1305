-- One row per pair of classes of age: accounts that stood in one at the end of $before and in the other at the end of $period.
-- grain:  from_age, to_age (-1: nothing owed)
-- params: period, before, on_day (of the snapshot: the open month is looked at as of it), branch, site, district (null: not chosen)
-- `debt` knows the present only, so the past is told from balances: what an account owes at the end of a month, penalty left
-- out, lies on its newest bills, for money goes to what fell due first; its class is that of the oldest bill still open.
-- Periods that payers name are not looked at here.
with here as (
    select account_number
    from account_month
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
),

ends as (
    select closings.closing, least(last_day(closings.closing), $on_day::date) as looked_on
    from (values ($before::date), ($period::date)) as closings (closing)
),

penalties as (
    select
        account_number,
        sum(penalty_kopecks) filter (period <= $before) as before_kopecks,
        sum(penalty_kopecks) as period_kopecks
    from account_month
    where period <= $period and penalty_kopecks <> 0
    group by account_number
),

-- Without penalty: what it added to the balance is taken off again.
balances as (
    select
        months.account_number,
        ends.closing,
        ends.looked_on,
        (
            months.closing_kopecks
            - coalesce(case when ends.closing = $before then penalties.before_kopecks else penalties.period_kopecks end, 0)
        )::bigint as owed_kopecks
    from account_month as months
    inner join ends on ends.closing = months.period
    left join penalties on penalties.account_number = months.account_number
    where owed_kopecks > 0 and months.account_number in (select account_number from here)
),

-- Most of what is owed was billed within a year: only accounts that owe more than that are followed further back.
recent as (
    select account_number, period, charged_kopecks, corrected_kopecks
    from account_month
    where period between $before::date - interval 12 month and $period
),

deep as (
    select balances.account_number
    from balances
    left join (
        select
            account_number,
            sum(greatest(charged_kopecks, 0) + greatest(corrected_kopecks, 0)) filter (period <= $before) as before_kopecks,
            sum(greatest(charged_kopecks, 0) + greatest(corrected_kopecks, 0)) as period_kopecks
        from recent
        group by account_number
    ) as billed on billed.account_number = balances.account_number
    where
        balances.owed_kopecks
        > coalesce(case when balances.closing = $before then billed.before_kopecks else billed.period_kopecks end, 0)
),

months as (
    select * from recent
    where account_number in (select account_number from balances)
    union all
    select account_number, period, charged_kopecks, corrected_kopecks
    from account_month
    where period < $before::date - interval 12 month and account_number in (select account_number from deep)
),

-- What an account brought along stands in the opening balance of its first month.
brought as (
    select account_number
    from account_month
    where account_number in (select account_number from deep)
    group by account_number
    having arg_min(opening_kopecks, period) > 0
),

bills as (
    select
        account_number,
        period as posting_period,
        period as bill_period,
        'charge'::posting_kind as kind,
        charged_kopecks as bill_kopecks
    from months
    where charged_kopecks > 0
    union all
    select account_number, period, period, 'correction'::posting_kind, corrected_kopecks
    from months
    where corrected_kopecks > 0
    union all
    select account_number, posting_period, service_period, kind, sum(amount_kopecks)::bigint as brought_kopecks
    from posting
    where kind = 'opening' and posting_period <= $period and account_number in (select account_number from brought)
    group by all
    having brought_kopecks > 0
),

stacked as (
    select
        balances.account_number,
        balances.closing,
        balances.looked_on,
        balances.owed_kopecks,
        bills.bill_period,
        sum(bills.bill_kopecks) over (
            partition by balances.account_number, balances.closing
            order by bills.bill_period desc, bills.kind desc
            rows unbounded preceding
        ) - bills.bill_kopecks as newer_kopecks
    from balances
    inner join bills on bills.account_number = balances.account_number and bills.posting_period <= balances.closing
),

oldest as (
    select account_number, closing, looked_on, owed_kopecks, min(bill_period) as bill_period
    from stacked
    where newer_kopecks < owed_kopecks
    group by all
),

aged as (
    select oldest.account_number, oldest.closing, oldest.owed_kopecks, ages.age
    from oldest
    inner join due_date as dues on dues.service_period = oldest.bill_period
    inner join age_class as ages
        on date_diff('day', dues.due_on, oldest.looked_on)
        between coalesce(ages.from_days, -100000) and coalesce(ages.to_days, 100000)
),

pairs as (
    select
        coalesce(earlier.age, -1) as from_age,
        coalesce(later.age, -1) as to_age,
        coalesce(earlier.owed_kopecks, 0) as from_kopecks,
        coalesce(later.owed_kopecks, 0) as to_kopecks
    from here
    left join (select * from aged where closing = $before) as earlier on earlier.account_number = here.account_number
    left join (select * from aged where closing = $period) as later on later.account_number = here.account_number
),

counted as (
    select
        from_age,
        to_age,
        count(*) as accounts,
        sum(from_kopecks)::bigint as from_kopecks,
        sum(to_kopecks)::bigint as to_kopecks
    from pairs
    group by from_age, to_age
)

-- A rate is accounts of the pair ÷ accounts of the earlier class, in tenths of a percent, rounded half up.
select
    *,
    ((accounts * 2000 + sum(accounts) over earlier) // (sum(accounts) over earlier * 2))::bigint as rolled_permille
from counted
window earlier as (partition by from_age)
order by from_age, to_age
