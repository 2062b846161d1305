-- One row per closing that learned of reference data for months before it: the first of those months.
-- grain: closing
-- kind:  step
with told as (
    select valid_from, known_from, known_to from reference.tariff_rate
    union all
    select valid_from, known_from, known_to from reference.social_norm
    union all
    select valid_from, known_from, known_to from reference.consumption_range
    union all
    select valid_from, known_from, known_to from reference.normative
),

changed as (
    select known_from as closing, valid_from from told where known_from > date '1900-01-01'
    union all
    select known_to as closing, valid_from from told where known_to < date '9999-12-31'
)

select closing, min(valid_from) as from_period
from changed
group by closing
having min(valid_from) < closing
