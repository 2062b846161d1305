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

months as (
    select accounts.account_number, accounts.known_period, months.period
    from accounts
    inner join rating.month as months
        on months.period >= accounts.known_period and months.period > (select sealed_period from bounds)
),

-- `case`, not `filter`: a third of the time here.
moved as (
    select
        account_number,
        posting_period as period,
        sum(case when kind = 'opening' then amount_kopecks else 0 end)::bigint as brought_kopecks,
        sum(case when kind = 'charge' then amount_kopecks else 0 end)::bigint as charged_kopecks,
        sum(case when kind = 'correction' then amount_kopecks else 0 end)::bigint as corrected_kopecks,
        sum(case when kind = 'penalty' then amount_kopecks else 0 end)::bigint as penalty_kopecks,
        -sum(case when kind = 'payment' then amount_kopecks else 0 end)::bigint as paid_kopecks,
        sum(amount_kopecks)::bigint as moved_kopecks,
        sum(kwh)::bigint as kwh
    from ledger.posting
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and posting_period > (select sealed_period from bounds)
    group by account_number, posting_period
),

sealed as (
    select account_number, closing_kopecks
    from marts.account_month
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and period = (select sealed_period from bounds)
),

balanced as (
    select
        months.account_number,
        months.period,
        months.period = months.known_period as is_first,
        coalesce(moved.brought_kopecks, 0) as brought_kopecks,
        coalesce(moved.charged_kopecks, 0) as charged_kopecks,
        coalesce(moved.corrected_kopecks, 0) as corrected_kopecks,
        coalesce(moved.penalty_kopecks, 0) as penalty_kopecks,
        coalesce(moved.paid_kopecks, 0) as paid_kopecks,
        coalesce(moved.moved_kopecks, 0) as moved_kopecks,
        coalesce(moved.kwh, 0) as kwh,
        coalesce(sealed.closing_kopecks, 0) + sum(coalesce(moved.moved_kopecks, 0)) over (
            partition by months.account_number order by months.period
        )::bigint as closing_kopecks
    from months
    left join moved on moved.account_number = months.account_number and moved.period = months.period
    left join sealed on sealed.account_number = months.account_number
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
    versions.district,
    organisation.branch,
    organisation.site
from balanced
inner join metering.account_version as versions
    on versions.account_number between getvariable('first_account') and getvariable('last_account')
    and versions.account_number = balanced.account_number
    and versions.from_period <= balanced.period and balanced.period < versions.to_period
    and versions.known_from <= balanced.period and balanced.period < versions.known_to
left join reference.organisation as organisation
    on organisation.district = versions.district
    and organisation.valid_from <= balanced.period and balanced.period < organisation.valid_to
order by balanced.account_number, balanced.period
