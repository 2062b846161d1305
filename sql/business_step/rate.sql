-- One row per kind of business customer and stretch of days: the rate of its penalty, percent a year.
-- grain: customer_kind, valid_from
-- kind:  step
with rates as (
    select 'key' as rate, valid_from, valid_to, rate_pct from reference.key_rate
    union all
    select 'lowered', valid_from, valid_to, rate_pct from reference.penalty_rate
)

select
    kinds.customer_kind,
    greatest(kinds.valid_from, rates.valid_from) as valid_from,
    least(kinds.valid_to, rates.valid_to) as valid_to,
    least(rates.rate_pct, kinds.cap_pct) as rate_pct
from reference.business_penalty as kinds
inner join rates
    on rates.rate = kinds.rate and rates.valid_from < kinds.valid_to and kinds.valid_from < rates.valid_to
