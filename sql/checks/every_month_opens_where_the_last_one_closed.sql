-- Each month of an account opens with what the month before closed with, and no month is missing.
-- asset:    marts.account_month
-- severity: error
with months as (
    select
        account_number,
        period,
        opening_kopecks,
        lag(closing_kopecks) over account as previous_closing_kopecks,
        lag(period) over account as previous_period
    from marts.account_month
    where period >= (select sealed_period from replay.bounds)
    window account as (partition by account_number order by period)
)

select *
from months
where
    previous_period is not null
    and (opening_kopecks <> previous_closing_kopecks or previous_period <> period - interval 1 month)
