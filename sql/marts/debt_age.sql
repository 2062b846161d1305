-- One row per district, month and age: what accounts owed at its end, by how long that is overdue (задолженность по срокам).
-- grain:    district, period, age
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- law:      decision 15: money pays what fell due first, so what is owed is what was billed last. A debt counts by the month of its
--           bill: that of the month itself is not due yet, that of the month before overdue up to 30 days, and so on
-- money:    the ages of a district and month add up to its debt
create table if not exists marts.debt_age (
    district varchar not null,
    period date not null,
    age debt_age not null,
    accounts bigint not null,              -- that owe something of this age
    debt_kopecks bigint not null
);

with moved as (
    select
        account_number,
        period,
        district,
        greatest(closing_kopecks, 0) as debt_kopecks,
        row_number() over account as place,
        first_value(greatest(opening_kopecks, 0)) over account as brought_kopecks,
        (sum(greatest(charged_kopecks + corrected_kopecks + penalty_kopecks, 0)) over account)::bigint as billed_kopecks
    from marts.account_month
    -- The oldest age begins 37 months back.
    where period > (select sealed_period from replay.bounds) - interval 37 month
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
    from moved
    window account as (partition by account_number order by period)
),

-- Of the debt, what the bills of the last so many months make.
young as (
    select
        district,
        period,
        debt_kopecks,
        least(debt_kopecks, billed_in_last(1, billed_kopecks, before_1, place, brought_kopecks)) as within_1,
        least(debt_kopecks, billed_in_last(2, billed_kopecks, before_2, place, brought_kopecks)) as within_2,
        least(debt_kopecks, billed_in_last(3, billed_kopecks, before_3, place, brought_kopecks)) as within_3,
        least(debt_kopecks, billed_in_last(4, billed_kopecks, before_4, place, brought_kopecks)) as within_4,
        least(debt_kopecks, billed_in_last(7, billed_kopecks, before_7, place, brought_kopecks)) as within_7,
        least(debt_kopecks, billed_in_last(13, billed_kopecks, before_13, place, brought_kopecks)) as within_13,
        least(debt_kopecks, billed_in_last(37, billed_kopecks, before_37, place, brought_kopecks)) as within_37
    from lagged
    where period > (select sealed_period from replay.bounds) and debt_kopecks > 0
),

sums as (
    select
        district,
        period,
        [
            {'age': 'not_due', 'accounts': count_if(within_1 > 0), 'kopecks': sum(within_1)},
            {'age': 'days_30', 'accounts': count_if(within_2 > within_1), 'kopecks': sum(within_2 - within_1)},
            {'age': 'days_60', 'accounts': count_if(within_3 > within_2), 'kopecks': sum(within_3 - within_2)},
            {'age': 'days_90', 'accounts': count_if(within_4 > within_3), 'kopecks': sum(within_4 - within_3)},
            {'age': 'days_180', 'accounts': count_if(within_7 > within_4), 'kopecks': sum(within_7 - within_4)},
            {'age': 'days_365', 'accounts': count_if(within_13 > within_7), 'kopecks': sum(within_13 - within_7)},
            {'age': 'years_3', 'accounts': count_if(within_37 > within_13), 'kopecks': sum(within_37 - within_13)},
            {'age': 'older', 'accounts': count_if(debt_kopecks > within_37), 'kopecks': sum(debt_kopecks - within_37)}
        ] as ages
    from young
    group by district, period
),

rows_of as (
    select district, period, unnest(ages) as found from sums
)

select
    district,
    period,
    found.age::debt_age as age,
    found.accounts,
    found.kopecks::bigint as debt_kopecks
from rows_of
where found.kopecks > 0
order by district, period, age
