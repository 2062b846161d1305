-- One row per account and month in which lines were posted: what they add to its balance, to its debts and to its money.
-- grain: account_number, posting_period
-- kind:  step
-- law:   decision 15: what a correction adds to a service period is a new debt of the month it is posted in; what it takes off pays,
--        as does a month that takes back more than it charges (ПП РФ 354 п. 61)
-- Of accounts that are behind, from the month on that arrears.behind lays out; of others, only months with a young bill; those still
-- open are among them.
with lines as (
    select lines.account_number, lines.posting_period, lines.service_period, lines.kind, lines.amount_kopecks, lines.kwh
    from ledger.charge_line as lines
    left join arrears.behind as behind on behind.account_number = lines.account_number
    where
        lines.account_number between getvariable('first_account') and getvariable('last_account')
        and lines.posting_period >= coalesce(behind.from_period, (select from_period from arrears.young))
),

charged as (
    select
        account_number,
        posting_period,
        sum(case when kind = 'charge' then amount_kopecks else 0 end)::bigint as charged_kopecks,
        sum(case when kind = 'charge' then 0 else amount_kopecks end)::bigint as corrected_kopecks,
        sum(kwh)::bigint as kwh
    from lines
    group by account_number, posting_period
),

nets as (
    select account_number, posting_period, service_period, sum(amount_kopecks)::bigint as kopecks
    from lines
    where kind <> 'charge'
    group by account_number, posting_period, service_period
),

corrected as (
    select
        account_number,
        posting_period,
        sum(greatest(kopecks, 0))::bigint as debit_kopecks,
        sum(greatest(-kopecks, 0))::bigint as credit_kopecks
    from nets
    group by account_number, posting_period
)

select
    charged.*,
    greatest(charged.charged_kopecks, 0) + coalesce(corrected.debit_kopecks, 0) as owed_kopecks,
    greatest(-charged.charged_kopecks, 0) + coalesce(corrected.credit_kopecks, 0) as credit_kopecks
from charged
left join corrected
    on corrected.account_number = charged.account_number and corrected.posting_period = charged.posting_period
