-- One row per kind of customer with money owed now: contracts, the debt by class of age (age_class), and penalty posted so far.
-- grain:  customer_kind
-- params: none
with debts as (
    select
        debts.customer_kind,
        count(distinct debts.contract_number) as contracts,
        sum(debts.open_kopecks)::bigint as open_kopecks,
        coalesce(sum(debts.open_kopecks) filter (where ages.age = 0), 0)::bigint as age_0_kopecks,
        coalesce(sum(debts.open_kopecks) filter (where ages.age = 1), 0)::bigint as age_1_kopecks,
        coalesce(sum(debts.open_kopecks) filter (where ages.age = 2), 0)::bigint as age_2_kopecks,
        coalesce(sum(debts.open_kopecks) filter (where ages.age = 3), 0)::bigint as age_3_kopecks,
        coalesce(sum(debts.open_kopecks) filter (where ages.age > 3), 0)::bigint as older_kopecks
    from business_debt as debts
    inner join age_class as ages
        on debts.days_overdue between coalesce(ages.from_days, 0) and coalesce(ages.to_days, 100000)
    where debts.open_kopecks > 0
    group by debts.customer_kind
),

penalties as (
    select customer_kind, sum(amount_kopecks)::bigint as penalty_kopecks
    from business_penalty_line
    group by customer_kind
)

select
    debts.customer_kind::varchar as customer_kind,
    debts.* exclude (customer_kind),
    coalesce(penalties.penalty_kopecks, 0)::bigint as penalty_kopecks
from debts
left join penalties on penalties.customer_kind = debts.customer_kind
order by debts.open_kopecks desc, debts.customer_kind
