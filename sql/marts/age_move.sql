-- One row per district, category, month and pair of ages: accounts whose oldest open bill had one age a month ago and has the other now.
-- grain:    district, category, period, age_before, age
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- law:      decision 15, as in marts.debt_age: what is owed is what was billed last, and a bill ages by the month it was billed for.
--           Penalty is left out: the balances are those of the principal (основной долг)
create table if not exists marts.age_move (
    district varchar not null,
    category category not null,
    period date not null,
    age_before debt_age,                   -- null: nothing was owed a month ago, or the account was not known
    age debt_age,                          -- null: nothing is owed now
    accounts bigint not null,
    before_kopecks bigint not null,        -- principal owed a month ago
    kopecks bigint not null
);

-- Who owes no more than the bill of the month owes nothing older: of them the past need not be looked at.
with late as (
    select distinct account_number
    from marts.account_month
    where
        period > (select sealed_period from replay.bounds) - interval 1 month
        and principal_kopecks > greatest(charged_kopecks, 0) + greatest(corrected_kopecks, 0)
),

billed as (
    select
        account_number,
        period,
        district,
        category,
        greatest(principal_kopecks, 0) as kopecks,
        row_number() over account as place,
        first_value(greatest(opening_kopecks, 0)) over account as brought_kopecks,
        (sum(greatest(charged_kopecks, 0) + greatest(corrected_kopecks, 0)) over account)::bigint as billed_kopecks
    from marts.account_month
    -- The oldest age begins 37 months back, and a month more for the age a month ago.
    where
        period > (select sealed_period from replay.bounds) - interval 38 month
        and (
            period > (select sealed_period from replay.bounds) - interval 1 month
            or account_number in (select account_number from late)
        )
    window account as (partition by account_number order by period)
),

lagged as (
    select
        *,
        lag(billed_kopecks, 1) over account as before_1,
        lag(billed_kopecks, 2) over account as before_2,
        lag(billed_kopecks, 3) over account as before_3,
        lag(billed_kopecks, 4) over account as before_4,
        lag(billed_kopecks, 7) over account as before_7,
        lag(billed_kopecks, 13) over account as before_13,
        lag(billed_kopecks, 37) over account as before_37
    from billed
    window account as (partition by account_number order by period)
),

-- The youngest bills that make the debt.
aged as (
    select
        account_number,
        period,
        district,
        category,
        kopecks,
        case
            when kopecks = 0 then null
            when kopecks <= billed_in_last(1, billed_kopecks, before_1, place, brought_kopecks) then 'not_due'
            when kopecks <= billed_in_last(2, billed_kopecks, before_2, place, brought_kopecks) then 'days_30'
            when kopecks <= billed_in_last(3, billed_kopecks, before_3, place, brought_kopecks) then 'days_60'
            when kopecks <= billed_in_last(4, billed_kopecks, before_4, place, brought_kopecks) then 'days_90'
            when kopecks <= billed_in_last(7, billed_kopecks, before_7, place, brought_kopecks) then 'days_180'
            when kopecks <= billed_in_last(13, billed_kopecks, before_13, place, brought_kopecks) then 'days_365'
            when kopecks <= billed_in_last(37, billed_kopecks, before_37, place, brought_kopecks) then 'years_3'
            else 'older'
        end::debt_age as age
    from lagged
),

paired as (
    select
        *,
        lag(age) over account as age_before,
        coalesce(lag(kopecks) over account, 0) as before_kopecks
    from aged
    window account as (partition by account_number order by period)
)

select
    district,
    category,
    period,
    age_before,
    age,
    count(*) as accounts,
    sum(before_kopecks)::bigint as before_kopecks,
    sum(kopecks)::bigint as kopecks
from paired
where period > (select sealed_period from replay.bounds)
group by all
order by period, district, category, age_before, age
