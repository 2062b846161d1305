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
    penalty_taken_back_kopecks bigint not null,     -- of the penalty, what earlier months had posted and this one took back: not above zero
    paid_kopecks bigint not null,
    closing_kopecks bigint not null,
    principal_kopecks bigint not null,     -- of the closing balance, what is no penalty (основной долг)
    kwh bigint not null,
    district varchar not null,
    branch varchar,
    site varchar,
    category category not null
);

with bounds as (
    select sealed_period, open_period from replay.bounds
),

accounts as (
    select
        accounts.account_number,
        accounts.known_period,
        coalesce(carried.closing_kopecks, 0) as carried_kopecks,          -- what the last closed month left
        coalesce(carried.principal_kopecks, 0) as carried_principal_kopecks
    from known.account as accounts
    left join closed.account_month as carried
        on carried.account_number = accounts.account_number
        and carried.period = (select sealed_period from bounds)
),

months as (
    select
        accounts.account_number,
        accounts.known_period,
        accounts.carried_kopecks,
        accounts.carried_principal_kopecks,
        months.period
    from accounts
    inner join rating.month as months
        on months.period >= accounts.known_period and months.period > (select sealed_period from bounds)
),

-- What moved the balance, each source summed by itself: one sum over all of them side by side takes six times as long.
penalties as (
    select
        account_number,
        posting_period as period,
        sum(amount_kopecks)::bigint as penalty_kopecks,
        sum(least(amount_kopecks, 0))::bigint as taken_back_kopecks
    from ledger.penalty_line
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and posting_period > (select sealed_period from bounds)
    group by account_number, posting_period
),

payments as (
    select account_number, posting_period as period, sum(amount_kopecks)::bigint as paid_kopecks
    from arrears.posted_payment
    where posting_period > (select sealed_period from bounds)
    group by account_number, posting_period
),

brought as (
    select account_number, posting_period as period, sum(amount_kopecks)::bigint as brought_kopecks
    from ledger.opening_debt
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and posting_period > (select sealed_period from bounds)
    group by account_number, posting_period
),

joined as (
    select
        months.account_number,
        months.period,
        months.period = months.known_period as is_first,
        coalesce(brought.brought_kopecks, 0) as brought_kopecks,
        coalesce(billed.charged_kopecks, 0) as charged_kopecks,
        coalesce(billed.corrected_kopecks, 0) as corrected_kopecks,
        coalesce(penalties.penalty_kopecks, 0) as penalty_kopecks,
        coalesce(penalties.taken_back_kopecks, 0) as penalty_taken_back_kopecks,
        coalesce(payments.paid_kopecks, 0) as paid_kopecks,
        months.carried_kopecks,
        months.carried_principal_kopecks,
        coalesce(billed.kwh, 0) as kwh
    from months
    left join arrears.billed as billed on billed.account_number = months.account_number and billed.posting_period = months.period
    left join penalties on penalties.account_number = months.account_number and penalties.period = months.period
    left join payments on payments.account_number = months.account_number and payments.period = months.period
    left join brought on brought.account_number = months.account_number and brought.period = months.period
),

moved as (
    select *, brought_kopecks + charged_kopecks + corrected_kopecks + penalty_kopecks - paid_kopecks as moved_kopecks
    from joined
),

balanced as (
    select
        *,
        carried_kopecks + sum(moved_kopecks) over account::bigint as closing_kopecks,
        carried_principal_kopecks + sum(moved_kopecks - penalty_kopecks) over account::bigint as principal_kopecks
    from moved
    window account as (partition by account_number order by period)
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
        organisation.site,
        versions.category
    from known.account_version as versions
    inner join reference.organisation as organisation
        on organisation.district = versions.district
        and organisation.valid_from < versions.to_period and versions.from_period < organisation.valid_to
)

select
    balanced.account_number,
    balanced.period,
    -- What the account brought with it opens its first month; brought later it corrects the balance.
    closing_kopecks - moved_kopecks + case when is_first then brought_kopecks else 0 end as opening_kopecks,
    charged_kopecks,
    corrected_kopecks + case when is_first then 0 else brought_kopecks end as corrected_kopecks,
    penalty_kopecks,
    penalty_taken_back_kopecks,
    paid_kopecks,
    closing_kopecks,
    principal_kopecks,
    kwh,
    places.district,
    places.branch,
    places.site,
    places.category
from balanced
inner join places
    on places.account_number = balanced.account_number
    and places.from_period <= balanced.period and balanced.period < places.to_period
    and places.known_from <= balanced.period and balanced.period < places.known_to
order by balanced.account_number, balanced.period
