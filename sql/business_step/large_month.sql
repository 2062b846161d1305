-- One row per month of a point of 670 kW and more in categories 3 to 6, as it is looked at: by an evaluation, or (no contract) now.
-- grain: contract_number, point_code, service_period, closing
-- kind:  step
-- law:   RULES.md 9.3: where such a point has no hourly meter, its hours are made of what its register counted
with months as (
    select contract_number, point_code, service_period, closing, first_day, last_day, max_power_kw
    from business_step.point_month
    where price_category >= 3
    union all
    select
        null,
        point_code,
        month,
        date '9999-12-30',                             -- after every closing: all that is known
        greatest(month, from_day),
        least(last_day(month), to_day - 1),
        max_power_kw
    from (
        select *, unnest(range(date_trunc('month', from_day)::date, to_day, interval 1 month))::date as month
        from business.expected_day
    )
)

select months.*
from months
inner join reference.substitution_rule as rules
    on rules.basis = 'register'
    and rules.valid_from <= months.service_period and months.service_period < rules.valid_to
    and months.max_power_kw >= rules.power_from_kw
