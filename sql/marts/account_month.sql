-- One row per account and month since the account became known: how the balance (сальдо) moved.
-- grain:    account_number, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- money:    closing = opening + charged + corrected + penalty − paid, in every row
create table if not exists marts.account_month (
    account_number bigint not null,
    period date not null,
    opening_kopecks bigint not null,
    charged_kopecks bigint not null,
    corrected_kopecks bigint not null,
    penalty_kopecks bigint not null,
    paid_kopecks bigint not null,
    closing_kopecks bigint not null,
    kwh bigint not null,
    district varchar not null,
    branch varchar,
    site varchar
);

with bounds as (
    select sealed_period, open_period from replay.bounds
),

accounts as (
    select account_number, min(known_period) as known_period
    from intake.account_fact
    where account_number between getvariable('first_account') and getvariable('last_account')
    group by account_number
),

-- Everything that makes a month's row, summed together: the month itself, what was posted in it, and in the first open month
-- the balance that the last closed one left. `case`, not `filter`: a third of the time here.
entries as (
    select
        accounts.account_number,
        months.period,
        accounts.known_period,
        0 as brought_kopecks,
        0 as charged_kopecks,
        0 as corrected_kopecks,
        0 as penalty_kopecks,
        0 as paid_kopecks,
        0 as carried_kopecks,
        0 as kwh
    from accounts
    inner join rating.month as months
        on months.period >= accounts.known_period and months.period > (select sealed_period from bounds)
    union all
    select
        account_number,
        posting_period as period,
        null as known_period,
        case when kind = 'opening' then amount_kopecks else 0 end as brought_kopecks,
        case when kind = 'charge' then amount_kopecks else 0 end as charged_kopecks,
        case when kind = 'correction' then amount_kopecks else 0 end as corrected_kopecks,
        case when kind = 'penalty' then amount_kopecks else 0 end as penalty_kopecks,
        case when kind = 'payment' then -amount_kopecks else 0 end as paid_kopecks,
        0 as carried_kopecks,
        kwh
    from ledger.posting
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and posting_period > (select sealed_period from bounds)
    union all
    select
        account_number,
        (period + interval 1 month)::date as period,
        null as known_period,
        0 as brought_kopecks,
        0 as charged_kopecks,
        0 as corrected_kopecks,
        0 as penalty_kopecks,
        0 as paid_kopecks,
        closing_kopecks as carried_kopecks,
        0 as kwh
    from marts.account_month
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and period = (select sealed_period from bounds)
),

months as (
    select
        account_number,
        period,
        max(known_period) as known_period,
        sum(brought_kopecks)::bigint as brought_kopecks,
        sum(charged_kopecks)::bigint as charged_kopecks,
        sum(corrected_kopecks)::bigint as corrected_kopecks,
        sum(penalty_kopecks)::bigint as penalty_kopecks,
        sum(paid_kopecks)::bigint as paid_kopecks,
        sum(carried_kopecks)::bigint as carried_kopecks,
        sum(kwh)::bigint as kwh
    from entries
    group by account_number, period
),

moved as (
    select
        *,
        period = known_period as is_first,
        brought_kopecks + charged_kopecks + corrected_kopecks + penalty_kopecks - paid_kopecks as moved_kopecks
    from months
),

balanced as (
    select
        *,
        sum(moved_kopecks + carried_kopecks) over (partition by account_number order by period)::bigint as closing_kopecks
    from moved
),

-- Where an account lies and who serves it there.
places as (
    select
        versions.account_number,
        greatest(versions.from_period, organisation.valid_from) as from_period,
        least(versions.to_period, organisation.valid_to) as to_period,
        versions.known_from,
        versions.known_to,
        versions.district,
        organisation.branch,
        organisation.site
    from metering.account_version as versions
    inner join reference.organisation as organisation
        on organisation.district = versions.district
        and organisation.valid_from < versions.to_period and versions.from_period < organisation.valid_to
    where versions.account_number between getvariable('first_account') and getvariable('last_account')
)

select
    balanced.account_number,
    balanced.period,
    -- What the account brought with it opens its first month; brought later it corrects the balance.
    closing_kopecks - moved_kopecks + case when is_first then brought_kopecks else 0 end as opening_kopecks,
    charged_kopecks,
    corrected_kopecks + case when is_first then 0 else brought_kopecks end as corrected_kopecks,
    penalty_kopecks,
    paid_kopecks,
    closing_kopecks,
    kwh,
    places.district,
    places.branch,
    places.site
from balanced
inner join places
    on places.account_number = balanced.account_number
    and places.from_period <= balanced.period and balanced.period < places.to_period
    and places.known_from <= balanced.period and balanced.period < places.known_to
order by balanced.account_number, balanced.period
